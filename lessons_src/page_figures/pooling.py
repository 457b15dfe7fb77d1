"""A 4×4 map, what pooling makes of it, and the gradient that goes back to its cells."""

from lessons_src.arithmetic import conv_output_size, same_padding
from lessons_src.page_figures.cells import (
    SIDE,
    arrows,
    chosen,
    frame,
    grid,
    label,
    plain,
)
from lessons_src.page_figures.drawing import (
    BLUE,
    GREEN,
    ORANGE,
    VERMILLION,
    drawing,
    element,
)
from lessons_src.page_figures.inputs import choice, several, text, whole
from lessons_src.page_figures.inputs import grid as numbers

TITLE = "Pooling of a map, and its gradient"
MAP = [[1, 3, 0, 2], [2, -2, 4, 6], [5, 5, -1, -3], [5, 1, -4, 0]]
MAX, AVERAGE = "max", "average"
INPUTS = (
    numbers("map", "Map", MAP, -99, 99),
    choice("kind", "Pooling", [MAX, AVERAGE]),
    whole("size", "Window", 2, most=4),
    whole("stride", "Stride", 2, most=4),
    choice("padding", "Padding", ["valid", "same"]),
    text("upstream", "Gradients at the outputs, row by row", "8 4 2 1"),
    whole("row", "Output row", 0, 0, 3),
    whole("column", "Output column", 0, 0, 3),
)


def _cells(rows: list) -> dict:
    return {f"map.{y}.{x}": str(value) for y, row in enumerate(rows) for x, value in enumerate(row)}


PRESETS = {
    "the chapter's map": dict(_cells(MAP), size="2", stride="2", padding="valid"),
    "overlapping windows": {"size": "3", "stride": "1", "padding": "valid"},
    "over the border": {"size": "3", "stride": "2", "padding": "same"},
    "equal cells": _cells([[1] * 4] * 4),
    "negative cells": _cells([[-1, -2, -3, -4], [-5, -6, -7, -8], [-2] * 4, [-9, -8, -7, -6]]),
}
GAP, TITLES = 44, 20  # units between the map and its outputs, and of the line above a grid


def window(side: int, size: int, stride: int, padding: str, row: int, column: int) -> list:
    """Return the cells of a window, row by row: those that exist.

    Args:
        side: Of the map.
        size: Of the window.
        stride: Step between windows.
        padding: "valid" or "same".
        row: Of the output.
        column: Of the output.
    """
    before = same_padding(side, size, stride)[0] if padding == "same" else 0
    top, left = row * stride - before, column * stride - before
    rows = range(max(top, 0), min(top + size, side))
    return [(y, x) for y in rows for x in range(max(left, 0), min(left + size, side))]


def shares(rows: list, cells: list, kind: str) -> list:
    """Return what each cell of a window has of its output: its weight, which is its gradient, too.

    The largest cell has all, the first of them in reading order where several are equal, as in
    TensorFlow on a processor; of an average all cells have the same.
    """
    if kind == AVERAGE:
        share = 1 / len(cells)
        return [share] * len(cells)
    values, best = [rows[y][x] for y, x in cells], 0
    for i, value in enumerate(values):
        if value > values[best]:
            best = i
    return [1 if i == best else 0 for i in range(len(cells))]


def pooled(rows: list, kind: str, size: int, stride: int, padding: str, upstream: list) -> tuple:
    """Return the outputs and the gradient at the cells, both as rows.

    Args:
        rows: Of a square map.
        kind: "max" or "average".
        size: Of the window.
        stride: Step between windows.
        padding: "valid" or "same".
        upstream: The gradients at the outputs, row by row.

    Raises:
        ValueError: For a window that does not fit.
    """
    side = conv_output_size(len(rows), size, stride, padding)
    gradient = [[0.0] * len(rows) for _ in rows]
    outputs = []
    for row in range(side):
        line = []
        for column in range(side):
            cells = window(len(rows), size, stride, padding, row, column)
            parts = shares(rows, cells, kind)
            line.append(sum(part * rows[y][x] for part, (y, x) in zip(parts, cells)))
            arriving = upstream[row * side + column]
            for part, (y, x) in zip(parts, cells):
                gradient[y][x] += part * arriving
        outputs.append(line)
    return outputs, gradient


def draw(
    map: list, kind: str, size: int, stride: int, padding: str, upstream: str, row: int,
    column: int,
) -> str:  # fmt: skip
    """Return the chosen output and its gradient in words, and the map both ways.

    Args:
        map: 4×4 numbers.
        kind: "max" or "average".
        size: Of the window.
        stride: Step between windows.
        padding: "valid" or "same".
        upstream: The gradients at the outputs as typed; those that are missing are 1.
        row: Of the output; too large, and it is the last.
        column: The same.

    Raises:
        ValueError: For a window that does not fit, or gradients that are no numbers.
    """
    side = conv_output_size(len(map), size, stride, padding)
    row, column = min(row, side - 1), min(column, side - 1)
    given = several(upstream, "Gradient", 16, -999, 999)
    arriving = (given + [1] * side**2)[: side**2]
    outputs, gradient = pooled(map, kind, size, stride, padding, arriving)
    cells = window(len(map), size, stride, padding, row, column)
    words = [
        _forward(map, cells, kind, outputs[row][column], row, column),
        _border(cells, size, kind),
        _back(map, cells, kind, arriving[row * side + column]),
        f"All in all {plain(sum(arriving))} arrives at the outputs, and the cells get as much.",
    ]
    if len(given) < side**2:
        words.append(
            f"Gradients for {len(given)} of {side**2} outputs are typed; the others are 1."
        )
    if len(given) > side**2:
        words.append(f"There are {side**2} outputs: only so many of the gradients are used.")
    return (
        element("p", " ".join(part for part in words if part))
        + _drawing(map, kind, size, stride, padding, outputs, gradient, arriving, row, column)
        + arrows("pooling", row, column, side, side)
    )


def _forward(rows: list, cells: list, kind: str, output: float, row: int, column: int) -> str:
    """Return how the chosen output comes about."""
    name = "the largest of" if kind == MAX else "the mean of"
    values = [plain(rows[y][x]) for y, x in cells]
    numbers_ = " and ".join([", ".join(values[:-1])] * (len(values) > 1) + values[-1:])
    return f"Output row {row}, column {column} is {plain(output)}, {name} {numbers_}."


def _border(cells: list, size: int, kind: str) -> str:
    """Return what happens to a window that is cut off; nothing where it is whole."""
    if len(cells) == size**2:
        return ""
    rule = "a zero would win" if kind == MAX else "the sum is divided by their number"
    example = " over negative numbers" if kind == MAX else ""
    return (
        f"Its window reaches over the border, and only the cells that exist count: {rule}{example}."
    )


def _back(rows: list, cells: list, kind: str, arriving: float) -> str:
    """Return which cells get the gradient of the chosen output."""
    amount = plain(arriving)
    if kind == AVERAGE:
        each = plain(arriving / len(cells))
        return f"Of its gradient, {amount}, each of the {len(cells)} cells gets {each}."
    parts = shares(rows, cells, kind)
    y, x = cells[parts.index(1)]
    words = f"Its gradient, {amount}, goes to row {y}, column {x} alone"
    equal = len([cell for cell in cells if rows[cell[0]][cell[1]] == rows[y][x]])
    if equal == 1:
        return f"{words}."
    return (
        f"{words}: {equal} cells hold the largest value, and TensorFlow on a processor gives all "
        "to the first of them in reading order."
    )


def _drawing(
    rows: list, kind: str, size: int, stride: int, padding: str, outputs: list, gradient: list,
    arriving: list, row: int, column: int,
) -> str:  # fmt: skip
    """Return the map and its outputs, and below them their gradients."""
    side, wide = len(outputs), len(rows) * SIDE
    right, below = 1 + wide + GAP, 2 * TITLES + wide + 4
    winners = [[0.12] * len(rows) for _ in rows]
    for place in range(side**2):
        cells = window(len(rows), size, stride, padding, place // side, place % side)
        for part, (y, x) in zip(shares(rows, cells, kind), cells):
            winners[y][x] = max(winners[y][x], 0.12 + 0.4 * part)
    most = max(abs(value) for line in gradient for value in line) or 1
    strengths = [[0.05 + 0.5 * abs(value) / most for value in line] for line in gradient]
    upstream = [arriving[i : i + side] for i in range(0, side**2, side)]
    cells = window(len(rows), size, stride, padding, row, column)
    (top, left), (bottom, end) = cells[0], cells[-1]

    def framed(y: float) -> str:
        edges = 1 + left * SIDE, y + top * SIDE
        return frame(*edges, (end - left + 1) * SIDE, (bottom - top + 1) * SIDE, VERMILLION) + (
            frame(right + column * SIDE, y + row * SIDE, SIDE, SIDE, VERMILLION)
        )

    def choose(y: int, x: int) -> dict:
        return chosen(
            "pooling", y, x, f"Output row {y}, column {x}: {plain(outputs[y][x])}", side**2
        )

    beside = side * SIDE
    words = (
        f"A map of 4×4 numbers and its {kind} pooling, {side}×{side} numbers; below them the "
        f"gradients, {_rows(gradient)} at the map. Framed: output row {row}, column {column}."
    )
    arrow = right - GAP / 2
    return drawing(
        right + max(beside, 3 * SIDE) + 1,
        below + wide + 2,
        words,
        label(1 + wide / 2, TITLES - 6, "map"),
        label(right + beside / 2, TITLES - 6, "pooled"),
        grid(1, TITLES, _texts(rows), BLUE, winners),
        label(arrow, TITLES + SIDE, "→"),
        grid(right, TITLES, _texts(outputs), GREEN, None, choose),
        framed(TITLES),
        label(1 + wide / 2, below - 6, "gradient at the map"),
        element("text", "at the outputs", x=right, y=below - 6),
        grid(1, below, _texts(gradient), ORANGE, strengths),
        label(arrow, below + SIDE, "←"),
        grid(right, below, _texts(upstream), ORANGE),
        framed(below),
    )


def _texts(rows: list) -> list:
    return [[plain(value) for value in row] for row in rows]


def _rows(rows: list) -> str:
    return "; ".join(" ".join(line) for line in _texts(rows))
