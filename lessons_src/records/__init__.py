"""Measured runs: their records, and the weights that are kept of some of them."""

from lessons_src.records.kept_weights import load_weights
from lessons_src.records.run_record import RECORDS, RunRecord, find, load, run_name
from lessons_src.records.same_images import on_same_images
from lessons_src.records.speeds import Speeds, load_speeds

__all__ = [
    "RECORDS",
    "RunRecord",
    "Speeds",
    "find",
    "load",
    "load_speeds",
    "load_weights",
    "on_same_images",
    "run_name",
]
