"""A figure of own numbers for tests: every kind of input, and a few ways to go wrong."""

from lessons_src.page_figures.drawing import button, drawing, element, escape
from lessons_src.page_figures.inputs import choice, grid, number, text, whole

TITLE = "A figure for tests"
LINK = True
PRESETS = {"ones": {"map.0.0": "1", "map.0.1": "1"}}
INPUTS = (
    whole("side", "Side", 3, most=99),
    number("bias", "Bias", 0.5),
    grid("map", "Map", [[1, 2], [3, 4]]),
    choice("padding", "Padding", ["valid", "same"]),
    text("words", "Words", "two\nlines", rows=3),
)


def draw(side, bias, map, padding, words):
    """Return the sum, the words, a square that sets the side, and a button that adds to it."""
    if side == 13:
        raise ValueError("13 is <unlucky>")
    while side == 66:
        pass
    total = sum(sum(row) for row in map) + bias
    square = element("rect", width=9, height=9, data_set={"side": "5"}, aria_label="five")
    more = button("+", {"side": str(side + 1)}, id="more")
    return element("p", f"{side} {total:g} {padding} {escape(words)}") + drawing(
        99, 9, "squares", square
    ) + more  # fmt: skip
