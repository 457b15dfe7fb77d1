"""Recorded runs as a page shows them: HTML of words, tables and figures."""

from lessons_src.reports.recorded_depths import recorded_depths
from lessons_src.reports.recorded_runs import recorded
from lessons_src.reports.results_table import Counts, results_table

__all__ = ["Counts", "recorded", "recorded_depths", "results_table"]
