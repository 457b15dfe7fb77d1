"""lessons_src.data.splits: each class in every split, no picture in two."""

from lessons_src.data.splits import split_by_class
from lessons_src.errors import DatasetError

import numpy as np
import pytest

COUNTS = {"cat": 12, "dog": 3, "owl": 40}
LABELS = np.repeat(np.arange(3), list(COUNTS.values()))  # class after class, as files are listed
IMAGES = np.random.default_rng(0).integers(256, size=(len(LABELS), 4, 4, 3), dtype=np.uint8)


def split(labels=LABELS, names=tuple(COUNTS), **options):
    return split_by_class(IMAGES[: len(labels)], labels, names, **options)


def test_every_picture_is_in_one_split_with_its_label():
    data = split(name="pets")
    assert data.class_names == tuple(COUNTS) and data.title == "pets"
    found = [
        (image.tobytes(), label)
        for part in ("train", "val", "test")
        for image, label in zip(getattr(data, f"x_{part}"), getattr(data, f"y_{part}"), strict=True)
    ]
    assert len(found) == len(LABELS)
    assert dict(found) == {i.tobytes(): k for i, k in zip(IMAGES, LABELS, strict=True)}


def test_each_class_holds_out_a_tenth_and_at_least_one():
    data = split()
    assert np.bincount(data.y_train).tolist() == [10, 1, 32]
    assert np.bincount(data.y_val).tolist() == np.bincount(data.y_test).tolist() == [1, 1, 4]


def test_a_split_is_not_in_the_order_of_the_classes():
    labels = split().y_train
    assert np.count_nonzero(np.diff(labels)) > 5


def test_the_seed_alone_decides_the_split():
    one, same, other = (split(seed=seed) for seed in (0, 0, 1))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_all_classes_with_too_few_pictures_are_named():
    with pytest.raises(DatasetError) as caught:
        split(np.array([0] * 5 + [1, 1]))
    assert str(caught.value) == (
        "dog: 2 pictures; a class needs 3 or more; owl: 0 pictures; a class needs 3 or more"
    )


def test_two_classes_of_one_name_are_refused():
    with pytest.raises(DatasetError, match="cat: a name of two classes"):
        split(names=("cat", "dog", "cat"))
