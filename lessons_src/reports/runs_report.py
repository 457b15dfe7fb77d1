"""Recorded runs of one network by one recipe."""

from collections.abc import Sequence
from itertools import groupby

from lessons_src.figures import curves
from lessons_src.records import RunRecord
from lessons_src.reports.parts import NOT_YET_MEASURED, machines, paragraph_and_figure, training

import numpy as np
from IPython.display import HTML


def runs_report(runs: Sequence[RunRecord]) -> HTML:
    """Report runs of one network by one recipe: what was measured, and the curves of every seed.

    Args:
        runs: What `records.find` returned; none while the run has not been measured.

    Returns:
        The test accuracy over the seeds and the curves, by data set; "Not yet measured." for no
        runs.
    """
    if not runs:
        return NOT_YET_MEASURED
    by_data = groupby(runs, lambda run: run.dataset)  # `find` orders by it
    return HTML("".join(_seeds(list(same_data)) for _, same_data in by_data))


def _seeds(runs: Sequence[RunRecord]) -> str:
    """Return what one recipe achieved on one data set, over its seeds."""
    run = runs[0]
    accuracies = [run.test_accuracy for run in runs]
    best = ", ".join(str(run.best_epoch) for run in runs)
    result = f"test accuracy {np.mean(accuracies):.1%}"
    if len(runs) > 1:
        result += f" on average, {min(accuracies):.1%} to {max(accuracies):.1%} over the seeds"
    text = (
        f"{run.model} on {run.dataset}: {run.images['train']:,} training images, {training(run)}, "
        f"{len(runs)} seed{'s' * (len(runs) > 1)}: {result}. "
        f"Best epoch by validation: {best}. {_time(runs)} of training per run on {machines(runs)}."
    )
    histories = {f"seed {run.recipe['seed']}": run.history for run in runs}
    return paragraph_and_figure(text, curves(histories), f"Accuracy and loss by epoch. {text}")


def _time(runs: Sequence[RunRecord]) -> str:
    """Return the shortest and the longest training, in minutes from two minutes on."""
    seconds = [run.seconds for run in runs]
    unit, length = ("minutes", 60) if max(seconds) >= 120 else ("seconds", 1)
    shortest, longest = (f"{time / length:.0f}" for time in (min(seconds), max(seconds)))
    return f"{shortest} {unit}" if shortest == longest else f"{shortest} to {longest} {unit}"
