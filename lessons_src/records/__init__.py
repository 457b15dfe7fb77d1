"""Measured runs: their records, and the weights that are kept of some of them."""

from lessons_src.records.run_record import RECORDS, RunRecord, find, load, weights

__all__ = ["RECORDS", "RunRecord", "find", "load", "weights"]
