"""A Keras model as the text of a stack, which the figures of own numbers take."""

from collections import Counter
from typing import Any

from lessons_src.analysis.layer_calls import LayerCall, layer_calls
from lessons_src.analysis.layer_kinds import windows
from lessons_src.errors import UsageError
from lessons_src.page_figures.stack import Layer

import keras
from keras import layers

# At inference they change neither shapes nor counts nor fields.
PASSED_OVER = (layers.Activation, layers.ReLU, layers.Dropout)
POOLS = {layers.MaxPooling2D: "max pool", layers.AveragePooling2D: "average pool"}
WHOLE_MAPS = {
    layers.GlobalAveragePooling2D: "global average",
    layers.GlobalMaxPooling2D: "global max",
    layers.Flatten: "flatten",
}
JOINS = {layers.Add: "add", layers.Concatenate: "concatenate"}


def stack_text(model: keras.Model) -> str:
    """Write a model as a stack of layers, one line per layer, as `page_figures.stack` reads it.

    Args:
        model: A built functional or Sequential model: a chain of convolutions, poolings and dense
            layers, with batch normalization after any, and of branches that begin at one layer and
            end in one Add or Concatenate.

    Raises:
        UsageError: For a layer or a graph that no stack describes; the message names the layer.
    """
    calls = layer_calls(model)
    return "\n".join(layer.line() for layer in _Graph(calls).chain(calls[-1].name, calls[0].name))


class _Graph:
    """The calls of a model by name, and how many others read each."""

    def __init__(self, calls: list[LayerCall]):
        self.calls = {call.name: call for call in calls}
        self.readers = Counter(name for call in calls for name in call.inputs)

    def chain(self, end: str, source: str) -> list[Layer]:
        """Return the layers after the source, up to the end and with it."""
        found: list[Layer] = []
        normalized, begins = False, ""  # the layer where the branches just passed begin
        while end != source:
            call = self.calls[end]
            if type(call.layer) in JOINS:
                end, parts = self.branches(call)
                begins = end
            elif not call.inputs or (self.readers[end] > 1 and end != begins):
                raise UsageError(f"a stack cannot say what reads layer {end!r}")
            else:
                [end] = call.inputs
                parts = _layers(call)
            if isinstance(call.layer, layers.BatchNormalization):
                normalized = True
            elif normalized:
                if not parts or parts[0].kind not in ("conv", "dense"):
                    raise UsageError(f"layer {call.name!r} is normalized but has no weights")
                parts, normalized = [parts[0].but("normalized", True)], False
            found = parts + found
        return found

    def branches(self, join: LayerCall) -> tuple[str, list[Layer]]:
        """Return where the branches before a join begin, and their layers with the join."""
        source = join.inputs[0]
        while self.readers[source] == 1 and len(self.calls[source].inputs) == 1:
            [source] = self.calls[source].inputs
        if self.readers[source] != len(join.inputs):
            raise UsageError(f"a stack cannot say what layer {join.name!r} joins")
        branches = [self.chain(end, source) for end in join.inputs]
        found = []
        for i, branch in enumerate(branches):
            found += [Layer("branch" if i else "branches", {}), *branch]
        if any(layer.kind == "branches" for layer in found[1:]):
            raise UsageError(f"a stack cannot say the branches within those of {join.name!r}")
        return source, [*found, Layer(JOINS[type(join.layer)], {})]


def _layers(call: LayerCall) -> list[Layer]:
    """Return the layer of a stack that a call is; none for what changes nothing."""
    layer: Any = call.layer
    kind = type(layer)
    if isinstance(layer, (*PASSED_OVER, layers.BatchNormalization)):
        return []
    if kind in WHOLE_MAPS:
        return [Layer(WHOLE_MAPS[kind], {})]
    if kind is layers.Dense and len(call.output.shape) == 2:
        return [Layer("dense", {"units": layer.units}, bias=layer.use_bias)]
    sliding = windows(layer)
    if sliding and sliding[0] == sliding[1] and (kind in POOLS or kind is layers.Conv2D):
        window = sliding[0]
        numbers = {"kernel": window.kernel, "stride": window.stride, "dilation": window.dilation}
        if kind in POOLS:
            return [Layer(POOLS[kind], numbers, window.padding)]
        if layer.groups == 1:
            numbers["filters"] = layer.filters
            return [Layer("conv", numbers, window.padding, layer.use_bias)]
    raise UsageError(f"a stack has no line for layer {call.name!r}, of kind {kind.__name__}")
