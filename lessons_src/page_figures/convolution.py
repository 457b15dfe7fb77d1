"""One output of a convolution: its window, its sum written out, hidden until it is guessed."""

from lessons_src.page_figures.cells import (
    SIDE,
    chosen,
    factor,
    frame,
    grid,
    label,
    plain,
    span,
)
from lessons_src.page_figures.drawing import (
    BLUE,
    GREEN,
    ORANGE,
    VERMILLION,
    button,
    drawing,
    element,
)
from lessons_src.page_figures.inputs import choice, number, whole
from lessons_src.page_figures.inputs import grid as numbers

TITLE = "One output of a convolution"
PICTURE = [list(map(int, row)) for row in ("00155", "00155", "01555", "15551", "55510")]
CORRELATION, CONVOLUTION = "correlation, as Conv2D", "convolution, kernel turned"
HIDDEN, SHOWN = "after a right guess", "at once"
INPUTS = (
    numbers("picture", "Picture", PICTURE, -99, 99),
    numbers("kernel", "Kernel", [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]], -99, 99),
    number("bias", "Bias", 1, -999, 999),
    choice("stride", "Stride", ["1", "2"]),
    choice("operation", "Operation", [CORRELATION, CONVOLUTION]),
    whole("row", "Output row", 0, 0, 4),
    whole("column", "Output column", 0, 0, 4),
    number("guess", "Your guess", None, -10_000_000, 10_000_000),
    choice("answer", "The answer appears", [HIDDEN, SHOWN]),
)
KERNELS = {
    "vertical edges": "-1 0 1 -1 0 1 -1 0 1",
    "horizontal edges": "-1 -1 -1 0 0 0 1 1 1",
    "blur": "1/9 1/9 1/9 1/9 1/9 1/9 1/9 1/9 1/9",
    "sharpen": "0 -1 0 -1 5 -1 0 -1 0",
    "identity": "0 0 0 0 1 0 0 0 0",
}
PRESETS = {
    name: dict(
        [(f"kernel.{i // 3}.{i % 3}", weight) for i, weight in enumerate(weights.split())]
        + [("guess", "")]
    )
    for name, weights in KERNELS.items()
}
GAP = 40  # units between the picture and what stands beside it
TITLES = 20  # units that the line above a grid takes
CLOSE = 0.01  # how near a guess must be where numbers are not whole


def turned(kernel: list) -> list:
    """Return a kernel turned by 180°."""
    return [list(reversed(row)) for row in reversed(kernel)]


def output(picture: list, kernel: list, bias: float, stride: int, row: int, column: int) -> float:
    """Return one output of a correlation: the products of its window with the kernel, and the bias.

    Args:
        picture: Rows of numbers.
        kernel: Rows of weights.
        bias: What is added.
        stride: Step between windows.
        row: Of the output.
        column: Of the output.
    """
    window = _window(picture, len(kernel), row * stride, column * stride)
    return sum(_products(window, kernel)) + bias


def draw(
    picture: list, kernel: list, bias: float, stride: str, operation: str, row: int, column: int,
    guess: float, answer: str,
) -> str:  # fmt: skip
    """Return picture, kernel and outputs, and what is known of the chosen one.

    Args:
        picture: 5×5 numbers.
        kernel: 3×3 weights as typed.
        bias: What is added to each sum.
        stride: "1" or "2".
        operation: Whether the kernel is turned before it is laid on.
        row: Of the output; too large, and it is the last.
        column: The same.
        guess: What the reader takes the output for; None if nothing is guessed.
        answer: When the output is shown.
    """
    step, used = int(stride), turned(kernel) if operation == CONVOLUTION else kernel
    side = (len(picture) - len(kernel)) // step + 1
    row, column = min(row, side - 1), min(column, side - 1)
    last, following = row * side + column, (row * side + column + 1) % side**2
    window = _window(picture, len(kernel), row * step, column * step)
    right = output(picture, used, bias, step, row, column)
    near = 1e-6 if _are_whole(window + kernel + [[bias]]) else CLOSE
    guessed = guess is not None and abs(guess - right) <= near
    shown = guessed or answer == SHOWN

    if shown:
        begin = "Right: output" if guessed else "Output"
        words = f"{begin} row {row}, column {column} is {plain(right)}."
    elif guess is None:
        words = _question(row, column, step)
    else:
        mistakes = _mistakes(picture, kernel, bias, step, operation, row, column)
        causes = [cause for cause, value in mistakes if abs(value - guess) <= near]
        size = "low" if guess < right else "high"
        words = f"{plain(guess)} is too {size} for output row {row}, column {column}. "
        words += (causes + ["Check the sum:"])[0]
    known = side**2 if answer == SHOWN else last + shown
    outputs = [
        [
            output(picture, used, bias, step, y, x) if y * side + x < known else None
            for x in range(side)
        ]
        for y in range(side)
    ]
    parts = [element("p", words)]
    if shown or guess is not None:
        parts.append(_sum(window, used, bias, right if shown else None))
    parts.append(_drawing(picture, used, operation, step, outputs, row, column))
    next_output = {"row": str(following // side), "column": str(following % side), "guess": ""}
    following_button = button("Next output", next_output if shown else {}, id="convolution-next")
    return "".join(parts) + element("p", following_button)


def _question(row: int, column: int, stride: int) -> str:
    """Return what is asked before there is a guess."""
    rows = span("row", row * stride, row * stride + 2)
    columns = span("column", column * stride, column * stride + 2)
    return (
        f"What is output row {row}, column {column}? The kernel lies on the picture's {rows} and "
        f"{columns}. Type your guess."
    )


def _window(picture: list, side: int, top: int, left: int) -> list:
    return [row[left : left + side] for row in picture[top : top + side]]


def _products(window: list, kernel: list) -> list:
    """Return the products row by row."""
    return [p * w for ps, ws in zip(window, kernel) for p, w in zip(ps, ws)]


def _are_whole(rows: list) -> bool:
    return all(value == int(value) for row in rows for value in row)


def _mistakes(picture, kernel, bias, stride, operation, row, column) -> list:
    """Return what comes out by typical mistakes, each after a sentence that names it."""
    convolves = operation == CONVOLUTION
    used, other = (turned(kernel), kernel) if convolves else (kernel, turned(kernel))
    right = output(picture, used, bias, stride, row, column)
    wrong = output(picture, other, bias, stride, row, column)
    turn = (
        "It is what Conv2D computes; a convolution proper turns the kernel by 180° first."
        if convolves
        else "It is what the kernel gives turned by 180°; Conv2D lays it on as it stands."
    )
    found = [
        ("The bias is missing.", right - bias),
        ("The bias is subtracted in place of added.", right - 2 * bias),
        (turn, wrong),
        (f"{turn} And the bias is missing.", wrong - bias),
        ("It is the output of row and column exchanged: the row is named first.",
         output(picture, used, bias, stride, column, row)),
        ("It is the sum of the window's pixels: multiply each by its weight first.",
         output(picture, [[1] * 3] * 3, 0, stride, row, column)),
    ]  # fmt: skip
    if stride > 1:
        words = (
            f"It belongs to the window that begins at row {row}, column {column} of the picture: "
            f"with stride {stride} the windows begin {stride} pixels apart."
        )
        found.append((words, output(picture, used, bias, 1, row, column)))
    return found


def _sum(window: list, kernel: list, bias: float, result) -> str:
    """Return the sum written out, a line for each row of the kernel."""
    lines, sums = [], []
    for i, (pixels, weights) in enumerate(zip(window, kernel)):
        terms = " + ".join(f"{factor(p)}·{factor(w)}" for p, w in zip(pixels, weights))
        sums.append(sum(_products([pixels], [weights])))
        lines.append(f"row {i}: {terms} = {plain(sums[-1])}")
    whole_sum = " + ".join([factor(part) for part in sums] + [f"bias {factor(bias)}"])
    lines.append(f"{whole_sum} = {'?' if result is None else plain(result)}")
    return element("p", "<br>".join(lines))


def _drawing(picture, kernel, operation, stride, outputs, row, column) -> str:
    """Return picture, kernel and outputs side by side; an output that is None is hidden."""
    side, wide = len(outputs), len(picture) * SIDE
    beside, below = wide + GAP, 2 * TITLES + len(kernel) * SIDE
    values = [value for line in picture for value in line]
    reach = max(values) - min(values) or 1
    strengths = [[0.05 + 0.35 * (v - min(values)) / reach for v in line] for line in picture]

    def choose(y: int, x: int) -> dict:
        value = outputs[y][x]
        words = f"Output row {y}, column {x}: {'hidden' if value is None else plain(value)}"
        return chosen("convolution", y, x, words, side**2, guess="")

    shown = [["" if value is None else plain(value) for value in line] for line in outputs]
    shown[row][column] = shown[row][column] or "?"
    title = "kernel, turned" if operation == CONVOLUTION else "kernel"
    known = ", ".join(text for line in shown for text in line if text not in ("", "?"))
    words = (
        f"A picture of 5×5 numbers with the window of output row {row}, column {column}; the "
        f"{title}; {side}×{side} outputs, {'so far ' + known if known else 'all hidden'}."
    )
    return drawing(
        beside + 3 * SIDE + 2,
        max(wide + TITLES, below + side * SIDE) + 2,
        words,
        label(1 + wide / 2, TITLES - 6, "picture"),
        grid(1, TITLES, _texts(picture), BLUE, strengths),
        frame(1 + column * stride * SIDE, TITLES + row * stride * SIDE, 3 * SIDE, 3 * SIDE,
              VERMILLION),
        label(beside + 1.5 * SIDE, TITLES - 6, title),
        grid(beside, TITLES, _texts(kernel), ORANGE),
        label(beside + side * SIDE / 2, below - 6, "output"),
        grid(beside, below, shown, GREEN, None, choose),
        frame(beside + column * SIDE, below + row * SIDE, SIDE, SIDE, VERMILLION),
    )  # fmt: skip


def _texts(rows: list) -> list:
    return [[plain(value) for value in row] for row in rows]
