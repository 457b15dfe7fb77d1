"""Grids of numbers: cells that a reader can choose, frames, and numbers as text."""

from lessons_src.page_figures.drawing import LETTERS, button, element

SIDE = 34  # units of a cell that holds a number
LETTER = 0.6  # what a letter takes, in units of its size
NOISE = 1e-9  # what differs from 0 by rounding alone is less
TAB_STOPS = 36  # cells; more would make the way through a page by the keyboard too long


def plain(value: float, decimals: int = 3) -> str:
    """Return a number as text: a true minus sign, no zeros at the end, no noise of rounding."""
    if abs(value) < NOISE:
        return "0"
    scale = 10**decimals
    rounded = int(abs(value) * scale + 0.5)
    if not rounded:
        text = f"{abs(value):.0e}"
    else:
        text, rest = str(rounded // scale), rounded % scale
        if rest:
            text += "." + ("0" * decimals + str(rest))[-decimals:].rstrip("0")
    return f"−{text}" if value < 0 else text


def factor(value: float) -> str:
    """Return a number as it stands in a product or a sum: in brackets where it is negative."""
    return f"({plain(value)})" if value < 0 else plain(value)


def span(name: str, first: int, last: int) -> str:
    """Return such as "rows 0 to 2", or "row 0" for one."""
    first_word, last_word = plain(first), plain(last)
    return f"{name} {first_word}" if first == last else f"{name}s {first_word} to {last_word}"


def label(x: float, y: float, text: str, width: float = 0, **attributes) -> str:
    """Return a text in a drawing, in the middle of x; smaller where it would exceed a width."""
    if width and len(text) * LETTER * LETTERS > width:
        attributes["font_size"] = width / len(text) / LETTER
    anchor = attributes.pop("text_anchor", "middle")
    return element("text", text, x=x, y=y, text_anchor=anchor, **attributes)


def rectangle(x: float, y: float, width: float, height: float, colour: str, strength=0.25) -> str:
    """Return an area that lets the page's ground through."""
    return element("rect", x=x, y=y, width=width, height=height, fill=colour, fill_opacity=strength)


def frame(x: float, y: float, width: float, height: float, colour: str, stroke=3) -> str:
    """Return a frame around an area."""
    return element(
        "rect", x=x, y=y, width=width, height=height, fill="none", stroke=colour,
        stroke_width=stroke, pointer_events="none",
    )  # fmt: skip


def grid(
    left: float, top: float, texts: list, colour: str, strengths=None, choose=None, side: int = SIDE
) -> str:
    """Return rows of cells with texts in them.

    Args:
        left: Where it begins.
        top: Where it begins.
        texts: Rows of texts.
        colour: Of all cells.
        strengths: Rows of what lies between the ground, 0, and the full colour, 1.
        choose: A function of row and column: the attributes of a cell that can be chosen.
        side: Of a cell.
    """
    parts = []
    for y, row in enumerate(texts):
        for x, text in enumerate(row):
            cell = element(
                "rect", x=left + x * side, y=top + y * side, width=side, height=side, fill=colour,
                fill_opacity=0.25 if strengths is None else strengths[y][x],
                stroke="currentColor", stroke_opacity=0.5,
            )  # fmt: skip
            if text:
                middle, base = left + (x + 0.5) * side, top + (y + 0.5) * side + LETTERS * 0.36
                cell += label(middle, base, text, side - 3)
            parts.append(element("g", cell, **choose(y, x)) if choose else cell)
    return "".join(parts)


def chosen(topic: str, row: object, column: object, words: str, count: int, **fields) -> dict:
    """Return the attributes of a cell that a click chooses.

    Args:
        topic: The module of the figure.
        row: What a click puts into the field "row".
        column: The same.
        words: What the cell is, for readers who hear it.
        count: How many such cells there are.
        **fields: What a click puts into other fields.
    """
    return {
        "id": f"{topic}-{row}-{column}",
        "aria_label": words,
        "data_set": dict(fields, row=str(row), column=str(column)),
        "tabindex": "-1" if count > TAB_STOPS else None,
    }


def arrows(
    topic: str, row: int, column: int, rows: int, columns: int, moves: str = "Move the window"
) -> str:
    """Return four buttons that move the choice to a neighbouring cell.

    Args:
        topic: The module of the figure.
        row: The cell that is chosen.
        column: The same.
        rows: How many there are.
        columns: The same.
        moves: What a button does, before "left" or "up", for readers who hear it.
    """
    parts = []
    for text, words, y, x in (
        ("←", "left", 0, -1), ("↑", "up", -1, 0), ("↓", "down", 1, 0), ("→", "right", 0, 1),
    ):  # fmt: skip
        inside = 0 <= row + y < rows and 0 <= column + x < columns
        data = {"row": str(row + y), "column": str(column + x)} if inside else {}
        words = f"{moves} {words}"
        parts.append(button(text, data, aria_label=words, id=f"{topic}-{words.split()[-1]}"))
    return element("p", *parts)
