"""Weights in half precision: a network in half the bytes, small enough to lie in the repository.

A float16 keeps 11 binary digits. Weights of at least 0.00006 then change by at most one part in
2,000, smaller ones by at most 0.00000003: far less than the spread between training runs.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from lessons_src.errors import RecordError
from lessons_src.files import replacing

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import keras

LARGEST = float(np.finfo(np.float16).max)


def half_precision(model: "keras.Model") -> dict[str, NDArray[np.float16]]:
    """Return a model's weights as float16, by their variables' paths.

    Args:
        model: A built model.

    Raises:
        RecordError: If a weight is not finite or too large for float16; the message names it.
    """
    halves = {}
    for variable in model.weights:
        values = variable.numpy()
        if not np.abs(values).max(initial=0) <= LARGEST:
            raise RecordError(f"{variable.path} holds values that float16 does not: keep float32")
        halves[variable.path] = values.astype(np.float16)
    return halves


def save(model: "keras.Model", path: str | Path) -> None:
    """Write a model's weights as float16, each array under its variable's path.

    Args:
        model: A built model.
        path: A file that ends in .npz; an older one is replaced, whole or not at all.

    Raises:
        RecordError: If a weight is not finite or too large for float16; the message names it.
    """
    halves: dict[str, Any] = half_precision(model)  # or NumPy's types take them for its switch
    with replacing(Path(path)) as aside:
        np.savez_compressed(aside, **halves)


def load(model: "keras.Model", path: str | Path) -> None:
    """Load weights that `save` wrote into a model of the same architecture.

    Args:
        model: A built model; unchanged if the file cannot be used.
        path: The file.

    Raises:
        FileNotFoundError: If there is no such file.
        RecordError: If the file is damaged or another architecture's; the message names the file
            and the first layer that differs.
    """
    try:
        with Path(path).open("rb") as file, np.load(file) as saved:
            halves = {name: saved[name] for name in saved.files}
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged zip file raises whatever its bytes suggest
        raise RecordError(f"{path} is damaged ({error}); restore it") from error
    shapes = {variable.path: tuple(variable.shape) for variable in model.weights}
    for name in [*shapes, *halves]:
        found = halves[name].shape if name in halves else None
        if found != shapes.get(name):
            raise RecordError(
                f"{path} does not fit {model.name}: {name} has shape {found} in the file "
                f"and {shapes.get(name)} in the model"
            )
    for variable in model.weights:
        variable.assign(halves[variable.path].astype(np.float32))
