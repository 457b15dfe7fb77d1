"""Recorded runs of thin networks by depth, with their training errors."""

from collections.abc import Mapping, Sequence

from lessons_src.figures import training_errors
from lessons_src.records import RunRecord
from lessons_src.reports.parts import NOT_YET_MEASURED, machines, paragraph_and_figure, training

import numpy as np
from IPython.display import HTML


def depths_report(runs: Mapping[str, Mapping[int, Sequence[RunRecord]]]) -> HTML:
    """Report runs of nets of several depths: how they were trained, and their training errors.

    Args:
        runs: By family and depth, what `records.find` returned. A depth that some family has not
            been measured at is left out.

    Returns:
        A paragraph and the figure; "Not yet measured." if there is no depth to show.
    """
    depths = [d for d in next(iter(runs.values())) if all(family[d] for family in runs.values())]
    if not depths:
        return NOT_YET_MEASURED
    errors = {
        name: {
            f"{depth} layers": [1 - np.array(run.history["accuracy"]) for run in family[depth]]
            for depth in depths
        }
        for name, family in runs.items()
    }
    shown = [run for family in runs.values() for depth in depths for run in family[depth]]
    run = shown[0]
    title = f"{run.dataset}, {run.images['train']:,} images"
    minutes = sum(run.seconds for run in shown) / 60
    text = (
        f"{title}, {training(run)}, {len(shown)} runs, "
        f"{minutes:.0f} minutes of training on {machines(shown)}."
    )
    last = "; ".join(
        f"{name}, {net}, {np.mean(values, axis=0)[-1]:.1%}"
        for name, family in errors.items()
        for net, values in family.items()
    )
    alt = f"Training error by epoch. At the end: {last}"
    return HTML(paragraph_and_figure(text, training_errors(errors, title), alt))
