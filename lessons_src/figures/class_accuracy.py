"""Accuracy class by class."""

from collections.abc import Sequence

from lessons_src.figures.style import BLUE, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike


@styled
def class_accuracy(per_class: ArrayLike, names: Sequence[str], overall: float) -> Figure:
    """Draw each class's accuracy as a bar, and the overall accuracy as a line across them.

    Args:
        per_class: (classes,) accuracies in 0–1.
        names: The classes' names, in the same order.
        overall: Accuracy over all images in 0–1; not the bars' mean where classes differ in size.

    Raises:
        ValueError: If there are not as many names as accuracies.
    """
    accuracies = np.asarray(per_class, float)
    if accuracies.shape != (len(names),):
        raise ValueError(
            f"per_class has shape {accuracies.shape}, but there are {len(names)} names"
        )
    figure = new_figure(height=0.33 * len(names) + 1.2)
    axes = figure.subplots()
    labels = [f"{name} {value:.0%}" for name, value in zip(names, accuracies, strict=True)]
    axes.barh(labels, accuracies, color=BLUE)
    axes.axvline(overall, color=VERMILLION, linestyle="--")
    axes.set_title(f"overall {overall:.1%}", color=VERMILLION)
    axes.invert_yaxis()  # first class on top
    axes.set(xlabel="accuracy", xlim=(0, 1))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return figure
