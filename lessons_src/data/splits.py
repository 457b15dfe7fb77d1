"""Labelled pictures divided into three splits, each class by itself."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from lessons_src.data.dataset import SPLITS, Dataset
from lessons_src.errors import DatasetError

import numpy as np
from numpy.typing import NDArray

Arrays = tuple[NDArray[np.uint8], NDArray[np.int64]]

HELD_OUT = 10  # of each class one picture in ten validates, and another one tests


def split_by_class(
    images: NDArray[np.uint8],
    labels: NDArray[np.int64],
    class_names: Sequence[str],
    name: str = "own pictures",
    seed: int = 0,
) -> Dataset:
    """Hold out a tenth of each class to validate and a tenth to test, and shuffle each split.

    Args:
        images: (N, height, width, channels), such as `load_label_list` returns.
        labels: (N,), indices into class_names.
        class_names: One name per label.
        name: What captions call the data set.
        seed: Decides which pictures are held out, and the order.

    Returns:
        A data set with at least one picture of each class in each split.

    Raises:
        DatasetError: If two classes have one name, or classes have fewer than three pictures; all
            such classes are named.
    """
    if twice := [kind for kind, count in Counter(class_names).items() if count > 1]:
        raise DatasetError(f"{', '.join(twice)}: a name of two classes; give each its own")
    counts = np.bincount(labels, minlength=len(class_names))
    too_few = [
        f"{kind}: {count} pictures; a class needs {len(SPLITS)} or more"
        for kind, count in zip(class_names, counts, strict=True)
        if count < len(SPLITS)
    ]
    if too_few:
        raise DatasetError("; ".join(too_few))
    splits = three_splits({"train": (images, labels)}, np.random.default_rng(seed))
    return as_dataset(splits, class_names, name, "a list of labels")


def as_dataset(
    splits: dict[str, Arrays], class_names: Sequence[str], name: str, source: str
) -> Dataset:
    """Return a data set of three splits.

    Args:
        splits: Images and labels of "train", "val" and "test".
        class_names: One name per label.
        name: What captions call the data set.
        source: Where the pictures come from, in a phrase.
    """
    arrays: dict[str, Any] = {}
    for split, (x, y) in splits.items():
        arrays |= {f"x_{split}": x, f"y_{split}": y}
    return Dataset(**arrays, class_names=tuple(class_names), name=name, source=source)


def three_splits(given: dict[str, Arrays], rng: np.random.Generator) -> dict[str, Arrays]:
    """Hold out what is not given of the training pictures, each class in every split; shuffle.

    Args:
        given: Images and labels of "train", and of those of the other splits that there are. Each
            class needs a training picture more than splits are missing.
        rng: Decides which pictures are held out, and the order.

    Returns:
        Images and labels of "train", "val" and "test".
    """
    absent = [split for split in SPLITS if split not in given]
    x, y = given["train"]
    parts: list[list[int]] = [[] for _ in ("train", *absent)]
    for label in np.unique(y):
        of_class = rng.permutation(np.flatnonzero(y == label))
        held_out = max(1, len(of_class) // HELD_OUT)
        ends = [-held_out * number for number in range(len(absent), 0, -1)]
        for part, chosen in zip(parts, np.split(of_class, ends), strict=True):
            part.extend(chosen)
    taken = {
        split: (x[part], y[part]) for split, part in zip(("train", *absent), parts, strict=True)
    }
    shuffled = {}
    for split, (x, y) in (given | taken).items():
        order = rng.permutation(len(y))
        shuffled[split] = x[order], y[order]
    return shuffled
