"""Recorded runs of thin networks by depth, with their training errors."""

from collections.abc import Mapping, Sequence

from lessons_src.figures import training_errors
from lessons_src.figures.output import show
from lessons_src.records import RunRecord

import numpy as np
from IPython.display import HTML

Point = tuple[float, float]


def recorded_depths(runs: Mapping[str, Mapping[int, Sequence[RunRecord]]]) -> HTML:
    """Show recorded runs of nets of several depths: how they were trained, and training errors.

    Args:
        runs: By family and depth, what `records.find` returned. A depth that some family has not
            been measured at is left out.

    Returns:
        A paragraph and the figure; "Not yet measured." if there is no depth to show.
    """
    depths = [d for d in next(iter(runs.values())) if all(family[d] for family in runs.values())]
    if not depths:
        return HTML("<p>Not yet measured.</p>")
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
    text = (
        f"{title}, {run.recipe['epochs']} epochs, batches of {run.recipe['batch_size']}, "
        f"{len(shown)} runs, {sum(run.seconds for run in shown) / 60:.0f} minutes of training on "
        f"{run.device}, TensorFlow {run.versions['tensorflow']}."
    )
    last = "; ".join(
        f"{name}, {net}, {np.mean(values, axis=0)[-1]:.1%}"
        for name, family in errors.items()
        for net, values in family.items()
    )
    picture = show(training_errors(errors, title), f"Training error by epoch. At the end: {last}")
    return HTML(f"<p>{text}</p>{picture.data}")
