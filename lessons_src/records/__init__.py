"""Measured runs: their records, and the weights that are kept of some of them."""

from lessons_src.records.kept_weights import load_weights
from lessons_src.records.run_record import RECORDS, RunRecord, find, load, run_name

__all__ = ["RECORDS", "RunRecord", "find", "load", "load_weights", "run_name"]
