"""Drawings of whole networks, made from their layer tables."""

from collections.abc import Iterable
from itertools import groupby
from math import ceil
from textwrap import wrap

from lessons_src.figures.arrows import draw_arrow
from lessons_src.figures.branched_units import LANE, LANES, LinkedRow, Unit, draw_unit, units
from lessons_src.figures.main_path import Step, steps
from lessons_src.figures.style import BLUE, ORANGE, SKY_BLUE, WIDTH, new_figure, styled

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

PER_LINE = 4  # blocks beside each other; more could not be read on a phone
SLOT = WIDTH / PER_LINE  # inches that a block and the arrow before it take
LINE = 1.7  # inches from one line of blocks to the next
SIDE = 1.0  # inches of the highest block
DEPTH = 0.45  # inches of the broadest block


@styled
def architecture(rows: Iterable[LinkedRow], title: str) -> Figure:
    """Draw a network's feature maps as blocks to scale, with the layers between them.

    Below them stands, with its branches, the first unit of each kind that the network has.

    Args:
        rows: The rows of `analysis.layer_table(model)`.
        title: The figure's title, such as the network's name.
    """
    rows = list(rows)
    blocks = [list(block) for _, block in groupby(steps(rows), key=lambda step: step.shape)]
    maps = [block[0].shape for block in blocks if len(block[0].shape) == 3]
    side, channels = (max(shape[axis] for shape in maps) for axis in (0, 2))
    lines = ceil(len(blocks) / PER_LINE)
    per_line = ceil(len(blocks) / lines)
    shelves = _shelves(units(rows))
    height = lines * LINE + sum(max(unit.height for unit in shelf) for shelf in shelves)
    figure = new_figure(height=height + 0.6)
    figure.suptitle(title)
    figure.supxlabel("maps to scale: height is side, width is channels;  /2: stride 2", fontsize=11)
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(-height, 0), aspect="equal")
    for index, block in enumerate(blocks):
        line, slot = divmod(index, per_line)
        x, y = slot * SLOT, -line * LINE - LINE / 2
        if index:
            _draw_layers(axes, x, y, block)
        _draw_block(axes, x + SLOT - 0.4, y, block[0].shape, SIDE / side, DEPTH / channels)
    top = -lines * LINE
    for shelf in shelves:
        left = (WIDTH - LANE * sum(len(unit.branches) for unit in shelf)) / 2
        for unit, alike in shelf.items():
            title = f"{unit.name}, first of {alike} such units" if alike > 1 else unit.name
            draw_unit(axes, unit, left, top, title)
            left += LANE * len(unit.branches)
        top -= max(unit.height for unit in shelf)
    return figure


def _shelves(found: list[Unit]) -> list[dict[Unit, int]]:
    """Return the first unit of each kind and how many there are, as many as fit on each shelf."""
    kinds: dict[tuple, list[Unit]] = {}
    for unit in found:
        kinds.setdefault(unit.kind, []).append(unit)
    shelves: list[dict[Unit, int]] = []
    lanes = LANES
    for first, *others in kinds.values():
        lanes += len(first.branches)
        if lanes > LANES:
            shelves.append({})
            lanes = len(first.branches)
        shelves[-1][first] = 1 + len(others)
    return shelves


def _draw_layers(axes: Axes, x: float, y: float, block: list[Step]) -> None:
    """Draw the arrow that leads to a block, and on it the layers that it stands for."""
    layers = []
    for (operation, window), group in groupby(block, key=lambda s: (s.operation, s.window)):
        count = len(list(group))
        name = f"{count} {operation}s" if count > 1 else operation
        layers.append("\n".join(wrap(f"{name} {window}", width=10)))
    text = " +\n".join(layers)
    draw_arrow(axes, (x + 0.08, y), (x + 0.77, y))
    axes.text(x + 0.4, y + 0.08, text, ha="center", va="bottom", fontsize=11, linespacing=1.1)


def _draw_block(
    axes: Axes, x: float, y: float, shape: tuple[int, ...], per_pixel: float, per_channel: float
) -> None:
    """Draw a feature map, or a thin bar for a vector, centred at (x, y), its shape below."""
    if len(shape) == 3:
        width, height = shape[2] * per_channel, shape[0] * per_pixel
        colour, text = SKY_BLUE, "×".join(map(str, shape))
    else:
        width, height, colour, text = 0.06, 0.5, ORANGE, f"{shape[0]} units"
    block = Rectangle((x - width / 2, y - height / 2), width, height, fc=colour, ec=BLUE, lw=1)
    axes.add_patch(block)
    axes.text(x, y - SIDE / 2 - 0.06, text, ha="center", va="top", fontsize=11)
