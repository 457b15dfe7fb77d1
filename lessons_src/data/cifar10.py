"""CIFAR-10 from wherever a complete copy is: a folder, an archive, Keras' cache or the network.

Source: A. Krizhevsky, "Learning Multiple Layers of Features from Tiny Images" (2009), chapter 3.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lessons_src.data.cache import Arrays, cached
from lessons_src.data.cifar10_batches import BINARY, TEST_FILES, TRAIN_FILES, join_batches
from lessons_src.data.cifar10_images import read_image_tree
from lessons_src.data.dataset import Dataset
from lessons_src.data.download import download
from lessons_src.data.file_tree import (
    NamedBytes,
    list_tree,
    read_archive,
    read_folder,
)
from lessons_src.errors import DatasetError, DownloadError
from lessons_src.messages import note, with_progress
from lessons_src.records.kept_weights import CLASS_NAMES

import numpy as np
from numpy.typing import NDArray

BATCHES = [name + form for form in ("", BINARY) for name in TRAIN_FILES + TEST_FILES]
IMAGES_PER_CLASS = {"train": 5000, "test": 1000}
VALIDATION_PER_CLASS = 500
SPLIT_SEED = 0

# As keras.datasets.cifar10.load_data() has them, so that either finds what the other fetched.
URL = "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
SHA256 = "6d958be074577803d12ecdefd02955f39262c83c16fe9348329d7fe0b5c001ce"
KERAS_ARCHIVE = "cifar-10-batches-py-target_archive"
# Where a copy may lie in Keras' cache: what Keras 3 and 2 leave there, and what people put there.
KERAS_COPIES = (
    "cifar-10-batches-py-target",
    "cifar-10-batches-py",
    KERAS_ARCHIVE,
    "cifar-10-batches-py.tar.gz",
    "cifar-10-python.tar.gz",
)

HOW_TO_GET = (
    "Connect to the internet, or set CIFAR10_DIR to a folder cifar-10-batches-py or -bin, "
    "to a tree of train/<class>/ and test/<class>/ images, or to a tar or zip of any of them"
)


def load() -> Dataset:
    """Load CIFAR-10 from CIFAR10_DIR, else from Keras' cache, else by download.

    Returns:
        45,000 training, 5,000 validation (500 per class) and 10,000 test images, shuffled.

    Raises:
        DownloadError: If no copy is here and none can be fetched.
        DatasetError: If CIFAR10_DIR is set and does not hold a complete copy.
    """
    configured = os.environ.get("CIFAR10_DIR")
    if configured == "":
        raise DatasetError(f"CIFAR10_DIR is set but empty. Unset it. {HOW_TO_GET}.")
    if configured is not None:
        try:
            return read(Path(configured).expanduser())
        except DatasetError as error:
            raise DatasetError(f"CIFAR10_DIR={error}") from error
    datasets = keras_folder() / "datasets"
    for path in (datasets / name for name in KERAS_COPIES):
        if path.exists():
            try:
                return read(path)
            except DatasetError as error:
                note(f"The copy of CIFAR-10 in Keras' cache can't be used: {error}")
    archive = datasets / KERAS_ARCHIVE
    try:
        download(URL, SHA256, archive)
    except DownloadError as error:
        raise DownloadError(
            "CIFAR-10 is not here. Tried: CIFAR10_DIR (not set), Keras' cache "
            f"({datasets}: no usable copy), {error}. {HOW_TO_GET}."
        ) from error
    return read(archive)


def keras_folder() -> Path:
    """Give the folder that keras.utils.get_file uses, without importing Keras."""
    home = Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras").expanduser()
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if os.access(existing, os.W_OK):
        return home
    return Path("/tmp" if Path("/tmp").is_dir() else tempfile.gettempdir()) / ".keras"


def read(path: Path) -> Dataset:
    """Read one complete copy.

    Args:
        path: Folder of python or binary batches or its parent, tree of class folders, or a tar or
            zip of either.

    Raises:
        DatasetError: If the copy is missing, incomplete or damaged.
    """
    path = path.absolute()
    try:
        if not path.exists():
            raise DatasetError(f"no such file or folder. {HOW_TO_GET}")
        if path.is_file():
            arrays = cached("cifar10", [path], lambda: _from_files(read_archive(path)))
        elif batches := _batches_folder(path):
            arrays = _from_files(read_folder(batches))
        elif (path / "train").is_dir() and (path / "test").is_dir():
            files = [f"{path}/{name}" for name in list_tree(path).files]
            arrays = cached("cifar10", files, lambda: _from_files(read_folder(path)))
        else:
            raise DatasetError(f"holds neither {TRAIN_FILES[0]} nor train/ and test/. {HOW_TO_GET}")
    except DatasetError as error:
        raise DatasetError(f"{path}: {error}") from error
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror or error}; make it readable") from error
    return _to_dataset(arrays)


def _batches_folder(path: Path) -> Path | None:
    for folder in (path, path / "cifar-10-batches-py", path / "cifar-10-batches-bin"):
        if any((folder / name).exists() for name in BATCHES):
            return folder
    return None


def _from_files(files: Iterator[NamedBytes]) -> Arrays:
    """Decode batches or class folders, whichever the files are, and split them."""
    batches: dict[str, bytes] = {}

    def images() -> Iterator[NamedBytes]:
        for name, content in with_progress(files, "Reading CIFAR-10"):
            if PurePosixPath(name).name in BATCHES:
                batches[PurePosixPath(name).name] = content
            else:
                yield name, content

    folders = read_image_tree(images(), CLASS_NAMES, (32, 32))
    if batches:
        form = BINARY if any(name.endswith(BINARY) for name in batches) else ""
        train, test = (
            join_batches(batches, [name + form for name in names])
            for names in (TRAIN_FILES, TEST_FILES)
        )
        source, copy = "binary batches" if form else "python batches", ""
    else:
        by_name = {PurePosixPath(folder).name: images for folder, images in folders.items()}
        if len(folders) != 2 or set(by_name) != {"train", "test"}:
            where = ", ".join(sorted(folders)) or "nowhere"
            raise DatasetError(f"images lie in: {where}; expected train/ and test/. {HOW_TO_GET}")
        train, test = by_name["train"][:2], by_name["test"][:2]
        formats = sorted(by_name["train"].formats | by_name["test"].formats)
        source = f"image folder ({', '.join(formats)})"
        lossy = " and ".join(name for name in formats if name != "PNG")
        copy = f"{lossy} copy" if lossy else ""
    return _split(*train, *test) | {"source": np.array(source), "copy": np.array(copy)}


def _split(
    x: NDArray[np.uint8], y: NDArray[np.int64], x_test: NDArray[np.uint8], y_test: NDArray[np.int64]
) -> Arrays:
    """Shuffle, and take the same number of each class from the training images to validate."""
    _check_counts("train", y)
    _check_counts("test", y_test)
    # RandomState's streams are frozen: every NumPy version gives the same splits.
    random = np.random.RandomState(SPLIT_SEED)
    order, test_order = random.permutation(len(y)), random.permutation(len(y_test))
    validation = np.zeros(len(y), dtype=bool)
    for label in range(len(CLASS_NAMES)):
        validation[np.flatnonzero(y[order] == label)[:VALIDATION_PER_CLASS]] = True
    # Again, as the first images of the order have all gone to one side.
    train, val = random.permutation(order[~validation]), random.permutation(order[validation])
    return {
        "x_train": x[train],
        "y_train": y[train],
        "x_val": x[val],
        "y_val": y[val],
        "x_test": x_test[test_order],
        "y_test": y_test[test_order],
    }


def _check_counts(split: str, labels: NDArray[np.int64]) -> None:
    expected = IMAGES_PER_CLASS[split]
    counts = np.bincount(labels, minlength=len(CLASS_NAMES))
    wrong = [
        f"{name} {count:,}"
        for name, count in zip(CLASS_NAMES, counts, strict=True)
        if count != expected
    ]
    if wrong:
        raise DatasetError(
            f"{split} must hold {expected:,} images of each class, but has {', '.join(wrong)}; "
            "copy or download the data again"
        )


def _to_dataset(arrays: Arrays) -> Dataset:
    words = {name: str(arrays[name]) for name in ("source", "copy")}
    return Dataset(**(arrays | words), class_names=CLASS_NAMES, name="cifar10")
