"""The arrow that the drawings of networks share."""

from lessons_src.figures.style import GREY

from matplotlib.axes import Axes

Point = tuple[float, float]


def draw_arrow(
    axes: Axes, start: Point, end: Point, colour: str = GREY, linewidth: float = 1.5
) -> None:
    """Draw an arrow from one point of the axes to another.

    Args:
        axes: Where to draw.
        start: Where it begins, (x, y) in the axes' units.
        end: Where its head is.
        colour: Colour of line and head.
        linewidth: In points.
    """
    style = {"arrowstyle": "->", "color": colour, "linewidth": linewidth}
    axes.annotate("", end, start, arrowprops={**style, "shrinkA": 0, "shrinkB": 0})
