import subprocess
import sys
from dataclasses import FrozenInstanceError

from lessons_src.data import Dataset

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st


def make(**changes) -> Dataset:
    fields = {"class_names": ("a", "b"), "name": "cifar10", "source": "python batches"}
    for split in ("train", "val", "test"):
        fields[f"x_{split}"] = np.arange(4 * 48, dtype=np.uint8).reshape(4, 4, 4, 3)
        fields[f"y_{split}"] = np.array([0, 1, 0, 1])
    return Dataset(**(fields | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"x_train": np.zeros((4, 4, 4, 3))}, "x_train is float64"),
        ({"x_val": np.zeros((4, 48), np.uint8)}, r"x_val is uint8 \(4, 48\)"),
        ({"x_test": np.zeros((4, 8, 8, 3), np.uint8)}, "the same for every split"),
        ({"y_train": np.zeros(4, np.uint8)}, "y_train is uint8"),
        ({"y_val": np.zeros((4, 1), np.int64)}, r"y_val is int64 \(4, 1\)"),
        ({"y_test": np.zeros(3, np.int64)}, r"y_test is int64 \(3,\); expected int64 \(4,\)"),
        ({"y_train": np.array([0, 1, 2, 0])}, "labels 0 to 2; expected 0 to 1"),
        ({"y_train": np.array([0, 1, -1, 0])}, "labels -1 to 1"),
        (
            {"x_val": np.zeros((0, 4, 4, 3), np.uint8), "y_val": np.zeros(0, np.int64)},
            "the val split is empty",
        ),
    ],
)
def test_a_wrong_array_is_refused_by_name(changes, message):
    with pytest.raises(ValueError, match=message):
        make(**changes)


def test_a_subset_is_the_beginning_of_each_split_and_copies_nothing():
    whole = make()
    part = whole.subset(3, 1, 2)
    assert [len(part.y_train), len(part.y_val), len(part.y_test)] == [3, 1, 2]
    assert np.shares_memory(part.x_train, whole.x_train)
    np.testing.assert_array_equal(part.x_test, whole.x_test[:2])
    assert (part.name, part.source, part.class_names) == ("cifar10", "python batches", ("a", "b"))


def test_validation_images_can_be_among_the_training_images():
    whole = make(x_val=np.full((2, 4, 4, 3), 9, np.uint8), y_val=np.array([1, 1]))
    joined = whole.with_val_in_train()
    np.testing.assert_array_equal(joined.x_train[:4], whole.x_train)
    np.testing.assert_array_equal(joined.x_train[4:], whole.x_val)
    assert joined.y_train.tolist() == [0, 1, 0, 1, 1, 1] and len(joined.y_val) == 2
    assert joined.title == whole.title and joined.fingerprint != whole.fingerprint


def test_a_subset_larger_than_a_split_keeps_it_whole():
    assert len(make().subset(1000, 4, 4).y_train) == 4


@pytest.mark.parametrize("count", [0, -1])
def test_a_subset_needs_images(count):
    with pytest.raises(ValueError, match=f"val={count}"):
        make().subset(1, count, 1)


@pytest.mark.parametrize(
    ("name", "copy", "title"),
    [
        ("cifar10", "", "CIFAR-10"),
        ("cifar10", "JPEG copy", "CIFAR-10 (JPEG copy)"),
        ("shapes10", "", "Shapes-10"),
        ("pets", "", "pets"),
    ],
)
def test_the_title_says_which_copy_it_is(name, copy, title):
    assert make(name=name, copy=copy).title == title
    assert make(name=name, copy=copy).subset(1, 1, 1).title == title


def test_the_word_jpeg_in_a_source_makes_no_copy():
    assert make(name="pets", source="a folder of JPEG files").title == "pets"


def test_the_fingerprint_follows_the_content():
    pixels = make().x_val.copy()
    pixels[1, 2, 3, 0] ^= 1
    fingerprints = {
        make().fingerprint,
        make(x_val=pixels).fingerprint,
        make(y_test=np.array([1, 1, 0, 1])).fingerprint,
        make(class_names=("b", "a")).fingerprint,
        make().subset(3, 4, 4).fingerprint,
    }
    assert len(fingerprints) == 5 and {len(digits) for digits in fingerprints} == {16}
    assert make().fingerprint == make(source="elsewhere").fingerprint


SIZES = st.integers(1, 6)


@given(st.tuples(SIZES, SIZES, SIZES), st.tuples(SIZES, SIZES, SIZES), st.integers(0, 100))
def test_any_subset_is_the_beginning_and_its_fingerprint_that_of_the_same_images(sizes, kept, seed):
    rng = np.random.default_rng(seed)
    fields = {"class_names": ("a", "b"), "name": "own", "source": "drawn"}
    for split, size in zip(("train", "val", "test"), sizes, strict=True):
        fields[f"x_{split}"] = rng.integers(256, size=(size, 2, 3, 3), dtype=np.uint8)
        fields[f"y_{split}"] = rng.integers(2, size=size)
    part = Dataset(**fields).subset(*kept)
    beginnings = dict(fields)
    for split, count in zip(("train", "val", "test"), kept, strict=True):
        for axis in "xy":
            beginnings[f"{axis}_{split}"] = fields[f"{axis}_{split}"][:count].copy()
            found = getattr(part, f"{axis}_{split}")
            np.testing.assert_array_equal(found, beginnings[f"{axis}_{split}"])
    assert part.fingerprint == Dataset(**beginnings).fingerprint
    unchanged = all(count >= size for size, count in zip(sizes, kept, strict=True))
    assert (part.fingerprint == Dataset(**fields).fingerprint) == unchanged


def test_the_same_bytes_in_another_shape_are_other_images():
    wide = {f"x_{split}": make().x_val.reshape(4, 2, 8, 3) for split in ("train", "val", "test")}
    assert make(**wide).fingerprint != make().fingerprint


def test_a_dataset_cannot_be_changed_and_can_be_a_key():
    data = make()
    with pytest.raises(FrozenInstanceError):
        data.name = "another"
    assert {data: 1}[data] == 1


def test_printing_a_dataset_takes_one_line():
    assert str(make()) == ("CIFAR-10 (python batches): 4 training, 4 validation, 4 test images")


def test_importing_the_package_loads_no_framework():
    heavy = "{'tensorflow', 'keras', 'matplotlib'}"
    code = f"import sys, lessons_src.data; print({heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "set()\n", result.stderr
