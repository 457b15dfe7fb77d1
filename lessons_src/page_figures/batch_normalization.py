"""One channel of a batch normalization: each step of it, drawn before and after."""

from math import sqrt

from lessons_src.page_figures.cells import factor, label, plain, rectangle
from lessons_src.page_figures.drawing import (
    BLUE,
    GREEN,
    LETTERS,
    ORANGE,
    VERMILLION,
    WIDEST,
    button,
    drawing,
    element,
)
from lessons_src.page_figures.inputs import choice, number, several, text

TITLE = "Batch normalization of one channel"
VALUES = "2 4 4 4 5 5 7 9"
TRAINING, INFERENCE = "training", "inference"
INPUTS = (
    text("values", "Values of the batch, with spaces between them", VALUES),
    number("gamma", "γ", 1, -100, 100),
    number("beta", "β", 0, -1000, 1000),
    choice("mode", "Mode", [TRAINING, INFERENCE]),
    number("running_mean", "Running mean", 0, -1000, 1000),
    number("running_variance", "Running variance", 1, 0, 1_000_000),
    number("momentum", "Momentum", 0.99, 0, 1),
    number("epsilon", "ε", 0.001, 0, 1),
)
FRESH = {
    "values": VALUES, "gamma": "1", "beta": "0", "mode": TRAINING, "running_mean": "0",
    "running_variance": "1", "momentum": "0.99", "epsilon": "0.001",
}  # fmt: skip
PRESETS = {
    "a new layer": FRESH,
    "a trained one": dict(FRESH, running_mean="5", running_variance="4", mode=INFERENCE),
    "γ = σ, β = μ": dict(FRESH, gamma="2", beta="5"),
    "a batch of one": dict(FRESH, values="9"),
    "equal values": dict(FRESH, values="3 3 3 3"),
}
MOST_VALUES = 16
FINE = 6  # decimals of what a training step stores
LEFT, WIDTH = 12, WIDEST - 24  # where the drawing's scale begins, and its length
TITLES, BETWEEN, DOT, MOST_ROOM = 22, 80, 4, 66  # words above, from line to line, radius, dots


def moments(values: list) -> tuple:
    """Return the mean and the variance of a batch, which divides by its size."""
    mean = sum(values) / len(values)
    return mean, sum((value - mean) ** 2 for value in values) / len(values)


def normalized(values: list, mean: float, variance: float, epsilon: float) -> list:
    """Return (x − mean) / √(variance + ε) for each value.

    Args:
        values: What comes in.
        mean: Of the batch or stored.
        variance: The same.
        epsilon: What keeps the divisor from 0.

    Raises:
        ValueError: If the divisor is 0.
    """
    if variance + epsilon == 0:
        raise ValueError("The variance and ε are both 0, so the layer would divide by 0: raise ε.")
    return [(value - mean) / sqrt(variance + epsilon) for value in values]


def moved(running: float, batch: float, momentum: float) -> float:
    """Return a running statistic after one training step."""
    return momentum * running + (1 - momentum) * batch


def draw(
    values: str, gamma: float, beta: float, mode: str, running_mean: float,
    running_variance: float, momentum: float, epsilon: float,
) -> str:  # fmt: skip
    """Return the layer's steps in words and numbers, and its values before and after.

    Args:
        values: Of one channel in the batch, as typed.
        gamma: The scale.
        beta: The shift.
        mode: "training" or "inference".
        running_mean: What is stored.
        running_variance: What is stored.
        momentum: The share of the stored numbers that a training step keeps.
        epsilon: What is added to the variance.

    Raises:
        ValueError: For values that are none, or too many.
    """
    batch = several(values, "Value", MOST_VALUES, -1000, 1000)
    stored = running_mean, running_variance
    statistics = moments(batch)
    mean, variance = statistics if mode == TRAINING else stored
    hats = normalized(batch, mean, variance, epsilon)
    outputs = [gamma * hat + beta for hat in hats]
    following = [moved(old, new, momentum) for old, new in zip(stored, statistics)]
    after = moments(outputs)
    words = (
        f"In {mode} the outputs run from {plain(min(outputs))} to {plain(max(outputs))}; their "
        f"mean is {plain(after[0])}, their deviation {plain(sqrt(after[1]))}. "
    )
    step = {
        "running_mean": plain(following[0], FINE).replace("−", "-"),
        "running_variance": plain(following[1], FINE),
    }
    return "".join([
        element("p", words + _remark(batch, mode, stored, variance, epsilon)),
        _drawing(batch, outputs),
        _steps(batch, mode, mean, variance, epsilon),
        _table(batch, mean, hats, outputs),
        _stored(mode, stored, statistics, momentum, following),
        element("p", button("Take this training step", step if mode == TRAINING else {},
                            id="batch_normalization-step")),
    ])  # fmt: skip


def _remark(batch: list, mode: str, stored: tuple, variance: float, epsilon: float) -> str:
    """Return what is special about this case."""
    if mode == INFERENCE:
        if stored == (0, 1):
            return (
                "The stored mean is 0 and the stored variance 1, as in a layer that has never been "
                "trained: it normalizes nothing."
            )
        return "The batch's own mean and variance are not used: each value is treated alone."
    if len(batch) == 1:
        return "A batch of one: the value is its own mean, so β comes out, whatever the value is."
    if variance == 0:
        return "All values are equal: each is the mean, so β comes out. ε keeps the divisor from 0."
    if variance < 100 * epsilon:
        return (
            "ε is not small beside the variance, so the deviation of the outputs is less than |γ|."
        )
    return "Whatever mean and deviation the values have, these are β and |γ|, up to ε."


def _steps(batch: list, mode: str, mean: float, variance: float, epsilon: float) -> str:
    """Return how mean, variance and divisor come about."""
    if mode == TRAINING:
        count = len(batch)
        values = " + ".join(factor(value) for value in batch)
        squares = " + ".join(plain((value - mean) ** 2) for value in batch)
        lines = [
            f"mean μ = ({values})/{count} = {plain(mean)}",
            f"variance σ² = ({squares})/{count} = {plain(variance)}",
        ]
    else:
        lines = [f"stored mean {plain(mean)}", f"stored variance {plain(variance)}"]
    divisor = plain(sqrt(variance + epsilon), FINE)
    lines.append(f"divisor √({plain(variance)} + {plain(epsilon)}) = {divisor}")
    return element("p", "<br>".join(lines))


def _table(batch: list, mean: float, hats: list, outputs: list) -> str:
    """Return a row for each value on its way."""
    names = "x", "x − mean", "x̂", "y = γx̂ + β"
    head = element("tr", *(element("th", name, scope="col") for name in names))
    rows = [
        element("tr", *(element("td", plain(value)) for value in (x, x - mean, hat, y)))
        for x, hat, y in zip(batch, hats, outputs)
    ]
    return element("table", element("thead", head), element("tbody", *rows))


def _stored(mode: str, stored: tuple, statistics: tuple, momentum: float, following: list) -> str:
    """Return what the layer stores after this call."""
    if mode == INFERENCE:
        return element(
            "p", f"Stored as before: mean {plain(stored[0])}, variance {plain(stored[1])}."
        )
    lines = [
        f"{name} stored: {plain(momentum, FINE)}·{factor(old)} + {plain(1 - momentum, FINE)}·"
        f"{factor(new)} = {plain(result, FINE)}"
        for name, old, new, result in zip(("mean", "variance"), stored, statistics, following)
    ]
    return element("p", "<br>".join(lines))


def _ticks(low: float, high: float) -> list:
    """Return round numbers between two others: at most seven, equally far apart."""
    step = 0.0
    for power in range(-4, 8):
        for digit in (1, 2, 5):
            if not step and (high - low) / (digit * 10.0**power) <= 6:
                step = digit * 10.0**power
    return [i * step for i in range(int(low / step) - 1, int(high / step) + 2) if
            low - 1e-9 <= i * step <= high + 1e-9]  # fmt: skip


def _drawing(batch: list, outputs: list) -> str:
    """Return all values on a line, and below it, on the same scale, what becomes of them."""
    low, high = min(batch + outputs + [0]), max(batch + outputs + [0])
    if high - low < 1e-3:
        low, high = low - 1, high + 1

    def at(value: float) -> float:
        return LEFT + (value - low) / (high - low) * WIDTH

    # A line, its values, their places along it, and how many dots each place has already.
    places = [[at(value) for value in values] for values in (batch, outputs)]
    ranks = [_ranks(xs) for xs in places]
    apart = min(2 * DOT + 1, MOST_ROOM / len(batch))
    room = 2 * DOT + 2 + apart * max(ranks[0] + ranks[1])
    top, bottom = TITLES + room, TITLES + room + BETWEEN
    parts = []
    for tick in _ticks(low, high):
        line = f"M{at(tick):.1f} {TITLES}V{bottom + room}"
        parts.append(element("path", d=line, stroke="currentColor", stroke_opacity=0.25))
        parts.append(label(at(tick), bottom + room + LETTERS, plain(tick)))
    for x, y in zip(*places):
        line = f"M{x:.1f} {top}L{y:.1f} {bottom}"
        parts.append(element("path", d=line, stroke="currentColor", stroke_opacity=0.5))
    for i, (values, height, colour) in enumerate(((batch, top, BLUE), (outputs, bottom, GREEN))):
        mean, variance = moments(values)
        left, right = (max(low, min(high, mean + side * sqrt(variance))) for side in (-1, 1))
        parts.append(rectangle(at(left), height - 4, at(right) - at(left), 8, ORANGE, 0.5))
        parts.append(element("path", d=f"M{LEFT} {height}h{WIDTH}", stroke="currentColor"))
        line = f"M{at(mean):.1f} {height - 8}v16"
        parts.append(element("path", d=line, stroke=VERMILLION, stroke_width=3))
        for x, rank in zip(places[i], ranks[i]):
            y = height + (2 * i - 1) * (DOT + 2 + apart * rank)
            parts.append(element("circle", cx=x, cy=y, r=DOT, fill=colour))
    height = bottom + room + 2 * LETTERS + 4
    parts.append(element("text", "before: x", x=LEFT, y=LETTERS))
    parts.append(element("text", "after: y", x=LEFT, y=height - 2))
    parts.append(label(WIDEST / 2 + 40, LETTERS, "line: mean, bar: ± deviation"))
    words = (
        f"{len(batch)} values from {plain(min(batch))} to {plain(max(batch))} on a line; below it, "
        f"on the same scale, the outputs from {plain(min(outputs))} to {plain(max(outputs))}."
    )
    return drawing(WIDEST, height + 4, words, "".join(parts))


def _ranks(places: list) -> list:
    """Return for each place how many before it are so near that a dot would hide another."""
    return [
        len([other for other in places[:i] if abs(other - place) < DOT])
        for i, place in enumerate(places)
    ]
