"""A picture, and over it how much a grey square at each place takes from a probability."""

from lessons_src.figures.images import show_image
from lessons_src.figures.style import WIDTH, new_figure, styled

import numpy as np
from matplotlib.figure import Figure


@styled
def occlusion(
    picture: np.ndarray, probabilities: np.ndarray, without: float, size: int, step: int
) -> Figure:
    """Draw what each place of the square takes: bright where the probability falls most.

    Args:
        picture: (H, W, 3), integers in 0–255 or floats in 0–1.
        probabilities: (rows, columns), with the square at each place.
        without: The probability without a square.
        size: Side of the square in pixels.
        step: Pixels from one place of the square to the next.
    """
    figure = new_figure(height=WIDTH / 2)
    left, right = figure.subplots(1, 2)
    for axes in (left, right):
        show_image(axes, picture)
        axes.set_axis_off()
    first = (size - step) / 2 - 0.5
    rows, columns = (first + step * count for count in probabilities.shape)
    drops = without - probabilities
    drawn = right.imshow(drops, extent=(first, columns, rows, first), alpha=0.75)
    right.set(xlim=left.get_xlim(), ylim=left.get_ylim(), title="points lost")
    figure.colorbar(drawn, ax=right, format=lambda share, _: f"{100 * share:.0f}")
    return figure
