"""The quantities of `arithmetic`, read off a real Keras model layer by layer."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from html import escape
from math import prod

from lessons_src import arithmetic
from lessons_src.arithmetic import ReceptiveField, Window
from lessons_src.text_table import text_table

import keras
from keras import layers

SLIDING = (layers.Conv2D, layers.MaxPooling2D, layers.AveragePooling2D)

HEADINGS = ("layer", "kind", "output", "parameters", "multiply-adds", "field")


@dataclass(frozen=True)
class LayerRow:
    """One layer of a model.

    Attributes:
        name: The layer's name in the model.
        kind: The layer's class, such as "Conv2D".
        output_shape: Shape of one image's output: (H, W, C) or (units,).
        params: Trainable and non-trainable parameters.
        macs: Multiply-adds on one image, of convolutions and dense layers; 0 for other kinds.
        receptive_field: Side in input pixels of what one output unit sees, the largest over
            branches; None once the map is flattened or pooled globally.
        kernel: Side of the sliding window in pixels; None where nothing slides.
        stride: Step of the window in pixels; None where nothing slides.
        inputs: Names of the layers whose outputs it reads.
    """

    name: str
    kind: str
    output_shape: tuple[int, ...]
    params: int
    macs: int
    receptive_field: int | None
    kernel: int | None = None
    stride: int | None = None
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class LayerTable:
    """A model's layers and their totals; prints as text, shows as HTML in a notebook."""

    rows: tuple[LayerRow, ...]
    non_trainable: int

    @property
    def params(self) -> int:
        """Parameters of the whole model."""
        return sum(row.params for row in self.rows)

    @property
    def macs(self) -> int:
        """Multiply-adds of one image's forward pass."""
        return sum(row.macs for row in self.rows)

    def __getitem__(self, name: str) -> LayerRow:
        """Return the row of the layer called `name`; KeyError if there is none."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(f"no layer {name!r}; the layers are {', '.join(r.name for r in self.rows)}")

    def _cells(self) -> list[tuple[str, ...]]:
        body = [tuple(_text(value) for value in astuple(row)[:6]) for row in self.rows]
        return [
            *body,
            ("total", "", "", f"{self.params:,}", f"{self.macs:,}", ""),
            ("of it not trainable", "", "", f"{self.non_trainable:,}", "", ""),
        ]

    def __str__(self) -> str:
        return text_table(HEADINGS, self._cells(), "<<<>>>")

    def _repr_html_(self) -> str:
        def line(cells: tuple[str, ...], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

        body = "".join(line(cells, "td") for cells in self._cells())
        return (
            '<table class="dataframe"><thead>' + line(HEADINGS, "th") + "</thead>"
            f"<tbody>{body}</tbody></table>"
        )


def layer_table(model: keras.Model) -> LayerTable:
    """Tabulate a model's layers: shapes, parameters, multiply-adds and receptive fields.

    Args:
        model: A built functional or Sequential model whose windows and images are square.

    Returns:
        The table, input first; `params` equals `model.count_params()`.

    Raises:
        ValueError: For a model without a graph of layers (subclassed, or not built yet), a nested
            model, or a window that is not square; the message names the layer.
    """
    if not model.built or not getattr(model, "inputs", None):
        raise ValueError(
            f"{model.name!r} has no graph of layers to follow; "
            "build it with the functional API or give a Sequential its keras.Input"
        )
    if isinstance(model, keras.Sequential):  # add() leaves each layer with several inputs
        model = keras.models.clone_model(model)
    fields: dict[int, ReceptiveField | None] = {id(x): ReceptiveField() for x in model.inputs}
    makers: dict[int, str] = {}
    rows = []
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            raise ValueError(f"{layer.name!r} is a model inside {model.name!r}; tabulate it alone")
        field = _field_after(layer, fields)
        read = [] if isinstance(layer, layers.InputLayer) else keras.tree.flatten(layer.input)
        inputs = tuple(makers[id(tensor)] for tensor in read if id(tensor) in makers)
        fields[id(layer.output)], makers[id(layer.output)] = field, layer.name
        window = _window(layer)
        rows.append(
            LayerRow(
                name=layer.name,
                kind=type(layer).__name__,
                output_shape=tuple(layer.output.shape[1:]),
                params=layer.count_params(),
                macs=_macs(layer),
                receptive_field=field.size if field else None,
                kernel=window.kernel if window else None,
                stride=window.stride if window else None,
                inputs=inputs,
            )
        )
    non_trainable = sum(prod(weight.shape) for weight in model.non_trainable_weights)
    return LayerTable(tuple(rows), non_trainable)


def _field_after(layer: layers.Layer, fields: dict) -> ReceptiveField | None:
    """Return the field of one unit of the layer's output, given those of the tensors before it."""
    if isinstance(layer, layers.InputLayer):
        return ReceptiveField()
    before = [fields[id(tensor)] for tensor in keras.tree.flatten(layer.input)]
    if None in before or isinstance(layer, layers.Flatten) or len(layer.output.shape) != 4:
        return None
    largest = max(before, key=lambda field: field.size)
    window = _window(layer)
    if window is None:
        return largest
    before_first = 0
    if window.padding == "same":
        before_first, _ = arithmetic.same_padding(
            layer.input.shape[1], window.kernel, window.stride, window.dilation
        )
    return largest.through(window, before_first)


def _window(layer: layers.Layer) -> Window | None:
    """Return the geometry of a convolution or pooling layer, None for other layers."""
    if not isinstance(layer, SLIDING):
        return None
    if isinstance(layer, layers.Conv2D):
        kernel, dilation = layer.kernel_size, layer.dilation_rate
    else:
        kernel, dilation = layer.pool_size, (1, 1)
    for sides in (kernel, layer.strides, dilation):
        if sides[0] != sides[1]:
            raise ValueError(f"layer {layer.name!r} has the window {sides}, which is not square")
    return Window(kernel[0], layer.strides[0], layer.padding, dilation[0])


def _macs(layer: layers.Layer) -> int:
    """Return a layer's multiply-adds on one image: its weights, used once an output pixel."""
    if isinstance(layer, layers.Conv2D | layers.Dense):
        return prod(layer.kernel.shape) * prod(layer.output.shape[1:-1])
    return 0


def _text(value: object) -> str:
    """Return a cell's text."""
    formats: dict[type, Callable] = {int: "{:,}".format, tuple: lambda v: " × ".join(map(str, v))}
    return "–" if value is None else formats.get(type(value), str)(value)


def multiply_adds(model: keras.Model) -> int | None:
    """Return a model's multiply-adds, or None for a subclassed model, which has no layer graph."""
    try:
        return layer_table(model).macs
    except ValueError:
        return None
