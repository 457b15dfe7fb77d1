"""A small picture, turned, zoomed and shifted, and where each pixel of the result comes from."""

from math import cos, pi, sin

from lessons_src.page_figures.cells import arrows, chosen, frame, grid, label, plain
from lessons_src.page_figures.drawing import BLUE, GREEN, VERMILLION, drawing, element
from lessons_src.page_figures.inputs import choice, number, whole

TITLE = "A picture turned, zoomed and shifted"
LETTER = (
    "...........",
    "...#####...",
    "...#.......",
    "...#.......",
    "...####....",
    "...#.......",
    "...#.......",
    "...#.......",
    "...#.......",
    "...........",
    "...........",
)
PICTURE = [[1.0 if pixel == "#" else 0.0 for pixel in line] for line in LETTER]
SIDE = len(PICTURE)
LAST = SIDE - 1
ONCE, LAYERS = "in one step", "as three layers"
NEAREST, REFLECT = "nearest", "reflect"
INPUTS = (
    number("angle", "Angle in degrees", 20, -180, 180),
    number("zoom", "Zoom", 1, 0.25, 4),
    number("down", "Shift downwards, in pixels", 0, -SIDE, SIDE),
    number("right", "Shift to the right, in pixels", 0, -SIDE, SIDE),
    choice("order", "Computed", [ONCE, LAYERS]),
    choice("border", "Beyond the border", [NEAREST, REFLECT]),
    whole("row", "Row of the result", 4, 0, LAST),
    whole("column", "Column of the result", 6, 0, LAST),
)
STILL = {"angle": "0", "zoom": "1", "down": "0", "right": "0"}
PRESETS = {
    "a quarter turn": dict(STILL, angle="90"),
    "smaller": dict(STILL, zoom="1.5"),
    "half a pixel to the right": dict(STILL, right="0.5"),
    "all three at once": {
        "angle": "20", "zoom": "1.3", "down": "2", "right": "-1", "order": ONCE,
    },
    "all three, layer after layer": {
        "angle": "20", "zoom": "1.3", "down": "2", "right": "-1", "order": LAYERS,
    },
}  # fmt: skip
PIXEL, GAP, TITLES = 14, 28, 20  # units of a pixel, between the pictures, and of a title


def source(
    row: float, column: float, angle: float, zoom: float, down: float, right: float, order: str
) -> tuple:
    """Return where a pixel of the result comes from, counted from the centre.

    Args:
        row: Of the result, from the centre.
        column: The same.
        angle: In degrees; a positive one turns the picture counterclockwise.
        zoom: How many times as far from the centre the source lies; above 1 the picture shrinks.
        down: By how much the picture moves, in pixels.
        right: The same.
        order: `ONCE`, zR(r − t), or `LAYERS`, R(zr − t): rotated first, then shifted, then zoomed.
    """
    if order == ONCE:
        row, column = zoom * (row - down), zoom * (column - right)
    else:
        row, column = zoom * row - down, zoom * column - right
    c, s = cos(angle * pi / 180), sin(angle * pi / 180)
    return c * row + s * column, c * column - s * row


def between(picture: list, row: float, column: float, border: str) -> tuple:
    """Return the value between four pixels, and each of the four with its weight.

    Args:
        picture: Rows of numbers.
        row: From the first row; it may lie beyond the border.
        column: The same.
        border: `NEAREST` or `REFLECT`.
    """
    row, column = _inside(row, border), _inside(column, border)
    top, left = min(int(row), LAST - 1), min(int(column), LAST - 1)
    low, far = row - top, column - left
    parts = []
    for y, share in ((top, 1 - low), (top + 1, low)):
        for x, part in ((left, 1 - far), (left + 1, far)):
            if share * part > 1e-9:
                parts.append((y, x, share * part))
    return sum(weight * picture[y][x] for y, x, weight in parts), parts


def moved(
    picture: list, angle: float, zoom: float, down: float, right: float, order: str, border: str
) -> list:
    """Return the changed picture; layer after layer it is interpolated three times.

    Args:
        picture: Rows of numbers.
        angle: As in `source`.
        zoom: As in `source`.
        down: As in `source`.
        right: As in `source`.
        order: As in `source`.
        border: As in `between`.
    """
    steps = [(angle, zoom, down, right)]
    if order == LAYERS:
        steps = [(angle, 1, 0, 0), (0, 1, down, right), (0, zoom, 0, 0)]
    centre = LAST / 2
    for step in steps:
        result = []
        for y in range(SIDE):
            line = []
            for x in range(SIDE):
                at = source(y - centre, x - centre, *step, ONCE)
                line.append(between(picture, at[0] + centre, at[1] + centre, border)[0])
            result.append(line)
        picture = result
    return picture


def draw(
    angle: float, zoom: float, down: float, right: float, order: str, border: str, row: int,
    column: int,
) -> str:  # fmt: skip
    """Return where the chosen pixel comes from in words, and both pictures.

    Args:
        angle: As in `source`.
        zoom: As in `source`.
        down: As in `source`.
        right: As in `source`.
        order: As in `source`.
        border: As in `between`.
        row: Of the result.
        column: The same.
    """
    result = moved(PICTURE, angle, zoom, down, right, order, border)
    centre = LAST / 2
    found = source(row - centre, column - centre, angle, zoom, down, right, order)
    y, x = found[0] + centre, found[1] + centre
    _, parts = between(PICTURE, y, x, border)
    words = (
        f"Row {row}, column {column} of the result comes from row {plain(y, 2)}, column "
        f"{plain(x, 2)} of the picture{_beyond(y, x, border)}{_read(parts, order)} Its value is "
        f"{plain(result[row][column], 2)}, where the letter has 1 and the ground 0."
    )
    return (
        element("p", words)
        + _drawing(result, row, column, parts)
        + arrows("moved_picture", row, column, SIDE, SIDE, "Choose the next pixel")
    )


def _inside(at: float, border: str) -> float:
    """Return the position between 0 and the last pixel that is read for one."""
    if border == NEAREST:
        return min(max(at, 0), LAST)
    # The edge of the picture, half a pixel beyond the last centre, is the mirror.
    at = (at + 0.5) % (2 * SIDE)
    return min(max(min(at, 2 * SIDE - at) - 0.5, 0), LAST)


def _beyond(y: float, x: float, border: str) -> str:
    """Say that a source lies outside the picture."""
    if 0 <= y <= LAST and 0 <= x <= LAST:
        return ""
    if border == NEAREST:
        return ", which is beyond the border: the nearest pixel is taken"
    return ", which is beyond the border: the mirrored picture is read"


def _read(parts: list, order: str) -> str:
    """Say from how many pixels a value is made."""
    if order == LAYERS:
        return ". Each of three layers interpolates, so pixels around the framed ones have a part."
    if len(parts) == 1:
        return ", and is that pixel."
    shares = ", ".join(f"{100 * weight:.0f} %" for _, _, weight in parts)
    return f", between {len(parts)} pixels, which count {shares}."


def _drawing(result: list, row: int, column: int, parts: list) -> str:
    """Return the picture and the result side by side, the chosen pixel and its sources framed."""
    wide = SIDE * PIXEL
    beside = 1 + wide + GAP
    empty = [[""] * SIDE for _ in range(SIDE)]

    def choose(y: int, x: int) -> dict:
        words = f"Row {y}, column {x} of the result: {plain(result[y][x], 2)}"
        return chosen("moved_picture", y, x, words, SIDE**2)

    framed = [
        frame(1 + x * PIXEL, TITLES + y * PIXEL, PIXEL, PIXEL, VERMILLION, 1 + 2 * weight)
        for y, x, weight in parts
    ]
    words = (
        "A letter F of 11×11 pixels, and the changed picture beside it. Framed: row "
        f"{row}, column {column} of the result, and the pixels of the letter that it reads."
    )
    return drawing(
        beside + wide + 1,
        TITLES + wide + 2,
        words,
        label(1 + wide / 2, TITLES - 6, "picture"),
        grid(1, TITLES, empty, BLUE, PICTURE, None, PIXEL),
        *framed,
        label(beside - GAP / 2, TITLES + wide / 2, "→"),
        label(beside + wide / 2, TITLES - 6, "result"),
        grid(beside, TITLES, empty, GREEN, result, choose, PIXEL),
        frame(beside + column * PIXEL, TITLES + row * PIXEL, PIXEL, PIXEL, VERMILLION),
    )
