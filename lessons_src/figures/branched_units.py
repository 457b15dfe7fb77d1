"""Drawings of one unit of parallel branches: what an Inception or a residual unit is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from lessons_src.figures.arrows import Point, draw_arrow
from lessons_src.figures.main_path import OPERATIONS, UNITS, Row, window_text
from lessons_src.figures.style import BLUE, GREEN, GREY, LIGHT_GREY, ORANGE, PURPLE, SKY_BLUE, WIDTH

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

LANES = 4  # branches beside each other; more could not be read on a phone
LANE = WIDTH / LANES  # inches
BOX = (1.2, 0.46)  # inches, width and height
ROW = 0.72  # inches from one box to the next below it
COLOURS = (SKY_BLUE, ORANGE, GREEN, PURPLE)
JOINS = {"Add": "add", "Concatenate": "concatenate"}


class LinkedRow(Row, Protocol):
    """A row of `analysis.layer_table` that names the layers it reads."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the layers whose outputs it reads."""


@dataclass(frozen=True)
class Unit:
    """Parallel branches and the layer that joins them.

    Attributes:
        name: What its layers' names begin with, such as "block1_unit1".
        input_shape: (H, W, C) of what all branches read.
        branches: For each, its convolutions and poolings in order; none for an identity.
        join: The Add or Concatenate.
    """

    name: str
    input_shape: tuple[int, ...]
    branches: tuple[tuple[LinkedRow, ...], ...]
    join: LinkedRow

    @property
    def kind(self) -> tuple:
        """What two units of one kind share: how they join which windows."""
        windows = [[(row.kind, row.kernel) for row in branch] for branch in self.branches]
        return self.join.kind, str(windows)

    @property
    def height(self) -> float:
        """Inches that the drawing takes."""
        return (max(map(len, self.branches)) + 2) * ROW + 0.3


def units(rows: Iterable[LinkedRow]) -> list[Unit]:
    """Follow every join of a layer table back through its branches to what they all read."""
    by_name = {row.name: row for row in rows}
    found = []
    for join in by_name.values():
        if join.kind in UNITS:
            prefix = join.name.rpartition("_")[0]
            walks = [_walk_back(name, f"{prefix}_", by_name) for name in join.inputs]
            source = by_name[walks[0][0]]
            branches = tuple(branch for _, branch in walks)
            found.append(Unit(prefix, source.output_shape, branches, join))
    return found


def _walk_back(
    name: str, prefix: str, by_name: dict[str, LinkedRow]
) -> tuple[str, tuple[LinkedRow, ...]]:
    """Return the layer that a branch reads, and the branch's operations in order."""
    branch: list[LinkedRow] = []
    while name.startswith(prefix):
        if by_name[name].kind in OPERATIONS:
            branch.insert(0, by_name[name])
        [name] = by_name[name].inputs
    return name, tuple(branch)


def draw_unit(axes: Axes, unit: Unit, left: float, top: float, title: str) -> None:
    """Draw a unit from top to bottom: input, one lane per branch, join.

    Args:
        axes: Their unit is the inch.
        unit: What to draw.
        left: Where its first lane begins.
        top: Where its title stands.
        title: Its title.
    """
    middle = left + len(unit.branches) * LANE / 2
    axes.text(middle, top - 0.12, title, ha="center", va="center", fontsize=11)
    start = top - 0.3 - ROW / 2
    end = start - (max(map(len, unit.branches)) + 1) * ROW
    _box(axes, middle, start, "input", unit.input_shape, [(1, LIGHT_GREY)])
    channels = [
        (branch[-1].output_shape if branch else unit.input_shape)[-1] for branch in unit.branches
    ]
    concatenates = unit.join.kind == "Concatenate"
    into = middle - BOX[0] / 2
    for lane, (branch, share, colour) in enumerate(
        zip(unit.branches, channels, COLOURS, strict=False)
    ):
        x = left + (lane + 0.5) * LANE
        width = BOX[0] * share / sum(channels)
        target = into + width / 2 if concatenates else middle
        into += width
        y = _draw_branch(axes, branch, (middle, start - BOX[1] / 2), x, colour)
        axes.plot([x, x], [y, end + ROW - BOX[1] / 2], color=GREY, linewidth=1.5)
        draw_arrow(axes, (x, end + ROW - BOX[1] / 2), (target, end + BOX[1] / 2))
    parts = list(zip(channels, COLOURS, strict=False)) if concatenates else [(1, LIGHT_GREY)]
    _box(axes, middle, end, JOINS[unit.join.kind], unit.join.output_shape, parts)


def _draw_branch(
    axes: Axes, branch: tuple[LinkedRow, ...], at: Point, x: float, colour: str
) -> float:
    """Draw a branch's boxes below each other, the last one in its colour; return where it ends."""
    gap = ROW - BOX[1]
    if not branch:
        axes.plot([at[0], x], [at[1], at[1] - gap], color=GREY, linewidth=1.5)
        axes.text(x + 0.06, at[1] - ROW / 2, "identity", ha="left", va="center", fontsize=11)
        return at[1] - gap
    for row in branch:
        draw_arrow(axes, at, (x, at[1] - gap))
        text = f"{OPERATIONS[row.kind]} {window_text(row.kernel, row.stride)}"
        fill = colour if row is branch[-1] else "white"
        _box(axes, x, at[1] - gap - BOX[1] / 2, text, row.output_shape, [(1, fill)])
        at = x, at[1] - ROW
    return at[1]


def _box(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    shape: tuple[int, ...],
    shares: list[tuple[int, str]],
) -> None:
    """Draw a box centred at (x, y), filled from left to right by shares of its width."""
    width, height = BOX
    total, at = sum(share for share, _ in shares), x - width / 2
    for share, colour in shares:
        part = width * share / total
        axes.add_patch(Rectangle((at, y - height / 2), part, height, fc=colour, lw=0, alpha=0.45))
        at += part
    frame = Rectangle((x - width / 2, y - height / 2), width, height, fc="none", ec=BLUE, lw=1)
    axes.add_patch(frame)
    words = f"{text}\n{'×'.join(map(str, shape))}"
    axes.text(x, y, words, ha="center", va="center", fontsize=10.5, linespacing=1.1)
