"""Data on which the tests of `lessons_src.experiments` build networks."""

from lessons_src.data import Dataset

import numpy as np


def noise_images() -> Dataset:
    """Return ten random images per split, one of each class."""
    random = np.random.default_rng(0)
    images = random.integers(0, 256, (10, 32, 32, 3), dtype="uint8")
    splits = {
        f"{axis}_{split}": part
        for split in ("train", "val", "test")
        for axis, part in (("x", images), ("y", np.arange(10)))
    }
    return Dataset(**splits, class_names=tuple("0123456789"), name="noise", source="drawn")
