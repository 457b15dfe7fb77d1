"""Images whose label is the name of the folder they lie in."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from lessons_src.data.file_tree import NamedBytes
from lessons_src.errors import DatasetError
from lessons_src.pictures import opened_image

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    pass

IMAGE_SUFFIXES = (".jpg", ".jpeg", ".png")


class LabelledImages(NamedTuple):
    """Images, uint8 (N, height, width, 3), labels, int64 (N,), and their file formats."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    formats: frozenset[str]


def decode_image(content: bytes, name: str, size: tuple[int, int]) -> tuple[NDArray[np.uint8], str]:
    """Decode one RGB image.

    Args:
        content: The bytes of the file.
        name: The file's name, for messages.
        size: (height, width) in pixels that the image must have.

    Returns:
        Pixels, uint8 (height, width, 3), and the file's format, such as "JPEG".

    Raises:
        DatasetError: If the image can't be decoded or has another size or mode.
    """
    with opened_image(content, name) as image:
        height, width = size
        if image.size != (width, height) or image.mode != "RGB":
            raise DatasetError(
                f"{name}: {image.width}×{image.height} pixels, mode {image.mode}; "
                f"convert it to {width}×{height} RGB"
            )
        return np.asarray(image), str(image.format)


def read_class_folders(
    files: Iterable[NamedBytes], class_names: tuple[str, ...], size: tuple[int, int]
) -> dict[str, LabelledImages]:
    """Sort the images among files into arrays, by the folder above the class folders.

    Args:
        files: (path, content); images lie at [folder/]class/file, other files are passed over.
        class_names: The class folders that may occur, in label order.
        size: (height, width) in pixels that every image must have.

    Returns:
        Folder, such as "train" ("" at the top), to its images in the order of their paths.

    Raises:
        DatasetError: If an image is bad or lies in a folder that is no class.
    """
    found: dict[str, list[tuple[str, int, NDArray[np.uint8], str]]] = {}
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
        pixels, file_format = decode_image(content, name, size)
        folder = "" if path.parent.parent == PurePosixPath() else str(path.parent.parent)
        found.setdefault(folder, []).append((name, label, pixels, file_format))
    return {folder: _as_arrays(entries) for folder, entries in found.items()}


def _as_arrays(entries: list[tuple[str, int, NDArray[np.uint8], str]]) -> LabelledImages:
    # By name, so that a folder and a tar of it in any order give the same arrays.
    entries.sort(key=lambda entry: entry[0])
    return LabelledImages(
        np.stack([pixels for _, _, pixels, _ in entries]),
        np.array([label for _, label, _, _ in entries], dtype=np.int64),
        frozenset(file_format for _, _, _, file_format in entries),
    )
