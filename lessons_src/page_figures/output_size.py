"""The windows of a sliding layer on its input: which pixels an output reads, and how many fit."""

from lessons_src.arithmetic import conv_output_size, same_padding
from lessons_src.page_figures.cells import arrows, chosen, frame, label, plain, rectangle, span
from lessons_src.page_figures.drawing import (
    BLUE,
    GREEN,
    LETTERS,
    ORANGE,
    VERMILLION,
    WIDEST,
    drawing,
    element,
)
from lessons_src.page_figures.inputs import choice, whole

TITLE = "Windows, padding and output size"
INPUTS = (
    whole("size", "Pixels along a side", 6, most=1024),
    whole("kernel", "Kernel", 3, most=64),
    whole("stride", "Stride", 2, most=64),
    choice("padding", "Padding", ["valid", "same"]),
    whole("dilation", "Dilation", 1, most=16),
    whole("row", "Output row", 0, 0),
    whole("column", "Output column", 0, 0),
)
GEOMETRIES = {
    "a row is lost": (6, 3, 2, "valid", 1),
    "same keeps it": (6, 3, 2, "same", 1),
    "an even kernel": (5, 2, 1, "same", 1),
    "a dilation": (9, 3, 1, "valid", 2),
    "32 pixels": (32, 5, 1, "valid", 1),
    "224 pixels": (224, 7, 2, "same", 1),
}
NAMES = ("size", "kernel", "stride", "padding", "dilation", "row", "column")
PRESETS = {
    words: dict(zip(NAMES, [str(value) for value in geometry + (0, 0)]))
    for words, geometry in GEOMETRIES.items()
}
MOST_CELLS = 48  # along a side; longer inputs are drawn along one axis
LARGEST, LEGIBLE = 26, 14  # units of a cell: at most, and with a 0 or a × in it
GAP, TITLES = 30, 20  # units between the grids, and of the line above them
BAR, DROP = 30, 50  # units of the bar that stands for a long axis, and from it to the output's
MOST_LISTED = 6  # places that a sentence names


class Windows:
    """The windows of a layer along one axis.

    Attributes:
        size: Pixels of the input.
        side: How many windows there are.
        before: Zeros before the input.
        after: Zeros after it.
        extent: Pixels from a window's first tap to its last, both included.

    Raises:
        ValueError: For a window that does not fit.
    """

    def __init__(self, size: int, kernel: int, stride: int, padding: str, dilation: int):
        self.size, self._kernel, self._stride, self._dilation = size, kernel, stride, dilation
        self.side = conv_output_size(size, kernel, stride, padding, dilation)
        self.before, self.after = 0, 0
        if padding == "same":
            self.before, self.after = same_padding(size, kernel, stride, dilation)
        self.total = self.before + size + self.after
        self.extent = dilation * (kernel - 1) + 1

    def taps(self, place: int) -> list:
        """Return the pixels that an output reads; those outside the input are zeros."""
        first = place * self._stride - self.before
        return [first + self._dilation * tap for tap in range(self._kernel)]

    def unread(self) -> list:
        """Return the pixels that no window reads."""
        read = {tap for place in range(self.side) for tap in self.taps(place)}
        return [pixel for pixel in range(self.size) if pixel not in read]


def draw(
    size: int, kernel: int, stride: int, padding: str, dilation: int, row: int, column: int
) -> str:
    """Return the output size in words, and the input with the window of the chosen output.

    Args:
        size: Side of the input in pixels.
        kernel: Side of the kernel in taps.
        stride: Step between windows in pixels.
        padding: "valid" or "same".
        dilation: Distance between neighbouring taps in pixels.
        row: Of the output; too large, and it is the last.
        column: The same.

    Raises:
        ValueError: For a window that does not fit.
    """
    windows = Windows(size, kernel, stride, padding, dilation)
    row, column = min(row, windows.side - 1), min(column, windows.side - 1)
    words = [
        _size(windows, stride, padding),
        _reads(windows, row, column),
        _never(windows.unread(), size),
    ]
    if dilation > 1:
        words.insert(
            0, f"The kernel spans {dilation}·({kernel} − 1) + 1 = {windows.extent} pixels."
        )
        if stride > 1:
            words.append("Keras refuses a stride and a dilation at once; the arithmetic does not.")
    if windows.total <= MOST_CELLS:
        picture = _grids(windows, row, column)
        moves = arrows("output_size", row, column, windows.side, windows.side)
    else:
        words.append(f"The drawing has no room for {size:,} cells: it shows the columns as a bar.")
        picture = _bars(windows, column)
        moves = arrows("output_size", 0, column, 1, windows.side)
    return element("p", " ".join(part for part in words if part)) + picture + moves


def _size(windows: Windows, stride: int, padding: str) -> str:
    """Return how the output size comes about."""
    size, side = windows.size, windows.side
    if padding == "same":
        return (
            f"⌈{size}/{stride}⌉ = {side}: the output is {side}×{side}. Zeros along each axis: "
            f"{windows.before} before the image, {windows.after} after it."
        )
    return f"⌊({size} − {windows.extent})/{stride}⌋ + 1 = {side}: the output is {side}×{side}."


def _reads(windows: Windows, row: int, column: int) -> str:
    """Return what the chosen output reads."""
    rows, columns = windows.taps(row), windows.taps(column)
    real, count = 1, len(rows) ** 2
    for pixels in (rows, columns):
        real *= len([pixel for pixel in pixels if 0 <= pixel < windows.size])
    words = f"Output row {row}, column {column} reads {_listed('row', rows)} and "
    words += _listed("column", columns)
    if real < count:
        words += f"; {count - real} of its {count} taps lie on zeros"
    return f"{words}."


def _listed(name: str, pixels: list) -> str:
    """Return such as "rows 0 to 2", "rows 0, 2 and 4" or "rows 0 to 12, every 2nd"."""
    step = pixels[1] - pixels[0] if len(pixels) > 1 else 1
    if step == 1:
        return span(name, pixels[0], pixels[-1])
    if len(pixels) > MOST_LISTED:
        return f"{span(name, pixels[0], pixels[-1])} in steps of {step}"
    places = [plain(pixel) for pixel in pixels]
    return f"{name}s {', '.join(places[:-1])} and {places[-1]}"


def _never(unread: list, size: int) -> str:
    """Return which rows and columns no window reads."""
    if not unread:
        return ""
    if len(unread) == 1:
        return f"Row {unread[0]} and column {unread[0]} are never read."
    if len(unread) > MOST_LISTED:
        return f"{len(unread)} of the {size} rows, and as many columns, are never read."
    places = ", ".join(str(pixel) for pixel in unread[:-1])
    return f"Rows and columns {places} and {unread[-1]} are never read."


def _grids(windows: Windows, row: int, column: int) -> str:
    """Return the input's cells with its zeros, and the output's, beside or below them."""
    side, before, total = windows.side, windows.before, windows.total
    cell = min(LARGEST, (WIDEST - GAP - 2) // (total + side))
    left, top = total * cell + GAP, TITLES
    if cell < LEGIBLE:
        cell = min(LARGEST, (WIDEST - 2) // total)
        left, top = 0, total * cell + 2 * TITLES
    rows, columns = windows.taps(row), windows.taps(column)
    image, inside = range(-before, total - before), range(windows.size)
    zeros = [(y, x) for y in image for x in image if y not in inside or x not in inside]
    unread = set(windows.unread())
    lost = [(y, x) for y in inside for x in inside if y in unread or x in unread]
    words = (
        f"An image of {windows.size}×{windows.size} cells, {before} rows and columns of zeros "
        f"before it and {windows.after} after it, with the window of output row {row}, column "
        f"{column} of {side}×{side}."
    )

    def at(pixel: int) -> int:
        return (pixel + before) * cell

    def titled(middle: float, base: float, text: str) -> str:
        return label(
            max(middle, len(text) * 4), base, text
        )  # a grid may be narrower than its title

    parts = [
        titled(total * cell / 2, TITLES - 7, f"image {windows.size}×{windows.size}"),
        rectangle(at(0), TITLES + at(0), windows.size * cell, windows.size * cell, BLUE),
        _filled([(at(y), at(x)) for y in rows for x in columns], cell),
        _lines(total, cell),
        _marks("0", [(at(y), at(x)) for y, x in zeros], cell),
        _marks("×", [(at(y), at(x)) for y, x in lost], cell),
        frame(at(columns[0]), TITLES + at(rows[0]), windows.extent * cell, windows.extent * cell,
              VERMILLION),
        titled(left + side * cell / 2, top - 7, f"output {side}×{side}"),
        _outputs(left, top, side, cell),
        frame(left + column * cell, top + row * cell, cell, cell, VERMILLION),
    ]  # fmt: skip
    width, height = (
        max(total * cell, left + max(side * cell, 80)),
        max(total * cell, top + side * cell),
    )
    shifted = element("g", "".join(parts), transform="translate(1 0)")  # half a line's width
    return drawing(width + 2, height + TITLES + 2, words, shifted)


def _filled(corners: list, cell: int) -> str:
    """Return the cells of the taps, as one shape."""
    paths = [f"M{x} {TITLES + y}h{cell}v{cell}h-{cell}z" for y, x in corners]
    return element("path", d="".join(paths), fill=ORANGE, fill_opacity=0.6)


def _lines(total: int, cell: int) -> str:
    """Return the lines between cells."""
    paths = [
        f"M0 {TITLES + i * cell}h{total * cell}M{i * cell} {TITLES}v{total * cell}"
        for i in range(total + 1)
    ]
    return element("path", d="".join(paths), stroke="currentColor", stroke_opacity=0.4)


def _marks(text: str, corners: list, cell: int) -> str:
    """Return a mark in each of some cells; in small ones a dot."""
    half = cell // 2
    if cell >= LEGIBLE:
        marks = [label(x + half, TITLES + y + cell * 3 // 4, text) for y, x in corners]
        return element("g", "".join(marks), font_size=min(LETTERS, cell * 3 // 4))
    paths = [f"M{x + half - 1} {TITLES + y + half}h2" for y, x in corners if text == "×"]
    return element("path", d="".join(paths), stroke="currentColor", stroke_width=2)


def _outputs(left: int, top: int, side: int, cell: int) -> str:
    """Return the output's cells, which can be chosen."""
    # One element as a pattern for all: there may be a thousand, and each takes its time to write.
    pattern = element(
        "rect", x="LEFT", y="TOP", width=cell, height=cell, fill=GREEN, fill_opacity=0.25,
        stroke="currentColor", stroke_opacity=0.4,
        **chosen("output_size", "ROW", "COLUMN", "Output row ROW, column COLUMN", side**2),
    )  # fmt: skip
    cells = []
    for y in range(side):
        line = pattern.replace("ROW", str(y)).replace("TOP", str(top + y * cell))
        for x in range(side):
            cells.append(line.replace("COLUMN", str(x)).replace("LEFT", str(left + x * cell)))
    return "".join(cells)


def _bars(windows: Windows, column: int) -> str:
    """Return one axis of the input as a bar, and below each window's middle its output."""
    width, columns = WIDEST - 2, windows.taps(column)
    unit = width / windows.total

    def at(pixel: float) -> float:
        return (pixel + windows.before) * unit

    def middle(place: int) -> float:
        return at(windows.taps(place)[0] + windows.extent / 2)

    first, last, below = at(columns[0]), at(columns[-1] + 1), TITLES + BAR + DROP
    ticks = "".join(f"M{middle(place):.1f} {below}v{BAR / 2:g}" for place in range(windows.side))
    cone = f"M{first:.1f} {TITLES + BAR}H{last:.1f}L{middle(column):.1f} {below}z"
    words = (
        f"A bar of {windows.size} columns, {windows.before} columns of zeros before it and "
        f"{windows.after} after it, with the window of output column {column} of {windows.side}."
    )
    parts = [
        label(width / 2, TITLES - 7, f"image: {windows.size:,} columns"),
        frame(0, TITLES, width, BAR, "currentColor", 1),
        rectangle(at(0), TITLES, windows.size * unit, BAR, BLUE, 0.4),
        "".join(rectangle(at(tap), TITLES, max(unit, 1), BAR, ORANGE, 0.9) for tap in columns),
        frame(first, TITLES, last - first, BAR, VERMILLION),
        element("path", d=cone, fill=VERMILLION, fill_opacity=0.25),
        element("path", d=ticks, stroke=GREEN),
        label(width / 2, below + BAR, f"output: {windows.side:,} columns"),
    ]
    shifted = element("g", "".join(parts), transform="translate(1 0)")
    return drawing(WIDEST, below + BAR + 6, words, shifted)
