"""A calculator for a stack of layers: sizes, padding, counts and receptive fields."""

from lessons_src.page_figures.drawing import (
    BLUE,
    GREEN,
    ORANGE,
    WIDEST,
    button,
    drawing,
    element,
    escape,
)
from lessons_src.page_figures.inputs import text, whole
from lessons_src.page_figures.stack import (
    JOINS,
    MOST_LINES,
    POOLS,
    Row,
    follow,
    lines_of,
    text_of,
)
from lessons_src.page_figures.stack_buttons import buttons

TITLE = "Calculator for a stack of layers"
LINK = True
INPUTS = (
    text(
        "layers", "Layers, one per line", "conv 6 kernel 5\nmax pool 2\nflatten\ndense 10", rows=10
    ),
    whole("size", "Image side in pixels", 32, most=10_000),
    whole("channels", "Image channels", 3, most=10_000),
    whole("line", "Line to change (0: none)", 0, least=0, most=MOST_LINES),
)
HEADINGS = (
    "layer", "output", "parameters", "multiply-adds", "padding before, after", "field", "jump",
    "offset",
)  # fmt: skip
NONE = "–"
ROW = 20  # units of the drawing from one layer to the next
LETTER = 8.5  # units that a letter of it takes


def draw(layers: str, size: int, channels: int, line: int) -> str:
    """Return what the stack computes: in words, with buttons that change it, drawn, in a table.

    Args:
        layers: The stack.
        size: Side of the image in pixels.
        channels: Channels of the image.
        line: The line that the buttons change; 0 for none.
    """
    rows, problem = follow(layers, size, channels)
    lines = lines_of(layers)
    parts = [element("p", escape(problem), role="note")] if problem else []
    parts.append(element("p", _summary(rows, problem)))
    if 0 < line <= len(lines):
        words = "".join(_counts(row) for row in rows if row.number == line and row.params())
        name = element("b", f"Line {line}, ", escape(lines[line - 1]), ".")
        parts.append(element("p", name, words, id="own-calculator-chosen", tabindex=-1))
    parts.append(buttons(lines, line, "own-calculator"))
    return "".join(parts + [_cone(rows, size, line), _table(rows)] if rows else parts)


def _summary(rows: list, problem: str) -> str:
    """Return the totals in words."""
    if not rows:
        return "No layer is possible." if problem else "There are no layers yet."
    still = sum(row.normalization for row in rows) // 2
    fixed = f" ({still:,} of them not trainable)" if still else ""
    words = "So far: " if problem else ""
    words += f"{_total(rows, 'params'):,} parameters{fixed} and "
    words += f"{_total(rows, 'macs'):,} multiply-adds per image."
    for row in [row for row in rows if row.field is not None and not row.lane][-1:]:
        words += (
            f" A unit of the last map, {text_of(row.shape)}, sees "
            f"{row.field.size:,}×{row.field.size:,} pixels; the fields of neighbouring units lie "
            f"{row.field.jump:,} {'pixel' if row.field.jump == 1 else 'pixels'} apart."
        )
    return words


def _total(rows: list, name: str) -> int:
    return sum(row.params() if name == "params" else row.macs for row in rows)


def _counts(row: Row) -> str:
    """Return how a layer's parameters and multiply-adds come about."""
    units, channels = row.shape[-1], row.read[-1]
    slides = row.layer.kind == "conv"
    product = f"{row.layer['kernel']}²·{channels}·{units}" if slides else f"{channels}·{units}"
    words = f" {product} = {row.weights:,} weights"
    words += f", {row.biases:,} biases" if row.biases else ""
    if row.normalization:
        words += f", 4·{units} = {row.normalization:,} of batch normalization"
    words += f": {row.params():,} parameters. "
    each = f"{row.shape[0]}²·{row.weights:,} = " if slides else ""
    return f"{words}{each}{row.macs:,} multiply-adds."


def _cone(rows: list, size: int, line: int) -> str:
    """Return a drawing of the pixels that the middle unit after each layer sees."""
    names = [f"{row.lane} {row.layer.short()}".strip() for row in rows]
    shapes = [text_of(row.shape) for row in rows]
    left = 6 + LETTER * max(len(name) for name in names)
    right = WIDEST - 6 - LETTER * max(len(shape) for shape in shapes)
    seen = [_seen(row) for row in rows]
    first = min([0] + [begin for begin, _ in seen if begin is not None])
    end = max([size] + [end for _, end in seen if end is not None])
    scale = (right - left) / (end - first)
    height = ROW * (len(rows) + 1)

    def bar(begin: int, end: int, y: float, tall: float, **attributes) -> str:
        wide = max(scale * (end - begin), 2.0)
        return element(
            "rect", x=left + scale * (begin - first), y=y, width=wide, height=tall, **attributes
        )

    parts = [
        bar(0, size, 0, height, fill_opacity=0.12),
        element("text", f"image, {size:,} pixels", x=left + scale * (size / 2 - first), y=14,
                text_anchor="middle"),
    ]  # fmt: skip
    for i, row in enumerate(rows):
        y = ROW * (i + 1)
        weight = "bold" if row.number == line else None
        parts += [
            element("text", escape(names[i]), x=0, y=y + 14, font_weight=weight),
            element("text", shapes[i], x=WIDEST, y=y + 14, text_anchor="end"),
        ]
        if row.field is not None:
            begin, beyond = seen[i]
            parts.append(bar(begin, beyond, y + 3, ROW - 6, fill=_colour(row)))
    sizes = [
        f"after {names[i]} {row.field.size:,}"
        for i, row in enumerate(rows)
        if row.field is not None
    ]
    label = f"Pixels that the middle unit sees along one axis: {', '.join(sizes)}."
    return drawing(WIDEST, height, label, *parts)


def _seen(row: Row) -> tuple:
    """Return the first pixel that the middle unit sees, and the one after the last."""
    if row.field is None:
        return None, None
    begin = row.field.offset + row.shape[0] // 2 * row.field.jump
    return begin, begin + row.field.size


def _colour(row: Row) -> str:
    if row.layer.kind in JOINS:
        return GREEN
    return ORANGE if row.layer.kind in POOLS else BLUE


def _table(rows: list) -> str:
    """Return all numbers."""
    head = element("tr", *(element("th", words, scope="col") for words in HEADINGS))
    body = "".join(_line(row) for row in rows)
    totals = [element("td", f"{_total(rows, name):,}") for name in ("params", "macs")]
    total = element("th", "total", scope="row")
    foot = element("tr", total, element("td"), *totals, element("td", colspan=4))
    parts = element("thead", head), element("tbody", body), element("tfoot", foot)
    table = element("table", *parts)
    return element("div", table, role="region", tabindex=0, aria_label="Table of the layers")


def _line(row: Row) -> str:
    """Return a layer's line of the table."""
    name = f"{row.lane}: {row.layer.line()}" if row.lane else row.layer.line()
    number = str(row.number)
    pick = button(
        number,
        {"line": number},
        id=f"own-calculator-{number}",
        aria_label=f"Change line {number}",
        data_focus="own-calculator-chosen",
    )
    field = row.field
    cells = [
        text_of(row.shape),
        f"{row.params():,}",
        f"{row.macs:,}",
        NONE if row.padding is None else f"{row.padding[0]:,}, {row.padding[1]:,}",
        NONE if field is None else f"{field.size:,}",
        NONE if field is None else f"{field.jump:,}",
        NONE if field is None else f"{field.offset:,}",
    ]
    heading = element("th", pick, " ", escape(name), scope="row")
    return element("tr", heading, *(element("td", cell) for cell in cells))
