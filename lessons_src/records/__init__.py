"""Measured runs: their records, the weights kept of some, and what others published of theirs."""

from lessons_src.records.kept_weights import load_weights
from lessons_src.records.literature import LITERATURE, TrainingCost
from lessons_src.records.run_record import RECORDS, RunRecord, find, load, run_name
from lessons_src.records.same_images import on_same_images
from lessons_src.records.speeds import Speeds, load_speeds

__all__ = [
    "LITERATURE",
    "RECORDS",
    "RunRecord",
    "Speeds",
    "TrainingCost",
    "find",
    "load",
    "load_speeds",
    "load_weights",
    "on_same_images",
    "run_name",
]
