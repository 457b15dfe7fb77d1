"""The six pickled files of `cifar-10-batches-py`, read without trusting them."""

import io
import pickle
from collections.abc import Mapping
from typing import Any

from lessons_src.errors import DatasetError

import numpy as np
from numpy.typing import NDArray

TRAIN_FILES = tuple(f"data_batch_{number}" for number in range(1, 6))
TEST_FILES = ("test_batch",)


class _DType:
    """Stands in for numpy.dtype: keeps the name, ignores the state."""

    def __init__(self, name: Any = None, *_: Any) -> None:
        self.name = name

    def __setstate__(self, state: Any) -> None:
        pass


class _Array:
    """Stands in for numpy.ndarray: keeps its state, to be looked at before it becomes an array."""

    def __init__(self, *_: Any) -> None:
        self.state: Any = None

    def __setstate__(self, state: Any) -> None:
        self.state = state

    def to_rows(self) -> NDArray[np.uint8]:
        _, shape, dtype, fortran_order, content = self.state
        if dtype.name not in (b"u1", "u1") or fortran_order or shape[1:] != (3072,):
            raise ValueError(f"its data are of type {dtype.name} and shape {shape}")
        return np.frombuffer(content, dtype=np.uint8).reshape(shape)


# All that a batch names; numpy.core is NumPy 1's, which wrote the published files.
_STAND_INS = {
    ("numpy", "ndarray"): _Array,
    ("numpy", "dtype"): _DType,
    ("numpy.core.multiarray", "_reconstruct"): _Array,
    ("numpy._core.multiarray", "_reconstruct"): _Array,
}


class _BatchUnpickler(pickle.Unpickler):
    """An unpickler that calls none of the code that a file names, not even NumPy's."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _STAND_INS:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which no batch needs")
        return _STAND_INS[module, name]


def parse_batch(content: bytes, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Decode one batch file.

    Args:
        content: The bytes of the file.
        name: The file's name, for messages.

    Returns:
        Images, uint8 (N, 32, 32, 3), and labels, int64 (N,).

    Raises:
        DatasetError: If the file is cut off, damaged or not a CIFAR-10 batch.

    Source:
        https://www.cs.toronto.edu/~kriz/cifar.html, "Dataset layout".
    """
    try:
        batch = _BatchUnpickler(io.BytesIO(content), encoding="bytes").load()
        rows, labels = batch[b"data"].to_rows(), np.array(batch[b"labels"], dtype=np.int64)
        if labels.shape != rows.shape[:1]:
            raise ValueError(f"it has {len(rows)} images and labels of shape {labels.shape}")
        if not np.isin(labels, range(10)).all():
            raise ValueError("its labels are not numbers from 0 to 9")
    except Exception as error:  # a damaged pickle can raise anything
        raise DatasetError(
            f"{name}: not a whole CIFAR-10 batch ({error}); copy or download it again"
        ) from error
    return np.ascontiguousarray(rows.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)), labels


def join_batches(
    contents: Mapping[str, bytes], names: tuple[str, ...]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Decode and concatenate the batch files of one split.

    Raises:
        DatasetError: If a file is missing or bad.
    """
    for name in names:
        if name not in contents:
            raise DatasetError(f"{name} is missing; copy or download the data again")
    images, labels = zip(*(parse_batch(contents[name], name) for name in names), strict=True)
    return np.concatenate(images), np.concatenate(labels)
