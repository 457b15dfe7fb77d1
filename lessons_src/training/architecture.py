"""What a network is, in values that JSON can hold, and what two networks differ in.

Two things make no other network: names that Keras gives by itself, which count up with each network
of a session; and arguments that one version of Keras describes a layer by and another does not.
"""

from collections.abc import Iterator
from typing import Any

import keras

# Where a class lies may change between versions; what a layer was built on shows in its weights.
PASSED_OVER = {"name", "module", "registered_name", "build_config", "build_input_shape"}


def describe(model: keras.Model) -> dict[str, Any]:
    """Return a model's architecture.

    Args:
        model: The model, built.

    Returns:
        By name: "layers", class and arguments of each layer; "graph", of a functional model, the
        class of each operation and whose outputs it reads; "weights", the weights' shapes.
    """
    return {
        "layers": [[type(layer).__name__, _arguments(layer)] for layer in model.layers],
        "graph": _graph(_arguments(model)),
        "weights": [list(weight.shape) for weight in model.weights],
    }


def differences(kept: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield what two architectures differ in, each difference in words.

    Args:
        kept: An architecture that `describe` returned, read back from JSON; one of the book's first
            edition holds "layers" alone.
        new: Another one, likewise.
    """
    for part in ("layers", "graph", "weights"):
        if kept.get(part) is None or new[part] is None:
            continue
        if len(kept[part]) != len(new[part]):
            yield f"{len(kept[part])} {part}, not {len(new[part])}"
            continue
        for number, (one, other) in enumerate(zip(kept[part], new[part], strict=True)):
            label = f"{part} {number}" + (f" ({other[0]})" if part != "weights" else "")
            yield from _differences(_anonymous(one), _anonymous(other), label)


def _differences(kept: Any, new: Any, path: str) -> Iterator[str]:
    """Yield where two nested values differ; a key that only one of them has is passed over."""
    if isinstance(kept, dict) and isinstance(new, dict):
        for key in kept:
            if key in new:
                yield from _differences(kept[key], new[key], f"{path}, {key}")
    elif isinstance(kept, list) and isinstance(new, list) and len(kept) == len(new):
        for one, other in zip(kept, new, strict=True):
            yield from _differences(one, other, path)
    elif kept != new:
        yield f"{path}: {kept!r}, not {new!r}"


def _arguments(layer: keras.Layer) -> dict[str, Any]:
    """Return the arguments that a layer is made with; none if its class doesn't tell them."""
    try:
        return layer.get_config()
    except NotImplementedError:
        return {}


def _graph(config: dict[str, Any]) -> list | None:
    """Return each operation's class and inputs: the operation's number, its call, its output."""
    if "input_layers" not in config:
        return None
    numbers = {operation["name"]: number for number, operation in enumerate(config["layers"])}
    return [
        [
            operation["class_name"],
            *([numbers[name], *rest] for name, *rest in _histories(operation["inbound_nodes"])),
        ]
        for operation in config["layers"]
    ]


def _histories(value: Any) -> Iterator[list]:
    """Yield the origin of each tensor in an operation's arguments."""
    if isinstance(value, dict) and "keras_history" in value:
        yield value["keras_history"]
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _histories(item)


def _anonymous(value: Any, numbers: dict[str, int] | None = None) -> Any:
    """Return a configuration with numbers in place of layers' names, and without random seeds.

    Training seeds the random layers anew, and some draw a seed by themselves.
    """
    numbers = numbers or {}
    if isinstance(value, dict):
        if "input_layers" in value:  # a model inside a model: its tensors tell whence they come
            numbers = {layer["name"]: number for number, layer in enumerate(value["layers"])}
        skipped = set() if len(value) == 1 else PASSED_OVER  # a policy's name is all that it has
        skipped = skipped | ({"seed"} if "trainable" in value else set())
        return {k: _anonymous(v, numbers) for k, v in value.items() if k not in skipped}
    if isinstance(value, list):
        if value and isinstance(value[0], str) and value[0] in numbers:
            return [numbers[value[0]], *value[1:]]
        return [_anonymous(item, numbers) for item in value]
    return value
