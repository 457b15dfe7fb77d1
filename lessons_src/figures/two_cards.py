"""A network on two cards: half of each layer's outputs on each, and which layers read both."""

from collections.abc import Sequence
from typing import NamedTuple

from lessons_src.figures.arrows import draw_arrow
from lessons_src.figures.style import (
    BLUE,
    GREY,
    LIGHT_GREY,
    ORANGE,
    SKY_BLUE,
    VERMILLION,
    WIDTH,
    new_figure,
    styled,
)

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

ROW = 0.66  # inches from one layer to the next below it
BOX = (1.55, 0.4)  # inches, width and height
CARDS = (2.65, 4.85)  # inches from the left to the middle of each card's boxes
COLOURS = (SKY_BLUE, ORANGE)
APART = 0.3  # inches that an arrow from the same card stands left or right of the box's middle


class CardLayer(NamedTuple):
    """One layer of `two_cards`.

    Attributes:
        name: What stands beside its boxes.
        shape: Its output, (H, W, C) or (units,), of both cards together.
        groups: 2 if each card reads only its own half of the layer above, 1 if each reads both.
    """

    name: str
    shape: tuple[int, ...]
    groups: int = 1


@styled
def two_cards(layers: Sequence[CardLayer]) -> Figure:
    """Draw layers from top to bottom, half of each on either card.

    The first and the last layer are one box: every card reads the input, and the output reads both
    cards.

    Args:
        layers: From the input to the output, three at least; the number of outputs of those
            between is even.

    Raises:
        ValueError: For fewer layers, or an odd number of outputs.
    """
    if len(layers) < 3:
        raise ValueError(f"{len(layers)} layers; give an input, an output and one between at least")
    for layer in layers[1:-1]:
        if layer.shape[-1] % 2:
            raise ValueError(f"{layer.name} has {layer.shape[-1]} outputs, which two cards share")
    height = len(layers) * ROW + 0.3
    figure = new_figure(height=height)
    figure.set_layout_engine("none")  # the axes' unit is the inch
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(-height, 0))
    for x, title in zip(CARDS, ("card 1", "card 2"), strict=True):
        axes.text(x, -0.15, title, ha="center", va="center")
    last = len(layers) - 1
    for row, layer in enumerate(layers):
        y = -0.3 - (row + 0.5) * ROW
        axes.text(0.05, y, layer.name, ha="left", va="center")
        if row in (0, last):
            _draw_box(axes, sum(CARDS) / 2, y, layer.shape, LIGHT_GREY, CARDS[1] - CARDS[0])
        else:
            half = (*layer.shape[:-1], layer.shape[-1] // 2)
            for x, colour in zip(CARDS, COLOURS, strict=True):
                _draw_box(axes, x, y, half, colour)
        if row:
            crosses = layer.groups == 1 and row not in (1, last)
            _draw_arrows(axes, y + ROW - BOX[1] / 2, y + BOX[1] / 2, crosses)
    return figure


def _draw_box(
    axes: Axes, x: float, y: float, shape: tuple[int, ...], colour: str, wider: float = 0
) -> None:
    """Draw a layer's outputs as a box centred at (x, y), `wider` than a card's."""
    width, height = BOX[0] + wider, BOX[1]
    corner = (x - width / 2, y - height / 2)
    axes.add_patch(Rectangle(corner, width, height, fc=colour, lw=0, alpha=0.45))
    axes.add_patch(Rectangle(corner, width, height, fc="none", ec=BLUE, lw=1))
    axes.text(x, y, "×".join(map(str, shape)), ha="center", va="center")


def _draw_arrows(axes: Axes, top: float, bottom: float, crosses: bool) -> None:
    """Draw what each card reads: of its own, and of the other one where the cards are joined."""
    for x, other in zip(CARDS, reversed(CARDS), strict=True):
        outer = APART if x > other else -APART
        draw_arrow(axes, (x + outer, top), (x + outer, bottom), GREY)
        if crosses:
            draw_arrow(axes, (other, top), (x, bottom), VERMILLION)
