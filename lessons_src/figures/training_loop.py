"""One training step as a loop: what is computed forward, and what goes back into the weights."""

from lessons_src.figures.arrows import draw_arrow
from lessons_src.figures.style import BLUE, GREEN, GREY, ORANGE, VERMILLION, new_figure, styled

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

BOX = 1.6, 0.66  # inches
UP, DOWN = 1.75, 0.5  # middle of the forward row, and of the row back


@styled
def training_loop(batch: int, weights: int, classes: int) -> Figure:
    """Draw batch → network → loss, and loss → gradient → optimizer → network.

    Args:
        batch: Images per step.
        weights: Trained parameters of the network.
        classes: Probabilities per image.

    Raises:
        ValueError: If one of them is not positive.
    """
    if min(batch, weights, classes) < 1:
        raise ValueError(f"batch, weights, classes must be positive: {batch}, {weights}, {classes}")
    figure = new_figure(height=2.5)
    axes = figure.add_axes((0, 0, 1, 1))
    figure.set_layout_engine("none")
    axes.set(xlim=(0, 6), ylim=(0, 2.5))
    axes.set_axis_off()
    left, middle, right = 0.85, 2.95, 5.15
    _box(axes, (left, UP), f"batch\n{batch} images", GREY)
    _box(axes, (middle, UP), f"network\n{weights:,} weights", BLUE)
    _box(axes, (right, UP), "loss\n1 number", VERMILLION)
    _box(axes, (right, DOWN), f"gradient\n{weights:,} slopes", ORANGE)
    _box(axes, (middle, DOWN), f"optimizer\n{weights:,} changes", GREEN)
    half = BOX[0] / 2
    draw_arrow(axes, (left + half, UP), (middle - half, UP))
    draw_arrow(axes, (middle + half, UP), (right - half, UP))
    draw_arrow(axes, (right, UP - BOX[1] / 2), (right, DOWN + BOX[1] / 2))
    draw_arrow(axes, (right - half, DOWN), (middle + half, DOWN))
    draw_arrow(axes, (middle, DOWN + BOX[1] / 2), (middle, UP - BOX[1] / 2))
    between = (middle + right) / 2
    axes.text(between, UP + 0.43, f"{batch}×{classes} probabilities", ha="center", fontsize=10.5)
    axes.text(left + half, DOWN, "one step;\nthen the next\nbatch", ha="right", va="center")
    return figure


def _box(axes: Axes, at: tuple[float, float], text: str, colour: str) -> None:
    """Draw a box with its words, centred at a point."""
    corner = at[0] - BOX[0] / 2, at[1] - BOX[1] / 2
    axes.add_patch(Rectangle(corner, *BOX, facecolor=colour, alpha=0.25, linewidth=0))
    axes.add_patch(Rectangle(corner, *BOX, facecolor="none", edgecolor=colour, linewidth=1.2))
    axes.text(*at, text, ha="center", va="center", linespacing=1.2)
