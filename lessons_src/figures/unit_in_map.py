"""One unit of a layer: where it stands in its map, what it sees of the picture, the other maps."""

from math import ceil

from lessons_src.figures.images import show_image
from lessons_src.figures.style import ORANGE, WIDTH, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


@styled
def unit_in_map(
    picture: np.ndarray,
    maps: np.ndarray,
    channel: int,
    unit: tuple[int, int],
    field: tuple[int, int, int],
) -> Figure:
    """Draw a picture with a unit's receptive field, the unit's map, and all maps of its layer.

    Args:
        picture: (H, W, 3), integers in 0–255 or floats in 0–1.
        maps: (H', W', C) activations, all on one scale.
        channel: Of the map that is drawn large.
        unit: (row, column) in it.
        field: (top, left, size) of the unit's receptive field in the picture, in pixels.
    """
    columns = ceil(np.sqrt(2 * maps.shape[-1]))
    lines = ceil(maps.shape[-1] / columns)
    below = WIDTH * lines / columns * maps.shape[0] / maps.shape[1]
    figure = new_figure(height=WIDTH / 2 + below + 0.6)
    heights = [WIDTH / 2 + 0.3, below + 0.3]
    panels = figure.subplot_mosaic([["left", "right"], ["all", "all"]], height_ratios=heights)
    left, right, everything = (panels[name] for name in ("left", "right", "all"))
    scale = {"vmin": maps.min(), "vmax": maps.max(), "interpolation": "nearest"}
    show_image(left, picture)
    left.set_title("receptive field")
    top, first, size = field
    _mark(left, top, first, size)
    right.imshow(maps[..., channel], **scale)
    right.set_title(f"channel {channel}")
    _mark(right, *unit, 1)
    everything.imshow(_montage(maps, columns), **scale)
    everything.set_title(f"all {maps.shape[-1]} channels")
    for axes in (left, right, everything):
        axes.set_axis_off()
    return figure


def _mark(axes: Axes, top: int, left: int, size: int) -> None:
    """Draw a square round pixels."""
    corner = (left - 0.5, top - 0.5)
    axes.add_patch(Rectangle(corner, size, size, fill=False, edgecolor=ORANGE, linewidth=3))


def _montage(maps: np.ndarray, columns: int) -> np.ndarray:
    """Return all channels in lines, a gap between them; what is left of the last line is empty."""
    height, width, channels = maps.shape
    lines = ceil(channels / columns)
    cells = np.full((lines * columns, height + 1, width + 1), np.nan)
    cells[:channels, :-1, :-1] = np.moveaxis(maps, -1, 0)
    montage = cells.reshape(lines, columns, height + 1, width + 1).swapaxes(1, 2)
    return montage.reshape(lines * (height + 1), -1)[:-1, :-1]
