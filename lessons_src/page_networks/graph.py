"""A functional model as data: the layers, and where each of their weights lies in one file.

`book/_static/networks/layers.js` computes what the layers of `SETTINGS` compute; a kind that is
added here needs a function there.
"""

from collections.abc import Callable, Sequence
from typing import Any

from lessons_src.analysis.layer_calls import LayerCall, layer_calls
from lessons_src.analysis.layer_table import Fields, receptive_fields
from lessons_src.errors import UsageError
from lessons_src.layers.normalization import BatchNormalization, FrozenBatchNormalization
from lessons_src.layers.whitening import PatchWhitening
from lessons_src.models.thin import SubsampleAndPad
from lessons_src.records.half_weights import half_precision

import keras
import numpy as np
from keras import layers

ACTIVATIONS = ("linear", "relu", "sigmoid", "tanh", "softmax")


class _Unknown(Exception):
    """A setting that the page's layer does not have, in words."""


def _activation(layer: Any) -> dict:
    name = keras.activations.serialize(layer.activation)
    if name not in ACTIVATIONS:
        raise _Unknown(f"activation {name}")
    return {"activation": name}


def _convolution(layer: Any) -> dict:
    if layer.groups != 1:
        raise _Unknown(f"groups={layer.groups}")
    return {
        "kernel": list(layer.kernel_size),
        "strides": list(layer.strides),
        "padding": layer.padding,
        "dilation": list(layer.dilation_rate),
        **_activation(layer),
    }


def _pooling(layer: Any) -> dict:
    return {
        "kernel": list(layer.pool_size),
        "strides": list(layer.strides),
        "padding": layer.padding,
    }


def _global_pooling(layer: Any) -> dict:
    if layer.keepdims:
        raise _Unknown("keepdims=True")
    return {}


def _along_channels(layer: Any) -> dict:
    axis = layer.axis[0] if isinstance(layer.axis, Sequence) else layer.axis
    if axis not in (-1, len(layer.output.shape) - 1):
        raise _Unknown(f"axis={layer.axis}")
    return {}


def _normalization(layer: Any) -> dict:
    return {"epsilon": layer.epsilon, "momentum": layer.momentum, **_along_channels(layer)}


def _rescaling(layer: Any) -> dict:
    return {
        "scale": np.asarray(layer.scale).tolist(),
        "offset": np.asarray(layer.offset).tolist(),
    }


def _subsampling(layer: Any) -> dict:
    return {"strides": layer.strides, "channels": layer.channels}


def _nothing(_: Any) -> dict:
    return {}


# What the page must know of each kind of layer beside its weights. A subclass may compute something
# else, so only the kinds themselves are known.
SETTINGS: dict[type, Callable[[Any], dict]] = {
    layers.InputLayer: _nothing,
    layers.Conv2D: _convolution,
    PatchWhitening: _convolution,
    layers.BatchNormalization: _normalization,
    BatchNormalization: _normalization,
    FrozenBatchNormalization: _normalization,
    layers.Activation: _activation,
    layers.MaxPooling2D: _pooling,
    layers.AveragePooling2D: _pooling,
    layers.GlobalMaxPooling2D: _global_pooling,
    layers.GlobalAveragePooling2D: _global_pooling,
    layers.Flatten: _nothing,
    layers.Dense: _activation,
    layers.Dropout: lambda layer: {"rate": layer.rate},
    layers.Rescaling: _rescaling,
    layers.Softmax: _along_channels,
    layers.Add: _nothing,
    layers.Concatenate: _along_channels,
    SubsampleAndPad: _subsampling,
}


def page_graph(model: keras.Model, classes: Sequence[str]) -> dict:
    """Describe a network so that a page can run it.

    Args:
        model: A functional model from (N, height, width, channels), pixels in 0–1, to
            probabilities, (N, classes).
        classes: Names of the classes, in the order of the model's output.

    Returns:
        What JSON can hold: "name"; "input", the shape of one image; "classes"; "output", the name
        of the last layer; "layers" in the order of computation. Each layer has "name"; "kind", its
        class; "inputs", names of the layers that it reads; "shape" of one image's output; the
        settings of its kind; "weights", each with "name", "shape", "trainable" and "offset", its
        first value's place in `packed_weights`; and "field", the receptive field of its units:
        "size", "jump" (between neighbouring units) and "offset" (first pixel of unit 0's field,
        negative in the padding), all in pixels, or null where a unit sees the whole image.

    Raises:
        UsageError: For a layer or setting that no page's layer computes, a field that is not
            square, several inputs, or another number of classes; the message names it.
    """
    if len(model.inputs) != 1:
        raise UsageError(f"{model.name} has {len(model.inputs)} inputs; a page gives one picture")
    if model.output_shape[1:] != (len(classes),):
        raise UsageError(
            f"{model.name} returns {model.output_shape[1:]}, not one probability for each of "
            f"{len(classes)} classes"
        )
    calls = layer_calls(model)
    fields, offsets = receptive_fields(calls), _offsets(model)
    return {
        "name": model.name,
        "input": list(model.input_shape[1:]),
        "classes": list(classes),
        "output": next(call.name for call in calls if call.output is model.outputs[0]),
        "layers": [_described(call, fields[call.name], offsets) for call in calls],
    }


def packed_weights(model: keras.Model) -> bytes:
    """Return all weights, in the order of `model.weights`, as little-endian float16.

    Args:
        model: A built model.

    Raises:
        RecordError: If a weight is not finite or too large for float16; the message names it.
    """
    arrays = half_precision(model).values()
    return b"".join(array.astype("<f2").tobytes() for array in arrays)


def _offsets(model: keras.Model) -> dict[str, int]:
    """Return by a weight's path how many values lie before it."""
    offsets, before = {}, 0
    for variable in model.weights:
        offsets[variable.path] = before
        before += int(np.prod(variable.shape))
    return offsets


def _described(call: LayerCall, fields: Fields | None, offsets: dict[str, int]) -> dict:
    """Return what `page_graph` says of one layer."""
    layer, kind = call.layer, type(call.layer).__name__
    try:
        if type(layer) not in SETTINGS:
            raise _Unknown(f"kind {kind}")
        settings = SETTINGS[type(layer)](layer)
    except _Unknown as unknown:
        raise UsageError(
            f"layer {call.name!r}, a {kind}, cannot run in a page: {unknown} is not in "
            "page_networks/graph.py and layers.js; add it to both"
        ) from None
    return {
        "name": call.name,
        "kind": kind,
        "inputs": list(call.inputs),
        "shape": list(call.output.shape[1:]),
        **settings,
        "weights": [
            {
                "name": variable.name,
                "shape": list(variable.shape),
                "trainable": bool(variable.trainable),
                "offset": offsets[variable.path],
            }
            for variable in layer.weights
        ],
        "field": _field(call.name, fields),
    }


def _field(name: str, fields: Fields | None) -> dict | None:
    """Return one description of the fields along both axes."""
    if fields is None:
        return None
    rows, columns = fields
    if rows != columns:
        raise UsageError(f"layer {name!r} has a field that is not square: {rows} and {columns}")
    return {"size": rows.size, "jump": rows.jump, "offset": rows.offset}
