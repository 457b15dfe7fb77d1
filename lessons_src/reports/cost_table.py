"""Trainings in one table of text: what they reached, and what they took."""

from collections.abc import Sequence

from lessons_src.records import TrainingCost
from lessons_src.text_table import text_table

HEADINGS = ("training", "%", "time", "PFLOP", "device")
UNKNOWN = "–"


def cost_table(trainings: Sequence[TrainingCost]) -> str:
    """Return what trainings reached and took; its lines fit on a telephone.

    Args:
        trainings: In the order of the lines.

    Returns:
        A line per training: label, with a star where the accuracy is of several looks at each test
        image; test accuracy in per cent; time; PFLOP; device. A dash is what nobody told.
    """
    rows = [
        (
            training.label + "*" * training.several_looks,
            f"{100 * training.accuracy:.1f}",
            _time(training.seconds),
            _petaflops(training.petaflops),
            training.device,
        )
        for training in trainings
    ]
    return text_table(HEADINGS, rows, "<>>><", gap=1)


def _time(seconds: float | None) -> str:
    """Return a time in seconds, in minutes from two of them on, or in hours from ten of them on."""
    if seconds is None:
        return UNKNOWN
    if seconds < 120:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    if seconds < 36_000:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h"


def _petaflops(count: float | None) -> str:
    """Return a number of PFLOP with two decimals below 1, else with one."""
    if count is None:
        return UNKNOWN
    return f"{count:.2f}" if count < 1 else f"{count:.1f}"
