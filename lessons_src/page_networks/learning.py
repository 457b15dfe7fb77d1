"""What a page needs to train networks: untrained ones, and files for trained weights."""

import gzip
import json
import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lessons_src.errors import UsageError
from lessons_src.models import build_model
from lessons_src.page_networks.graph import page_graph

import h5py
import keras
import numpy as np
from keras import initializers

LEARNERS = ("lenet5", "baseline", "thin_resnet8")


def initial_values(model: keras.Model) -> dict[str, dict[str, float]]:
    """Say from which distribution Keras draws each weight.

    Args:
        model: A functional model.

    Returns:
        By layer/weight, such as "conv1/kernel": {"limit": a} for a uniform distribution from −a to
        a, {"value": c} for a constant.

    Raises:
        UsageError: For another initializer; the message names it.
    """
    return {
        f"{layer.name}/{weight.name}": _initial(
            f"{layer.name}/{weight.name}",
            getattr(layer, f"{weight.name}_initializer", None),
            weight.shape,
        )
        for layer in model.layers
        for weight in layer.weights
    }


def _initial(name: str, initializer: object, shape: tuple[int, ...]) -> dict[str, float]:
    if isinstance(initializer, initializers.GlorotUniform):
        *window, inputs, outputs = shape
        return {"limit": math.sqrt(6 / (math.prod(window) * (inputs + outputs)))}
    if isinstance(initializer, initializers.Zeros | initializers.Ones):
        return {"value": float(isinstance(initializer, initializers.Ones))}
    raise UsageError(
        f"{name} begins with {type(initializer).__name__}; a page draws GlorotUniform, Zeros and "
        "Ones: add it to page_networks/learning.py and random.js"
    )


def weights_file(model: keras.Model) -> tuple[bytes, dict[str, int]]:
    """Have Keras save a model's weights, as a file that a page fills with others.

    Args:
        model: A functional model; its weights are lost.

    Returns:
        What `model.save_weights` wrote, with zeros for all weights, and by layer/weight the place
        of its first byte: little-endian float32 from there on.

    Raises:
        UsageError: If Keras stores a weight in another way; the message names it.
    """
    named = [(f"{layer.name}/{w.name}", w) for layer in model.layers for w in layer.weights]
    for number, (_, weight) in enumerate(named):
        weight.assign(np.full(weight.shape, number, dtype=np.float32))
    places: dict[str, int] = {}

    def note(_: str, item: object) -> None:
        if isinstance(item, h5py.Dataset):
            name, weight = named[int(item[()].flat[0])]
            offset = item.id.get_offset()
            if offset is None or item.dtype != np.dtype("<f4") or item.shape != weight.shape:
                raise UsageError(f"{name} is not stored as plain float32 in Keras' file")
            places[name] = offset

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "trained.weights.h5")
        model.save_weights(path)
        with h5py.File(path) as file:
            file.visititems(note)
        content = bytearray(path.read_bytes())
    for name, weight in named:
        if name not in places:
            raise UsageError(f"{name} is not in the file that Keras saved")
        size = 4 * math.prod(weight.shape)
        content[places[name] : places[name] + size] = bytes(size)
    return bytes(content), places


def export_learning(folder: Path, classes: Sequence[str]) -> None:
    """Write of each network NAME.json and NAME.h5.gz.

    Args:
        folder: Where; made if it does not exist.
        classes: Names of the classes of the pictures that a page trains on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in LEARNERS:
        model = build_model(name)
        described = {"graph": page_graph(model, classes), "initial": initial_values(model)}
        content, described["places"] = weights_file(model)
        (folder / f"{name}.json").write_text(json.dumps(described), encoding="utf-8")
        (folder / f"{name}.h5.gz").write_bytes(gzip.compress(content, mtime=0))
