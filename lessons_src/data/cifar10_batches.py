"""The six files of CIFAR-10 as published: pickled (`cifar-10-batches-py`) or binary (`-bin`)."""

import hashlib
import pickle
import warnings
from collections.abc import Mapping, Sequence

from lessons_src.errors import DatasetError

import numpy as np
from numpy.typing import NDArray

TRAIN_FILES = tuple(f"data_batch_{number}" for number in range(1, 6))
TEST_FILES = ("test_batch",)

# Source: torchvision.datasets.CIFAR10, which checks the same files.
MD5 = {
    "data_batch_1": "c99cafc152244af753f735de768cd75f",
    "data_batch_2": "d4bba439e000b95fd0a9bffe97cbabec",
    "data_batch_3": "54ebc095f3ab1f0389bbae665268c751",
    "data_batch_4": "634d18415352ddfa80567beed471001a",
    "data_batch_5": "482c414d41f54cd18b22e5b47cb7c3cb",
    "test_batch": "40351d587109b95175f43aff81a1287e",
}

BINARY = ".bin"  # what the names of the binary files end in
ROW = 1 + 3 * 32 * 32  # bytes of a binary file per image: its label, then red, green, blue


def read_batch(content: bytes, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Decode one batch file.

    Args:
        content: The bytes of the file.
        name: The file's name: a key of `MD5`, or one with ".bin" after it for the binary form.

    Returns:
        Images, uint8 (N, 32, 32, 3), and labels, int64 (N,).

    Raises:
        DatasetError: If a pickled file is not the published one, or a binary one is damaged.

    Source:
        https://www.cs.toronto.edu/~kriz/cifar.html, "Dataset layout".
    """
    if name.endswith(BINARY):
        return _read_binary(content, name)
    # A pickle can run any code. No other file of a published MD5 is known or can be made today.
    if hashlib.md5(content, usedforsecurity=False).hexdigest() != MD5[name]:
        raise DatasetError(
            f"{name}: not the published file (its MD5 differs); copy or download it again"
        )
    with warnings.catch_warnings():
        # NumPy 1 wrote the files, and NumPy 2.4 deprecates how it noted the type.
        warnings.simplefilter("ignore", DeprecationWarning)
        batch = pickle.loads(content, encoding="bytes")
    return _as_images(batch[b"data"]), np.array(batch[b"labels"], dtype=np.int64)


def _read_binary(content: bytes, name: str) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Decode a binary file, which runs no code: its length and its labels tell damage."""
    if len(content) % ROW:
        raise DatasetError(
            f"{name}: {len(content):,} bytes are no whole number of images of {ROW:,}; "
            "copy or download it again"
        )
    rows = np.frombuffer(content, np.uint8).reshape(-1, ROW)
    if (strange := rows[rows[:, 0] > 9, 0]).size:
        raise DatasetError(f"{name}: the label {strange[0]} is none of 0 to 9; download it again")
    return _as_images(rows[:, 1:]), rows[:, 0].astype(np.int64)


def _as_images(rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return rows of channels as images, (N, 32, 32, 3)."""
    return np.ascontiguousarray(rows.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))


def join_batches(
    contents: Mapping[str, bytes], names: Sequence[str]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Decode and concatenate the batch files of one split.

    Args:
        contents: The bytes of each file, by its name.
        names: The files of the split, in order.

    Returns:
        Images, uint8 (N, 32, 32, 3), and labels, int64 (N,).

    Raises:
        DatasetError: If a file is missing or not the published one.
    """
    for name in names:
        if name not in contents:
            raise DatasetError(f"{name} is missing; copy or download the data again")
    images, labels = zip(*(read_batch(contents[name], name) for name in names), strict=True)
    return np.concatenate(images), np.concatenate(labels)
