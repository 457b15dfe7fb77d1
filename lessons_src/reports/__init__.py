"""Recorded runs as a page shows them: reports in HTML, a table in text."""

from lessons_src.reports.cost_table import cost_table
from lessons_src.reports.depths_report import depths_report
from lessons_src.reports.results_table import results_table
from lessons_src.reports.runs_report import runs_report

__all__ = ["cost_table", "depths_report", "results_table", "runs_report"]
