"""Linear layers on a short signal: a line for each weight, and the matrix of the weights below."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import GREY, SERIES, WIDTH, new_figure, styled

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

FEW = 5  # weights that get a colour of the palette each; more get shades
SPREAD = 0.6180339887  # neighbours in the count are far apart among the shades
BRIGHTEST = 0.9  # of the shades, whose last yellow is lost on white
BETWEEN = 4  # cells from the inputs down to the outputs
NODE = 0.6  # side of an input or output, in cells
TITLE, GAP = 1.6, 0.9  # cells above the inputs, and between the outputs and the matrix
MARGIN = 0.2  # cells below the matrix
WHITE: tuple[float, ...] = (1, 1, 1)
TEXT = 35  # points of a number, per inch of its cell
LARGEST = WIDTH / 16  # inches of a cell: a layer alone is not huge
PALE = 0.55  # how far a cell's ground is from its line's colour to white

Colours = dict[int, tuple[float, ...]]


@styled
def connections(layers: Mapping[str, ArrayLike]) -> Figure:
    """Draw layers side by side: inputs above, outputs below, and their matrix; colour is weight.

    Args:
        layers: By title, (outputs, inputs) whole numbers that name the weights: 0 where nothing
            joins an output to an input, and one number wherever one weight is used.

    Raises:
        ValueError: Without a layer.
    """
    if not layers:
        raise ValueError("no layers to draw; give at least one matrix of names")
    drawn = {title: np.asarray(names, int) for title, names in layers.items()}
    wide = max(names.shape[1] for names in drawn.values())
    high = max(len(names) for names in drawn.values())
    cells = TITLE + BETWEEN + 2 * NODE + GAP + high + MARGIN
    cell = min(WIDTH / (len(drawn) * (wide + 1)), LARGEST)
    figure = new_figure(height=cells * cell)
    figure.set_layout_engine("none")  # one measure for all panels
    share = wide + 1
    left = (WIDTH / cell - len(drawn) * share) / 2
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH / cell), ylim=(cells - TITLE, -TITLE))
    for index, (title, names) in enumerate(drawn.items()):
        start = left + index * share + (share - names.shape[1]) / 2
        middle = left + (index + 0.5) * share
        axes.text(middle, -TITLE / 2 - 0.1, title, ha="center", va="center", linespacing=1.1)
        colours = _colours(names)
        _draw_lines(axes, start, names, colours)
        _draw_matrix(axes, start, BETWEEN + 2 * NODE + GAP, names, colours, TEXT * cell)
    return figure


def _colours(names: np.ndarray) -> Colours:
    """Return a colour for each weight, by its name."""
    weights = sorted(set(names.ravel().tolist()) - {0})
    if len(weights) <= FEW:
        return {name: to_rgb(colour) for name, colour in zip(weights, SERIES, strict=False)}
    shades = colormaps["viridis"]
    return {
        name: shades(BRIGHTEST * (index * SPREAD % 1))[:3] for index, name in enumerate(weights)
    }


def _draw_lines(axes: Axes, left: float, names: np.ndarray, colours: Colours) -> None:
    """Draw inputs, outputs, and a line for each weight that is not zero."""
    outputs, inputs = names.shape
    shift = (inputs - outputs) / 2
    for y, x in zip(*np.nonzero(names), strict=True):
        colour = colours[int(names[y, x])]
        ends = [left + x + 0.5, left + shift + y + 0.5], [NODE, NODE + BETWEEN]
        axes.plot(*ends, color=colour, linewidth=2, label=f"weight {names[y, x]}")
    rows: Sequence[tuple[str, float, float, int]] = (
        ("input", 0, left, inputs),
        ("output", NODE + BETWEEN, left + shift, outputs),
    )
    for label, top, start, count in rows:
        for index in range(count):
            corner = (start + index + (1 - NODE) / 2, top)
            axes.add_patch(Rectangle(corner, NODE, NODE, color=GREY, label=label))


def _draw_matrix(
    axes: Axes, left: float, top: float, names: np.ndarray, colours: Colours, size: float
) -> None:
    """Draw a row of cells for each output; a cell without a weight is empty."""
    for (y, x), name in np.ndenumerate(names):
        ground = WHITE
        if name:
            ground = tuple(1 - (1 - part) * (1 - PALE) for part in colours[int(name)])
            place = (left + x + 0.5, top + y + 0.48)
            axes.text(*place, str(name), ha="center", va="center_baseline", fontsize=size)
        square = Rectangle(
            (left + x, top + y), 1, 1, facecolor=ground, edgecolor=GREY, linewidth=0.7, label="cell"
        )
        axes.add_patch(square)
