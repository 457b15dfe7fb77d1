"""CIFAR-10 as image files: split/class/number.png, also within a folder."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from lessons_src.data.file_tree import NamedBytes
from lessons_src.errors import DatasetError
from lessons_src.pictures import Picture, decode, exactly

import numpy as np
from numpy.typing import NDArray

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png")


class LabelledImages(NamedTuple):
    """Images, uint8 (N, height, width, 3), labels, int64 (N,), and their file formats."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    formats: frozenset[str]


def read_image_tree(
    files: Iterable[NamedBytes], class_names: tuple[str, ...], size: tuple[int, int]
) -> dict[str, LabelledImages]:
    """Sort the images among files into arrays, by the folder above the class folders.

    Args:
        files: (path, content); images lie at [folder/]class/file, other files are passed over.
        class_names: The class folders that may occur, in label order.
        size: (height, width) in pixels that every image must have, as RGB.

    Returns:
        Folder, such as "train" ("" at the top), to its images in the order of their paths.

    Raises:
        DatasetError: If an image is bad or lies in a folder that is no class.
    """
    found: dict[str, list[tuple[int, Picture]]] = {}
    for name, content in files:
        path = PurePosixPath(name)
        if path.suffix.lower() not in IMAGE_SUFFIXES:
            continue
        if path.parent.name not in class_names:
            raise DatasetError(
                f"{name}: {path.parent.name!r} is not a class; "
                f"keep images in folders named {', '.join(class_names)}"
            )
        label = class_names.index(path.parent.name)
        folder = "" if path.parent.parent == PurePosixPath() else str(path.parent.parent)
        found.setdefault(folder, []).append((label, exactly(decode(content, name), size)))
    return {folder: _as_arrays(entries) for folder, entries in found.items()}


def _as_arrays(entries: list[tuple[int, Picture]]) -> LabelledImages:
    # By name, so that a folder and an archive of it in any order give the same arrays.
    entries.sort(key=lambda entry: entry[1].name)
    return LabelledImages(
        np.stack([picture.pixels for _, picture in entries]),
        np.array([label for label, _ in entries], dtype=np.int64),
        frozenset(picture.format for _, picture in entries),
    )
