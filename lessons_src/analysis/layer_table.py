"""The quantities of `arithmetic`, counted layer by layer on a real Keras model."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from html import escape
from math import prod
from typing import Any

from lessons_src import arithmetic
from lessons_src.analysis.layer_calls import LayerCall, layer_calls
from lessons_src.analysis.layer_kinds import CONVOLUTIONS, added_before, is_local, windows
from lessons_src.arithmetic import ReceptiveField, Window
from lessons_src.errors import UsageError, unknown
from lessons_src.text_table import text_table

import keras
from keras import layers

Sides = int | tuple[int, int]  # one number, or (height, width) where they differ
Fields = tuple[ReceptiveField, ReceptiveField]  # along the rows' axis and along the columns'

HEADINGS = ("layer", "kind", "output", "parameters", "multiply-adds", "field")


@dataclass(frozen=True)
class LayerRow:
    """One layer of a model.

    Attributes:
        name: The layer's name, as `layer_calls` writes it: "backbone/conv1" in a nested model,
            "conv1 (2)" for a second use.
        kind: The layer's class, such as "Conv2D".
        output_shape: Shape of one image's output: (H, W, C) or (units,).
        params: Trainable and non-trainable parameters; 0 where an earlier row has counted them.
        macs: Multiply-adds on one image, of convolutions and dense layers; 0 for other kinds.
        receptive_field: Side in pixels of the smallest square of the image that contains all that
            one output unit sees, at inference, over all branches. None where units have no field of
            their own: once the map is flattened, reshaped or pooled globally, and after a branch
            through global pooling comes back, as in squeeze and excitation: then each unit sees the
            whole image.
        kernel: Side of the sliding window in pixels; None where nothing slides.
        stride: Step of the window in pixels; None where nothing slides.
        inputs: Names of the rows whose outputs it reads.

    A field, kernel or stride that is not square is a pair, (height, width).
    """

    name: str
    kind: str
    output_shape: tuple[int, ...]
    params: int
    macs: int
    receptive_field: Sides | None
    kernel: Sides | None = None
    stride: Sides | None = None
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

    def only(self, *kinds: str) -> "LayerTable":
        """Return a table of the layers of some kinds, and one row for all others together.

        Args:
            *kinds: Classes of layers, such as "Conv2D".

        Raises:
            UsageError: For a kind that no layer has.
        """
        known = {row.kind for row in self.rows}
        for kind in kinds:
            if kind not in known:
                raise unknown("kind of layer", kind, sorted(known))
        others = [row for row in self.rows if row.kind not in kinds]
        rest = LayerRow(
            name=f"{len(others)} other layers",
            kind="",
            output_shape=(),
            params=sum(row.params for row in others),
            macs=sum(row.macs for row in others),
            receptive_field=None,
        )
        kept = tuple(row for row in self.rows if row.kind in kinds)
        return LayerTable((*kept, rest) if others else kept, self.non_trainable)

    def _cells(self) -> list[tuple[str, ...]]:
        body = [tuple(_text(value) for value in astuple(row)[:6]) for row in self.rows]
        return [
            *body,
            ("total", "", "", f"{self.params:,}", f"{self.macs:,}", ""),
            ("not trainable", "", "", f"{self.non_trainable:,}", "", ""),
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
        model: A built functional or Sequential model for images of one size.

    Returns:
        The table, input first, with the layers of nested models in place of these; `params` equals
        `model.count_params()`. A layer used twice has two rows and its parameters in the first.

    Raises:
        UsageError: For a model without a graph of layers (subclassed, or not built yet), images of
            no fixed size, or a layer whose field or multiply-adds are not known; the message names
            the layer.
    """
    calls = layer_calls(model)
    fields = receptive_fields(calls)
    if isinstance(model, keras.Sequential):  # which does not list its input among its layers
        calls = [call for call in calls if not isinstance(call.layer, layers.InputLayer)]
    shown = {call.name for call in calls}
    rows = []
    for call in calls:
        output_shape, sliding = tuple(call.output.shape[1:]), windows(call.layer)
        rows.append(
            LayerRow(
                name=call.name,
                kind=type(call.layer).__name__,
                output_shape=output_shape,
                params=0 if call.repeated else _params(call.layer),
                macs=_macs(call.layer, output_shape),
                receptive_field=_sides(fields[call.name], "size"),
                kernel=_sides(sliding, "kernel"),
                stride=_sides(sliding, "stride"),
                inputs=tuple(name for name in call.inputs if name in shown),
            )
        )
    non_trainable = sum(prod(weight.shape) for weight in model.non_trainable_weights)
    return LayerTable(tuple(rows), non_trainable)


def receptive_fields(calls: Sequence[LayerCall]) -> dict[str, Fields | None]:
    """Return the receptive fields of a model's layers, along the rows' and the columns' axis.

    Args:
        calls: All of the model, as `layer_calls` returns them.

    Returns:
        By a layer's name, as `layer_calls` writes it; None where a unit sees the whole image.

    Raises:
        UsageError: As in `layer_table`.
    """
    fields: dict[str, Fields | None] = {}
    for call in calls:
        fields[call.name] = _fields_after(call, [fields[name] for name in call.inputs])
    return fields


def _fields_after(call: LayerCall, before: Sequence[Fields | None]) -> Fields | None:
    """Return the fields of one unit of a layer's output, given those of the maps that it reads."""
    shape = call.output.shape
    if None in shape[1:]:
        raise UsageError(
            f"layer {call.name!r} returns {shape[1:]}, whose size is not fixed; "
            "build the model for images of one size"
        )
    if not is_local(call.layer, call.name, len(shape)) or None in before:
        return None
    if not call.inputs:
        return ReceptiveField(), ReceptiveField()
    sides = sorted({tensor.shape[1:3] for tensor in call.input_tensors})
    if len(sides) > 1:
        raise UsageError(f"layer {call.name!r} joins maps of different sides, {sides}")
    rows, columns = (
        _field_after(call, axis, sides[0][axis], [fields[axis] for fields in before if fields])
        for axis in (0, 1)
    )
    return rows, columns


def _field_after(
    call: LayerCall, axis: int, size: int, maps: Sequence[ReceptiveField]
) -> ReceptiveField:
    """Return the field along one axis: the union over the maps, passed through the window."""
    try:
        field = arithmetic.union(maps)
    except ValueError as error:
        raise UsageError(f"layer {call.name!r} joins maps that do not align: {error}") from error
    sliding = windows(call.layer)
    window = sliding[axis] if sliding else Window(1)
    before = added_before(call.layer)[axis]
    if window.padding == "same":
        before, _ = arithmetic.same_padding(size, window.kernel, window.stride, window.dilation)
    return field.through(window, before)


def _sides(axes: Sequence | None, attribute: str) -> Sides | None:
    """Return an attribute of what there is per axis: one number where both axes agree."""
    if axes is None:
        return None
    rows, columns = (getattr(axis, attribute) for axis in axes)
    return rows if rows == columns else (rows, columns)


def _params(layer: Any) -> int:
    """Return a layer's parameters; an operation of `keras.ops` has none."""
    return layer.count_params() if isinstance(layer, layers.Layer) else 0


def _macs(layer: Any, output_shape: tuple[int, ...]) -> int:
    """Return a layer's multiply-adds on one image: its kernels' weights, used per output pixel."""
    if not isinstance(layer, (*CONVOLUTIONS, layers.Dense)):
        return 0
    kernels = [weight.shape for weight in layer.weights if len(weight.shape) > 1]
    return sum(map(prod, kernels)) * prod(output_shape[:-1])


def _text(value: object) -> str:
    """Return a cell's text."""
    formats: dict[type, Callable] = {int: "{:,}".format, tuple: lambda v: " × ".join(map(str, v))}
    return "–" if value is None else formats.get(type(value), str)(value)


def multiply_adds(model: keras.Model) -> int | None:
    """Return a model's multiply-adds on one image, or None where `layer_table` refuses it."""
    try:
        return layer_table(model).macs
    except ValueError:
        return None
