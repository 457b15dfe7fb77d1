"""A model's graph as a list: each use of a layer, in the order of computation."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from lessons_src.errors import UsageError

import keras


@dataclass(frozen=True)
class LayerCall:
    """One use of a layer in a model.

    Attributes:
        name: The layer's name, with that of the model before it ("backbone/conv1") in a nested
            model, and with the count after it ("conv1 (2)") where it is not the layer's first use.
        layer: The layer, or the operation of `keras.ops`.
        repeated: Whether an earlier call uses the same layer.
        inputs: Names of the calls whose outputs it reads.
        input_tensors: The tensors it reads.
        output: The tensor it returns.
    """

    name: str
    layer: Any
    repeated: bool
    inputs: tuple[str, ...]
    input_tensors: tuple[keras.KerasTensor, ...]
    output: keras.KerasTensor


def layer_calls(model: keras.Model) -> list[LayerCall]:
    """List the uses of layers in a model and in the models nested in it.

    Args:
        model: A built functional or Sequential model.

    Returns:
        The calls, each after those whose outputs it reads. The calls in a nested model stand in
        place of the model's own.

    Raises:
        UsageError: For a model without a graph of layers (subclassed, or not built yet), or a layer
            with several outputs; the message names it.
    """
    calls: list[LayerCall] = []
    makers: dict[int, str] = {}  # by a tensor's identity, the name of the call that returns it
    uses: Counter[str] = Counter()
    used: set[int] = set()  # by identity, the layers

    def walk(nodes: list, prefix: str) -> None:
        for node in nodes:
            layer, name = node.operation, prefix + node.operation.name
            if prefix and isinstance(layer, keras.layers.InputLayer):
                continue  # what the nested model reads stands in its place
            inputs = [makers[id(tensor)] for tensor in node.input_tensors]
            if isinstance(layer, keras.Model):
                inner = _nodes(layer, name)
                makers.update(zip(map(id, layer.inputs), inputs, strict=True))
                walk(inner, f"{name}/")
                for outer, returned in zip(node.output_tensors, layer.outputs, strict=True):
                    makers[id(outer)] = makers[id(returned)]
                continue
            if len(node.output_tensors) != 1:
                raise UsageError(f"layer {name!r} has {len(node.output_tensors)} outputs, not one")
            uses[name] += 1
            call = LayerCall(
                f"{name} ({uses[name]})" if uses[name] > 1 else name,
                layer,
                id(layer) in used,
                tuple(inputs),
                tuple(node.input_tensors),
                node.output_tensors[0],
            )
            makers[id(call.output)] = call.name
            used.add(id(layer))
            calls.append(call)

    walk(_nodes(model, model.name), "")
    return calls


def _nodes(model: keras.Model, name: str) -> list:
    """Return Keras' nodes, the uses of layers, in the order of `model.layers`."""
    graph = getattr(model, "_functional", model)  # a Sequential keeps its graph there
    by_depth = getattr(graph, "_nodes_by_depth", None)  # no public list has a layer's second use
    if by_depth is None:
        raise UsageError(
            f"{name!r} has no graph of layers to follow; "
            "build it with the functional API or give a Sequential its keras.Input"
        )
    order = {id(operation): i for i, operation in enumerate(graph.operations)}
    return [
        node
        for depth in sorted(by_depth, reverse=True)
        for node in sorted(by_depth[depth], key=lambda node: order[id(node.operation)])
    ]
