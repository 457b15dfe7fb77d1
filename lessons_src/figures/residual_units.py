"""Residual units: the branch, the shortcut around it, and their sum."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.arrows import draw_arrow
from lessons_src.figures.style import BLUE, ORANGE, SKY_BLUE, new_figure, styled

from matplotlib.axes import Axes
from matplotlib.figure import Figure


@styled
def residual_units(units: Mapping[str, tuple[Sequence[str], str]]) -> Figure:
    """Draw units side by side: the branch F from top to bottom, the shortcut around it.

    Args:
        units: By title, the texts of the branch's boxes, top first, and that of the shortcut. A
            shortcut that says more than "x" is drawn dotted, as in the paper.
    """
    longest = max(len(boxes) for boxes, _ in units.values())
    figure = new_figure(height=0.5 * (longest + 3) + 0.4)
    panels = figure.subplots(1, len(units), squeeze=False)[0]
    for axes, (title, (boxes, shortcut)) in zip(panels, units.items(), strict=True):
        axes.set_title(title)
        axes.set(xlim=(-0.9, 1.6), ylim=(-longest - 2.5, 0.4))
        axes.set_axis_off()
        _draw_unit(axes, boxes, shortcut)
    return figure


def _draw_unit(axes: Axes, boxes: Sequence[str], shortcut: str) -> None:
    """Draw x, the boxes below it, the plus, the last ReLU, and the shortcut around the boxes."""
    texts = ["x", *boxes, "+", "ReLU"]
    for row, text in enumerate(texts):
        colour = SKY_BLUE if text in boxes else ORANGE if text == "+" else "white"
        box = {"boxstyle": "round,pad=0.25", "edgecolor": BLUE, "facecolor": colour}
        axes.text(0, -row, text, bbox=box, ha="center", va="center", fontsize=11)
        if row:
            draw_arrow(axes, (0, 0.72 - row), (0, 0.28 - row))
    plus = -(len(texts) - 2)
    dashes = "-" if shortcut == "x" else ":"
    around = [(0.2, 1.15, 1.15, 0.36), (0, 0, plus, plus)]
    axes.plot(*around, color=BLUE, linestyle=dashes, linewidth=2)
    draw_arrow(axes, (0.36, plus), (0.2, plus), BLUE, linewidth=2)  # its head is never dotted
    axes.text(1.28, plus / 2, shortcut, color=BLUE, ha="left", va="center")
