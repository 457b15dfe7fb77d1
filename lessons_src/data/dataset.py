"""The one form in which every data set of the book arrives."""

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

TITLES = {"cifar10": "CIFAR-10", "shapes10": "Shapes-10"}
SPLITS = ("train", "val", "test")


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Labelled images in three splits: train to fit, val to choose, test to report.

    Args:
        x_train, x_val, x_test: Images, uint8, (N, height, width, channels), in shuffled order.
        y_train, y_val, y_test: Labels, int64, (N,), indices into class_names.
        class_names: One name per label.
        name: Key for `load_dataset`, such as "cifar10".
        source: Where the data come from, in a phrase.
        copy: What sets the pixels apart from the published ones, such as "JPEG copy", or "".

    Raises:
        ValueError: If an array has the wrong type or shape, or a label has no class name.
    """

    x_train: NDArray[np.uint8]
    y_train: NDArray[np.int64]
    x_val: NDArray[np.uint8]
    y_val: NDArray[np.int64]
    x_test: NDArray[np.uint8]
    y_test: NDArray[np.int64]
    class_names: tuple[str, ...]
    name: str
    source: str
    copy: str = ""

    def __post_init__(self) -> None:
        for split in SPLITS:
            self._check(split)

    def _check(self, split: str) -> None:
        x, y = getattr(self, f"x_{split}"), getattr(self, f"y_{split}")
        if x.dtype != np.uint8 or x.ndim != 4 or x.shape[1:] != self.x_train.shape[1:]:
            raise ValueError(
                f"x_{split} is {x.dtype} {x.shape}; expected uint8 "
                f"(N, height, width, channels), the same for every split"
            )
        if y.dtype != np.int64 or y.shape != x.shape[:1]:
            raise ValueError(f"y_{split} is {y.dtype} {y.shape}; expected int64 {x.shape[:1]}")
        if len(y) == 0:
            raise ValueError(f"the {split} split is empty; it needs at least one image")
        if y.min() < 0 or y.max() >= len(self.class_names):
            raise ValueError(
                f"y_{split} holds labels {y.min()} to {y.max()}; "
                f"expected 0 to {len(self.class_names) - 1}, one for each class name"
            )

    def __repr__(self) -> str:
        """Say in one line which data these are and how many."""
        return (
            f"{self.title} ({self.source}): {len(self.y_train):,} training, "
            f"{len(self.y_val):,} validation, {len(self.y_test):,} test images"
        )

    @property
    def title(self) -> str:
        """The name for captions and tables; pixels that differ are called a copy."""
        title = TITLES.get(self.name, self.name)
        return f"{title} ({self.copy})" if self.copy else title

    @cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits that differ when any image, label or class name does."""
        digest = hashlib.sha256("\n".join(self.class_names).encode())
        for split in SPLITS:
            for array in (getattr(self, f"x_{split}"), getattr(self, f"y_{split}")):
                digest.update(repr(array.shape).encode())
                digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()[:16]

    def with_val_in_train(self) -> "Dataset":
        """Return the data set with the validation images among the training images, too."""
        x = np.concatenate([self.x_train, self.x_val])
        y = np.concatenate([self.y_train, self.y_val])
        return replace(self, x_train=x, y_train=y)

    def subset(self, train: int, val: int, test: int) -> "Dataset":
        """Keep at most the first images of each split, as views that copy nothing.

        Args:
            train, val, test: Number of images to keep; a split with fewer stays whole.

        Returns:
            A data set of the same name, source and copy; as splits are shuffled, a fair sample.

        Raises:
            ValueError: If a number is below one.
        """
        arrays = {}
        for split, count in zip(SPLITS, (train, val, test), strict=True):
            if count < 1:
                raise ValueError(f"{split}={count}: a split needs at least one image")
            for axis in ("x", "y"):
                arrays[f"{axis}_{split}"] = getattr(self, f"{axis}_{split}")[:count]
        return replace(self, **arrays)
