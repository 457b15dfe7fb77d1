"""Drawing of how networks shrink their feature maps."""

from collections.abc import Iterable, Mapping
from math import ceil

from lessons_src.figures.main_path import Row, Step, steps
from lessons_src.figures.style import BLUE, GREEN, GREY, LIGHT_GREY, VERMILLION, new_figure, styled

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

COLUMNS = 2
MARKERS = {
    "conv": ("o", BLUE),
    "pool": ("v", VERMILLION),
    "unit": ("D", GREEN),
    "input": ("s", GREY),
}


@styled
def side_lengths(networks: Mapping[str, Iterable[Row]]) -> Figure:
    """Draw the feature map's side after each layer or unit, one panel per network.

    Args:
        networks: The rows of `analysis.layer_table(model)`, by the network's name.
    """
    lines = ceil(len(networks) / COLUMNS)
    figure = new_figure(height=1.8 * lines + 1.0)
    grid = figure.subplots(lines, COLUMNS, sharey=True, squeeze=False)
    for axes in grid.flat[len(networks) :]:
        axes.set_axis_off()
    for axes, (name, rows) in zip(grid.flat, networks.items(), strict=False):
        axes.set_title(name)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        _draw_sides(axes, [step for step in steps(rows) if len(step.shape) == 3])
    figure.supylabel("side of the feature map in pixels")
    figure.supxlabel("layers and units from the input")
    handles = [
        Line2D([], [], marker=marker, color=colour, linestyle="", label=kind)
        for kind, (marker, colour) in MARKERS.items()
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=4, handletextpad=0.1)
    return figure


def _draw_sides(axes: Axes, path: list[Step]) -> None:
    """Draw one network: a marker per step, and the side written where it changes."""
    sides = [step.shape[0] for step in path]
    axes.plot(sides, color=LIGHT_GREY, drawstyle="steps-post", zorder=0)
    for position, (step, side) in enumerate(zip(path, sides, strict=True)):
        marker, colour = MARKERS[step.operation.split()[-1]]
        axes.plot(position, side, marker, color=colour, markersize=6)
        if position == 0 or side != sides[position - 1]:
            axes.annotate(str(side), (position, side), (3, 5), textcoords="offset points")
    axes.set(xlim=(-0.5, len(path) - 0.5), ylim=(0, max(sides) * 1.3))
    axes.set_yticks([0, max(sides) / 2, max(sides)])
