"""A confusion matrix as a picture."""

from collections.abc import Sequence

from lessons_src.figures.style import WIDTH, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike


@styled
def confusion(counts: ArrayLike, names: Sequence[str]) -> Figure:
    """Draw a confusion matrix, each row in per cent of its class, right answers left white.

    Args:
        counts: (classes, classes), at [i, j] the images of class i that were called j.
        names: The classes' names.

    Raises:
        ValueError: If there are not as many names as classes.
    """
    counts = np.asarray(counts, float)
    if counts.shape != (len(names), len(names)):
        raise ValueError(f"counts has shape {counts.shape}, but there are {len(names)} names")
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    wrong = np.where(np.eye(len(names), dtype=bool), np.nan, shares)
    figure = new_figure(height=WIDTH * 0.92)
    axes = figure.subplots()
    most = max(np.nanmax(wrong), 1)
    axes.imshow(wrong, cmap="OrRd", vmin=0, vmax=most)
    for (row, column), share in np.ndenumerate(shares):
        dark = row != column and share > 0.6 * most
        weight = "bold" if row == column else "normal"
        text = f"{share:.0f}" if share >= 0.5 else ""
        colour = "white" if dark else "black"
        axes.text(column, row, text, ha="center", va="center", color=colour, weight=weight)
    ticks = range(len(names))
    axes.set_xticks(ticks, names, rotation=55, ha="right", rotation_mode="anchor")
    axes.set_yticks(ticks, names)
    axes.tick_params(length=0)
    axes.set(xlabel="the network's answer", ylabel="the image's class")
    axes.set_title("per cent of each class; rows add up to 100")
    return figure
