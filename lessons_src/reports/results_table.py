"""Networks in one table: what was counted, and what was measured over their seeds."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from lessons_src.records import RunRecord

import numpy as np
from IPython.display import HTML

HEADINGS = (
    "network",
    "layers",
    "field",
    "parameters",
    "multiply-adds",
    "accuracy",
    "over seeds",
    "seeds",
    "seconds",
)


class Counts(NamedTuple):
    """What can be counted on a network without training it.

    Attributes:
        layers: Layers with weights on the longest path.
        field: Largest receptive field, side in input pixels.
        parameters: Trainable or not.
        macs: Multiply-adds of one image's forward pass.
    """

    layers: int
    field: int
    parameters: int
    macs: int


def results_table(counts: Mapping[str, Counts], runs: Mapping[str, Sequence[RunRecord]]) -> HTML:
    """Show networks in one table: what was counted, and what was measured over their seeds.

    Args:
        counts: By row label; the rows' order.
        runs: By row label, what `records.find` returned; "not yet measured" where it is empty.

    Returns:
        A table. "accuracy" is the mean test accuracy, "over seeds" the lowest and the highest; the
        seconds are those of the fastest run's training.

    Raises:
        ValueError: If counts and runs are not of the same rows.
    """
    if counts.keys() != runs.keys():
        odd = ", ".join(sorted(counts.keys() ^ runs.keys()))
        raise ValueError(f"counts or runs are missing of {odd}")
    lines = [
        "".join(f"<td>{escape(cell)}</td>" for cell in _cells(label, counts[label], runs[label]))
        for label in counts
    ]
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return HTML(
        f'<table class="dataframe"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _cells(label: str, counts: Counts, runs: Sequence[RunRecord]) -> list[str]:
    """Return the texts of one row."""
    cells = [label, *(f"{count:,}" for count in counts)]
    if not runs:
        return [*cells, "not yet measured", "", "", ""]
    found = [100 * run.test_accuracy for run in runs]
    spread = f"{min(found):.1f} to {max(found):.1f}" if len(found) > 1 else "–"
    seconds = min(run.seconds for run in runs)
    return [*cells, f"{np.mean(found):.1f} %", spread, str(len(found)), f"{seconds:,.0f}"]
