"""A stack of layers as text, a layer per line, and what `arithmetic` makes of it.

A stack such as ::

    conv 16 kernel 3 stride 2 same
    conv 64 kernel 3 same no bias bn
    max pool 2
    flatten
    dense 10

is followed from the image to its last layer. The number after the kind is the filters, the units or
the side of the pooling window. A kernel is "kernel 3" or "3x3". Padding is valid unless the line
says "same"; "bn" adds a batch normalization. Parallel branches, which all read the layer before
them, stand between "branches" and "add" or "concatenate", with "branch" between two of them; one
without layers hands its input on.
"""

from lessons_src.arithmetic import (
    ReceptiveField,
    Window,
    conv_macs,
    conv_output_size,
    conv_params,
    dense_params,
    same_padding,
    union,
)
from lessons_src.page_figures.inputs import shown

MOST_LINES = 300
MOST_DIGITS = 9
LANES = "abcdefghijklmnopqrstuvwxyz"
POOLS = ("max pool", "average pool")
JOINS = ("add", "concatenate")
# What a line can begin with, which is the kind of the layer, and what it can say.
LAYERS = ("conv", "max pool", "average pool", "global average", "global max", "flatten", "dense")
KINDS = LAYERS + ("branches", "branch", "add", "concatenate")
USAGE = {
    "conv": "conv 16 kernel 3 stride 2 dilation 1 same no bias bn",
    "max pool": "max pool 3 stride 2 same",
    "average pool": "average pool 3 stride 2 same",
    "dense": "dense 10 no bias bn",
}
# The numbers of a line, the first of them without its name.
NUMBERS = {
    "conv": ("filters", "kernel", "stride", "dilation"),
    "max pool": ("kernel", "stride"),
    "average pool": ("kernel", "stride"),
    "dense": ("units",),
}


class Layer:
    """One line of a stack.

    Attributes:
        kind: One of `KINDS`.
        numbers: By their names in `NUMBERS`, those that are not the default.
        padding: "valid", "same", or what else was asked for.
        bias: Whether it adds biases.
        normalized: Whether batch normalization follows it.
    """

    def __init__(self, kind: str, numbers: dict, padding="valid", bias=True, normalized=False):
        self.kind, self.numbers, self.padding = kind, numbers, padding
        self.bias, self.normalized = bias, normalized

    def __getitem__(self, name: str):
        """Return one of its numbers, the default where it has none."""
        return self.numbers.get(name, self._default(name))

    def _default(self, name: str):
        return self["kernel"] if self.kind in POOLS and name == "stride" else 1

    def but(self, name: str, value) -> "Layer":
        """Return a layer that differs in one number or attribute."""
        layer = Layer(self.kind, self.numbers.copy(), self.padding, self.bias, self.normalized)
        if name in NUMBERS.get(self.kind, ()):
            layer.numbers[name] = value
        else:
            setattr(layer, name, value)
        return layer

    def line(self) -> str:
        """Return the line that gives this layer, without what is the default."""
        names = NUMBERS.get(self.kind, ())
        words = [self.kind]
        for name in names:
            if name == names[0]:
                words.append(str(self[name]))
            elif name == "kernel" or self[name] != self._default(name):
                words.append(f"{name} {self[name]}")
        words += ["same"] if self.padding == "same" else []
        words += [] if self.bias else ["no bias"]
        return " ".join(words + ["bn"] if self.normalized else words)

    def short(self) -> str:
        """Return what a drawing calls it, such as "conv 3×3 /2"."""
        kind = self.kind.replace("average", "avg").replace(" pool", "")
        if "kernel" not in NUMBERS.get(self.kind, ()):
            return kind
        text = f"{kind} {self['kernel']}×{self['kernel']}"
        text += f" /{self['stride']}" if self["stride"] != 1 else ""
        return text + (f" d{self['dilation']}" if self["dilation"] != 1 else "")


class Row:
    """What one layer of a stack makes of its input.

    Attributes:
        number: Its line, counted from 1.
        layer: The `Layer`.
        lane: The letter of its branch; empty outside of branches.
        read: The shape that it reads.
        shape: The shape of its output: (side, side, channels) or (units,).
        padding: (before, after), in pixels; None where nothing slides.
        weights: Parameters that multiply.
        biases: Parameters that are added.
        normalization: Parameters of its batch normalization, half of which are not trainable.
        macs: Multiply-adds on one image.
        field: The `ReceptiveField`; None once units have no field of their own.
    """

    shape: tuple
    padding: "tuple | None"
    field: "ReceptiveField | None"

    def __init__(self, number: int, layer: Layer, lane: str, read: tuple):
        self.number, self.layer, self.lane, self.read = number, layer, lane, read
        self.shape, self.padding, self.field = read, None, None
        self.weights = self.biases = self.normalization = self.macs = 0

    def params(self) -> int:
        """Return all its parameters."""
        return self.weights + self.biases + self.normalization


def lines_of(text: str) -> list:
    """Return the lines of a stack, without the empty ones.

    Raises:
        ValueError: For more than 300.
    """
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValueError(f"A stack has at most {MOST_LINES} lines, this one has {len(lines)}.")
    return lines


def parse(line: str) -> Layer:
    """Return the layer that a line describes.

    Raises:
        ValueError: For a line that describes none; the message says what would.
    """
    words = line.lower().replace(",", " ").replace("×", "x").split()
    kind = " ".join(words[:2]) if " ".join(words[:2]) in KINDS else words[0]
    if kind not in KINDS:
        raise ValueError(f"{shown(words[0])} is no kind of layer; the kinds are {', '.join(KINDS)}")
    layer, rest = Layer(kind, {}), words[len(kind.split()) :]
    names = NUMBERS.get(kind, ())
    while rest:
        _take(layer, rest, names)
    for name in names:
        if name not in layer.numbers and name not in ("stride", "dilation"):
            raise ValueError(f"no {name}; a line can say {USAGE[kind]}")
    return layer


def _take(layer: Layer, rest: list, names: tuple) -> None:
    """Take the next words of a line into its layer."""
    word = rest.pop(0)
    slides, weighs = "kernel" in names, layer.kind in ("conv", "dense")
    if word in names and rest and _number(rest[0]) is not None:
        layer.numbers[word] = _number(rest.pop(0))
    elif slides and "x" in word and _number(word) is not None:
        layer.numbers["kernel"] = _number(word)
    elif names and names[0] not in layer.numbers and _number(word) is not None:
        layer.numbers[names[0]] = _number(word)
    elif slides and word == "padding" and rest:
        layer.padding = rest.pop(0)
    elif slides and word in ("same", "valid"):
        layer.padding = word
    elif weighs and word == "bn":
        layer.normalized = True
    elif weighs and word == "no" and rest[:1] == ["bias"]:
        layer.bias = rest.pop(0) != "bias"
    else:
        usage = USAGE.get(layer.kind, layer.kind)
        raise ValueError(f"{shown(word)} means nothing here; a line can say {usage}")


def _number(word: str):
    """Return the number that a word is, or that both sides of such as "3x3" are; otherwise None."""
    sides = word.split("x")
    if len(sides) == 2:
        if _number(sides[0]) != _number(sides[1]):
            raise ValueError(f"windows are square here, not {word}")
        word = sides[0]
    if any(sign not in "+-.0123456789" for sign in word):
        return None
    if len(word) > MOST_DIGITS:
        raise ValueError(f"a number has at most {MOST_DIGITS} digits here")
    try:
        return float(word) if "." in word else int(word)
    except ValueError:
        return None


def follow(text: str, side: int, channels: int) -> tuple:
    """Follow an image through a stack.

    Args:
        text: The stack.
        side: Of the square image in pixels.
        channels: Of the image.

    Returns:
        The rows as far as the stack is possible, and what is impossible then; nothing if all is
        possible. It names the line, and is in `arithmetic`'s own words where that refuses.
    """
    walk = _Walk((side, side, channels))
    for number, line in enumerate(lines_of(text), 1):
        try:
            walk.take(number, parse(line))
        except ValueError as error:
            return walk.rows, f"Line {number}, {shown(line)}: {error}"
    if walk.opened:
        return (
            walk.rows,
            f"Line {walk.opened}, branches: write add or concatenate after the last one",
        )
    return walk.rows, ""


class _Walk:
    """Where an image is on its way through a stack."""

    here: tuple  # the shape and the field of the last layer
    opened = 0  # the line where branches begin, 0 outside of them

    def __init__(self, shape: tuple):
        self.here = self.source = (shape, ReceptiveField())
        self.ends: list = []  # of the branches before this one, which all begin at the source
        self.rows: list = []

    def take(self, number: int, layer: Layer) -> None:
        """Go through one line."""
        kind = layer.kind
        if not self.opened and kind in ("branch",) + JOINS:
            raise ValueError("there are no branches here; they begin with a line branches")
        if self.opened and kind == "branches":
            raise ValueError("branches within branches are more than this page can follow")
        if kind == "branches":
            self.ends, self.source, self.opened = [], self.here, number
        elif kind == "branch":
            self.ends.append(self.here)
            self.here = self.source
        else:
            self.rows.append(self.row(number, layer))
            self.here = self.rows[-1].shape, self.rows[-1].field

    def row(self, number: int, layer: Layer) -> Row:
        """Return the row of a layer."""
        if layer.kind not in JOINS:
            lane = LANES[len(self.ends) % len(LANES)] if self.opened else ""
            return _after(Row(number, layer, lane, self.here[0]), self.here[1])
        row = _joined(Row(number, layer, "", self.here[0]), self.ends + [self.here])
        self.opened = 0
        return row


def _after(row: Row, field) -> Row:
    """Complete the row of a layer that reads one other, whose units have a field, or None."""
    layer, shape = row.layer, row.read
    if layer.kind == "dense":
        if len(shape) > 1:
            raise ValueError(
                f"it reads a vector, not a map of {text_of(shape)}; write flatten or "
                "global average before it"
            )
        row.shape = (layer["units"],)
        row.weights = row.macs = dense_params(shape[0], layer["units"], bias=False)
        row.biases = dense_params(shape[0], layer["units"]) - row.weights if layer.bias else 0
    elif len(shape) == 1:
        raise ValueError(f"it reads a map, not a vector of {shape[0]:,}")
    elif layer.kind in ("global average", "global max"):
        row.shape = (shape[2],)
    elif layer.kind == "flatten":
        row.shape = (shape[0] * shape[1] * shape[2],)
    else:
        _slide(row, field)
    if layer.normalized:
        row.normalization = 4 * row.shape[-1]
    return row


def _slide(row: Row, field) -> None:
    """Complete the row of a convolution or a pooling."""
    layer, (size, _, channels) = row.layer, row.read
    Window(layer["kernel"])  # a pooling's stride is its kernel, which is to be named if impossible
    window = Window(layer["kernel"], layer["stride"], layer.padding, layer["dilation"])
    kernel, stride, padding, dilation = (
        window.kernel,
        window.stride,
        window.padding,
        window.dilation,
    )
    side = conv_output_size(size, kernel, stride, padding, dilation)
    row.padding = same_padding(size, kernel, stride, dilation) if padding == "same" else (0, 0)
    row.field = field.through(window, row.padding[0])
    row.shape = (side, side, channels)
    if layer.kind == "conv":
        filters = layer["filters"]
        row.weights = conv_params(kernel, channels, filters, bias=False)
        row.biases = conv_params(kernel, channels, filters) - row.weights if layer.bias else 0
        row.macs = conv_macs(size, kernel, channels, filters, stride, padding, dilation)
        row.shape = (side, side, filters)


def _joined(row: Row, ends: list) -> Row:
    """Complete the row of a layer that joins branches, of which the shapes and fields are given."""
    shapes = [shape for shape, _ in ends]
    compared = shapes if row.layer.kind == "add" else [shape[:-1] for shape in shapes]
    if any(one != compared[0] for one in compared):
        words = " and ".join(text_of(shape) for shape in shapes)
        agree = "shapes" if row.layer.kind == "add" else "sides"
        raise ValueError(f"the branches end as {words}; their {agree} must agree")
    total = sum(shape[-1] for shape in shapes)
    row.shape = shapes[0] if row.layer.kind == "add" else compared[0] + (total,)
    fields = [field for _, field in ends]
    row.field = None if None in fields else union(fields)
    return row


def text_of(shape: tuple) -> str:
    """Return a shape as text, such as "32×32×3"."""
    return "×".join(f"{length:,}" for length in shape)
