"""Arithmetic of convolutional networks: sizes, padding, fields, parameters, multiply-adds.

All lengths are in pixels along one axis; windows are square. Only the standard library is used,
so the module imports in milliseconds and needs no framework. The first chapters derive the
formulas.

It is written for two Pythons: CPython, and MicroPython, which a page of the site can run. The other
one knows no type hints and no dataclasses, and its whole numbers have no `__index__`.
"""

try:
    from collections.abc import Iterable
    from typing import Any
except ImportError:  # MicroPython reads over the hints that name them
    pass


def conv_output_size(
    size: int, kernel: int, stride: int = 1, padding: str = "valid", dilation: int = 1
) -> int:
    """Return how many windows of a convolution or pooling layer fit along one axis.

    Args:
        size: Input length in pixels.
        kernel: Kernel length in taps.
        stride: Step between windows in pixels.
        padding: "valid" (none) or "same" (zeros, so that stride 1 keeps the size), in any case.
        dilation: Distance between neighbouring taps in pixels.

    Returns:
        ⌊(size − extent) / stride⌋ + 1 for "valid", ⌈size / stride⌉ for "same".

    Raises:
        ValueError: For an argument that is no whole number of at least 1, an unknown padding, or a
            "valid" window that is longer than the input.

    Source: Dumoulin and Visin, A guide to convolution arithmetic for deep learning, 2016.
    """
    size = _whole("size", size)
    stride = _whole("stride", stride)
    extent = _extent(kernel, dilation)
    if _padding(padding) == "same":
        return -(-size // stride)
    if extent > size:
        raise ValueError(
            f"kernel={kernel} with dilation={dilation} spans {extent} pixels, "
            f'more than size={size}; use a smaller kernel or padding="same"'
        )
    return (size - extent) // stride + 1


def same_padding(size: int, kernel: int, stride: int = 1, dilation: int = 1) -> tuple[int, int]:
    """Return how many zeros TensorFlow adds before and after the input for "same" padding.

    Args:
        size: Input length in pixels.
        kernel: Kernel length in taps.
        stride: Step between windows in pixels.
        dilation: Distance between neighbouring taps in pixels.

    Returns:
        (before, after): left and right, or top and bottom. An odd total puts the extra zero after.

    Raises:
        ValueError: For an argument that is no whole number of at least 1.

    Source: TensorFlow API documentation, tf.nn, "Notes on padding".
    """
    outputs = conv_output_size(size, kernel, stride, "same", dilation)
    total = max((outputs - 1) * stride + _extent(kernel, dilation) - size, 0)
    return total // 2, total - total // 2


def dense_params(inputs: int, units: int, bias: bool = True) -> int:
    """Return the parameters of a fully connected layer: inputs × units, and one bias per unit."""
    return (_whole("inputs", inputs) + bool(bias)) * _whole("units", units)


def conv_params(kernel: int, in_channels: int, filters: int, bias: bool = True) -> int:
    """Return the parameters of a convolution: per filter kernel² × in_channels and a bias."""
    weights = _whole("kernel", kernel) ** 2 * _whole("in_channels", in_channels)
    return (weights + bool(bias)) * _whole("filters", filters)


def conv_macs(
    size: int,
    kernel: int,
    in_channels: int,
    filters: int,
    stride: int = 1,
    padding: str = "valid",
    dilation: int = 1,
) -> int:
    """Return the multiply-adds of a convolution on one square image.

    Args:
        size: Side of the input in pixels.
        kernel: Side of the kernel in taps.
        in_channels: Channels of the input.
        filters: Channels of the output.
        stride: Step between windows in pixels.
        padding: "valid" or "same"; products with padded zeros are counted, as they are computed.
        dilation: Distance between neighbouring taps in pixels.

    Returns:
        Output pixels × weights; biases are not counted.

    Raises:
        ValueError: As `conv_output_size`.
    """
    side = conv_output_size(size, kernel, stride, padding, dilation)
    return side**2 * conv_params(kernel, in_channels, filters, bias=False)


def training_petaflops(macs: int, images: int) -> float:
    """Return about how many operations a training takes, in PFLOP, 10¹⁵ operations.

    A multiply-add is two operations. The backward pass takes twice the forward pass: one product
    gives the gradient of the weights, another one that of the inputs.

    Args:
        macs: Multiply-adds of one image's forward pass.
        images: Images seen, each as often as it is seen.
    """
    return 2 * (1 + 2) * macs * images / 1e15


class _Value:
    """A value that never changes, compared, hashed and shown by its fields: a frozen dataclass."""

    _fields: tuple[str, ...]

    def _set(self, **values: Any) -> None:
        """Set the fields, once."""
        for name in self._fields:
            object.__setattr__(self, name, values[name])

    def _values(self) -> tuple:
        return tuple(getattr(self, name) for name in self._fields)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"cannot delete field {name!r}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._values() == self._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({fields})"


class Window(_Value):
    """The geometry of one sliding layer, convolution or pooling, along one axis.

    Raises:
        ValueError: For an argument that is no whole number of at least 1 or an unknown padding.
    """

    _fields = ("kernel", "stride", "padding", "dilation")
    kernel: int
    stride: int
    padding: str
    dilation: int

    def __init__(
        self, kernel: int, stride: int = 1, padding: str = "valid", dilation: int = 1
    ) -> None:
        _whole("stride", stride)
        _extent(kernel, dilation)
        self._set(kernel=kernel, stride=stride, padding=_padding(padding), dilation=dilation)


class ReceptiveField(_Value):
    """The input pixels that one output unit depends on, along one axis.

    Unit i of the output sees the pixels offset + i·jump to offset + i·jump + size − 1.

    Attributes:
        size: Length of the field in input pixels.
        jump: Distance in input pixels between the fields of neighbouring units.
        offset: First pixel of unit 0's field; negative where the field begins in the padding.
    """

    _fields = ("size", "jump", "offset")
    size: int
    jump: int
    offset: int

    def __init__(self, size: int = 1, jump: int = 1, offset: int = 0) -> None:
        self._set(size=size, jump=jump, offset=offset)

    def through(self, window: Window, padded_before: int) -> "ReceptiveField":
        """Return the field one layer later, for a layer that pads `padded_before` pixels."""
        return ReceptiveField(
            size=self.size + (_extent(window.kernel, window.dilation) - 1) * self.jump,
            jump=self.jump * window.stride,
            offset=self.offset - padded_before * self.jump,
        )


def union(fields: Iterable[ReceptiveField]) -> ReceptiveField:
    """Return the field of a unit that reads one position of several maps, as an addition does.

    Args:
        fields: The maps' fields, at least one.

    Returns:
        From the first pixel that any of the maps' units sees to the last. Where the fields lie
        apart, it includes the pixels between them, which no unit sees.

    Raises:
        ValueError: If the jumps differ, so that no one field describes all units.
    """
    fields = list(fields)
    jumps = sorted({field.jump for field in fields})
    if len(jumps) > 1:
        raise ValueError(f"the fields of neighbouring units lie {jumps} pixels apart")
    first = min(field.offset for field in fields)
    end = max(field.offset + field.size for field in fields)
    return ReceptiveField(end - first, jumps[0], first)


def receptive_field(windows: Iterable[Window], size: int | None = None) -> ReceptiveField:
    """Follow the receptive field through a chain of layers, first layer first.

    Args:
        windows: The layers' geometry.
        size: Input length in pixels. It matters only to `offset`, where "same" padding meets a
            stride: without it, each such layer's input is taken as a multiple of its stride.

    Returns:
        The field of one unit of the last layer; a single pixel for no layers.

    Raises:
        ValueError: If a window does not fit into what the layers before it leave of `size`.

    Source: Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks,
    Distill, 2019.
    """
    field = ReceptiveField()
    for window in windows:
        kernel, stride, dilation = window.kernel, window.stride, window.dilation
        before = 0
        if window.padding == "same":
            before, _ = same_padding(size or stride, kernel, stride, dilation)
        if size is not None:
            size = conv_output_size(size, kernel, stride, window.padding, dilation)
        field = field.through(window, before)
    return field


def _extent(kernel: int, dilation: int) -> int:
    """Return the pixels from a kernel's first tap to its last, both included."""
    return _whole("dilation", dilation) * (_whole("kernel", kernel) - 1) + 1


def _padding(padding: Any) -> str:
    """Return the padding's name in lower case."""
    if not isinstance(padding, str) or padding.lower() not in ("valid", "same"):
        raise ValueError(f'padding must be "valid" or "same", not {padding!r}')
    return padding.lower()


def _whole(name: str, value: Any) -> int:
    """Return the value as an int, NumPy's integers included; refuse what does not count things."""
    whole = value
    if not isinstance(value, int):
        whole = value.__index__() if hasattr(value, "__index__") else 0
    if whole < 1 or isinstance(value, bool):
        raise ValueError(f"{name} must be a whole number of at least 1, not {value!r}")
    return whole
