"""The six pickled files of `cifar-10-batches-py`, read without trusting them."""

import io
import pickle
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy._core.multiarray import _reconstruct
from numpy.typing import NDArray

from lessons_src.data.dataset import DatasetError

TRAIN_FILES = tuple(f"data_batch_{number}" for number in range(1, 6))
TEST_FILES = ("test_batch",)

# What a pickled array needs; the published files name NumPy 1's module, numpy.core.
_ADMITTED = {
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): np.dtype,
    ("numpy.core.multiarray", "_reconstruct"): _reconstruct,
    ("numpy._core.multiarray", "_reconstruct"): _reconstruct,
}


class _ArrayUnpickler(pickle.Unpickler):
    """An unpickler that can rebuild arrays and call nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ADMITTED:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which no batch needs")
        return _ADMITTED[module, name]


def parse_batch(content: bytes, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Decode one batch file.

    Args:
        content: the bytes of the file.
        name: the file's name, for messages.

    Returns:
        Images, uint8 (N, 32, 32, 3), and labels, int64 (N,).

    Raises:
        DatasetError: the file is cut off, damaged or not a CIFAR-10 batch.

    Source:
        https://www.cs.toronto.edu/~kriz/cifar.html, "Dataset layout".
    """
    try:
        batch = _ArrayUnpickler(io.BytesIO(content), encoding="bytes").load()
        rows, labels = batch[b"data"], np.array(batch[b"labels"], dtype=np.int64)
        if rows.dtype != np.uint8 or rows.shape != (len(labels), 3072):
            raise ValueError(f"its data are {rows.dtype} {rows.shape} for {len(labels)} labels")
        if labels.ndim != 1 or not np.isin(labels, range(10)).all():
            raise ValueError("its labels are not numbers from 0 to 9")
    except Exception as error:  # a damaged pickle can raise anything
        raise DatasetError(
            f"{name}: not a whole CIFAR-10 batch ({error}); copy or download it again"
        ) from error
    return rows.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), labels


def join_batches(
    contents: Mapping[str, bytes], names: tuple[str, ...]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Decode and concatenate the batch files of one split.

    Raises:
        DatasetError: a file is missing or bad.
    """
    for name in names:
        if name not in contents:
            raise DatasetError(f"{name} is missing; copy or download the data again")
    images, labels = zip(*(parse_batch(contents[name], name) for name in names), strict=True)
    return np.concatenate(images), np.concatenate(labels)
