"""What batch normalization takes its mean and its variance from, and how it remembers them."""

from collections.abc import Mapping

from lessons_src.figures.style import (
    GREY,
    LIGHT_GREY,
    ORANGE,
    WIDTH,
    new_figure,
    series_colours,
    styled,
)

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

STEP = 0.6  # cells by which a channel lies above and to the right of the one in front of it


@styled
def averaged_cells(images: int, side: int, channels: int) -> Figure:
    """Draw a batch of feature maps, and shade the cells of one channel, which share their mean.

    Args:
        images: N, drawn side by side.
        side: H and W of a feature map, in cells.
        channels: C, drawn one after the other; the one in front is shaded.
    """
    reach = (channels - 1) * STEP  # of the last channel beyond the first one
    block = side + reach + 1.2
    figure = new_figure(height=WIDTH * (side + reach + 2) / (images * block))
    axes = figure.subplots()
    for image in range(images):
        for channel in reversed(range(channels)):
            _draw_map(axes, image * block + channel * STEP, channel * STEP, side, channel == 0)
        middle = image * block + (side + reach) / 2
        axes.text(middle, -0.9, f"image {image + 1}", ha="center", va="center")
    axes.set_aspect("equal")
    axes.set(xlim=(-0.1, images * block - 1.1), ylim=(-1.4, side + reach + 0.1))
    axes.set_axis_off()
    count = images * side * side
    figure.suptitle(
        f"{images} images, {channels} channels of {side}×{side} cells:\n"
        f"one μ and one σ² from the {images} · {side} · {side} = {count} orange cells"
    )
    return figure


def _draw_map(axes: Axes, left: float, bottom: float, side: int, shaded: bool) -> None:
    """Draw one channel of one image as a square of cells, above all that was drawn before."""
    y, x = np.indices((side, side)).reshape(2, -1, 1)
    corners = np.concatenate([left + x, bottom + y], axis=1)
    squares = corners[:, np.newaxis] + [(0, 0), (1, 0), (1, 1), (0, 1)]
    colour = ORANGE if shaded else LIGHT_GREY
    cells = PolyCollection(list(squares), facecolor=colour, edgecolor=GREY, linewidth=0.7)
    cells.set_zorder(1 + len(axes.collections))
    axes.add_collection(cells)


@styled
def running_statistics(
    of_batches: ArrayLike, running: Mapping[str, ArrayLike], true: float, name: str
) -> Figure:
    """Draw a statistic of each batch as a dot, and the running ones, which follow, as lines.

    Args:
        of_batches: (steps,) values.
        running: By label, (steps + 1,) values, from the start to after the last step.
        true: The value that all of them estimate.
        name: Of the statistic, for the vertical axis.
    """
    dots = np.asarray(of_batches, float)
    figure = new_figure(height=3.6)
    axes = figure.subplots()
    label = f"{name} of a batch"
    axes.plot(
        np.arange(1, len(dots) + 1), dots, ".", color=GREY, alpha=0.5, markersize=4, label=label
    )
    for (label, values), colour in zip(running.items(), series_colours(running), strict=True):
        axes.plot(np.arange(len(dots) + 1), values, color=colour, label=label)
    axes.axhline(true, color=GREY, linestyle=":", label="of all data")
    axes.set(xlabel="training steps", ylabel=name)
    figure.legend(loc="outside lower center", ncols=2)
    return figure
