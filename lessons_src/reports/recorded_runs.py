"""Recorded runs of one network, as a page shows them."""

from collections.abc import Sequence
from itertools import groupby

from lessons_src.figures.curves import curves
from lessons_src.figures.output import show
from lessons_src.records import RunRecord

import numpy as np
from IPython.display import HTML


def recorded(runs: Sequence[RunRecord]) -> HTML:
    """Show runs of one network by one recipe: what was measured, and the curves of every seed.

    Args:
        runs: What `records.find` returned; none while the run has not been measured.

    Returns:
        The test accuracy over the seeds and the curves, by data set; "Not yet measured." for no
        runs.
    """
    by_data = groupby(runs, lambda run: run.dataset)  # `find` orders by it
    shown = "".join(_seeds(list(of_one)) for _, of_one in by_data)
    return HTML(shown or "<p>Not yet measured.</p>")


def _seeds(runs: Sequence[RunRecord]) -> str:
    """Return what one recipe brought on one data set, over its seeds."""
    run = runs[0]
    accuracies = [run.test_accuracy for run in runs]
    best = ", ".join(str(run.best_epoch) for run in runs)
    seconds = np.mean([run.seconds for run in runs])
    time = f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"
    result = f"test accuracy {np.mean(accuracies):.1%}"
    if len(runs) > 1:
        result += f" on average, {min(accuracies):.1%} to {max(accuracies):.1%} over the seeds"
    text = (
        f"{run.model} on {run.dataset}: {run.images['train']:,} training images, "
        f"{run.recipe['epochs']} epochs, batches of {run.recipe['batch_size']}, "
        f"{len(runs)} seed{'s' * (len(runs) > 1)}: {result}. "
        f"Best epoch by validation: {best}. {time} of training a run on "
        f"{run.device}, TensorFlow {run.versions['tensorflow']}."
    )
    histories = {f"seed {run.recipe['seed']}": run.history for run in runs}
    picture = show(curves(histories), f"Accuracy and loss by epoch. {text}")
    return f"<p>{text}</p>{picture.data}"
