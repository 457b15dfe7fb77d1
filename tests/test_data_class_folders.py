"""lessons_src.data.class_folders: every picture in one split, every bad file named."""

import os
import shutil
import tempfile
from pathlib import Path

from lessons_src.data.class_folders import load_class_folders
from lessons_src.data.dataset import SPLITS
from lessons_src.errors import DatasetError

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

COUNTS = {"cat": 12, "dog": 4, "猫 头鹰": 30}


@pytest.fixture
def folder(tmp_path):
    rng = np.random.default_rng(0)
    for name, count in COUNTS.items():
        (tmp_path / "pets" / name).mkdir(parents=True)
        for number in range(count):
            pixels = rng.integers(256, size=(8, 8, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / "pets" / name / f"{number} a.png")
    return tmp_path / "pets"


def all_images(data):
    return np.concatenate([data.x_train, data.x_val, data.x_test])


def test_every_picture_is_in_one_split_with_its_folder_as_label(folder):
    data = load_class_folders(folder, (8, 8))
    assert data.class_names == tuple(COUNTS) and data.title == "pets"
    found = {}
    for split in ("train", "val", "test"):
        x, y = getattr(data, f"x_{split}"), getattr(data, f"y_{split}")
        found |= {image.tobytes(): data.class_names[k] for image, k in zip(x, y, strict=True)}
    files = sorted(folder.rglob("*.png"))
    expected = {np.asarray(Image.open(file)).tobytes(): file.parent.name for file in files}
    assert found == expected and len(found) == sum(COUNTS.values())


def test_each_class_is_held_out_by_a_tenth_and_at_least_one(folder):
    data = load_class_folders(folder, (8, 8))
    assert np.bincount(data.y_train).tolist() == [10, 2, 24]
    assert np.bincount(data.y_val).tolist() == [1, 1, 3]
    assert np.bincount(data.y_test).tolist() == [1, 1, 3]


def test_the_seed_alone_decides_the_split(folder):
    one, same, other = (load_class_folders(folder, (8, 8), seed) for seed in (0, 0, 1))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def test_other_sizes_and_modes_become_rgb_of_the_size(folder):
    Image.new("L", (20, 5), 77).save(folder / "cat" / "grey.jpg")
    (folder / "cat" / "deeper").mkdir()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(folder / "cat" / "deeper" / "clear.png")
    data = load_class_folders(folder, (8, 8))
    values = {tuple(np.unique(image)) for image in all_images(data)}
    assert {(77,), (255,)} <= values and len(all_images(data)) == sum(COUNTS.values()) + 2


def test_a_wide_picture_is_cropped_as_for_predict(folder):
    drawn = np.zeros((8, 24, 3), np.uint8)
    drawn[:, 8:16] = np.arange(192).reshape(8, 8, 3)
    Image.fromarray(drawn).save(folder / "cat" / "wide.png")
    middle = drawn[:, 8:16].tobytes()
    assert middle in {image.tobytes() for image in all_images(load_class_folders(folder, (8, 8)))}


# What is wrong is named, all at once


def problems(folder) -> list[str]:
    """Return what is said of a folder, without its first line."""
    with pytest.raises(DatasetError) as caught:
        load_class_folders(folder, (8, 8))
    first, *lines = str(caught.value).splitlines()
    assert first == f"{len(lines)} problem{'s' * (len(lines) > 1)} in {folder}:"
    return lines


def test_all_problems_are_named_at_once(folder, tmp_path):
    (folder / "cat" / "broken.png").write_bytes((folder / "cat" / "0 a.png").read_bytes()[:60])
    (folder / "cat" / "holiday.heic").write_bytes(b"\0\0\0\x18ftypheic")
    (folder / "cat" / "more.zip").write_bytes(b"PK\x03\x04")
    (folder / "cat" / "notes.txt").write_text("a note")
    (folder / "dog" / "again.png").write_bytes((folder / "cat" / "1 a.png").read_bytes())
    (folder / "dog" / "gone.png").symlink_to(tmp_path / "nowhere")
    (folder / "dog" / "round").symlink_to(folder)
    (folder / "loose.png").write_bytes(b"")
    (folder / "Dog").mkdir()
    (folder / "owl").mkdir()
    assert problems(folder) == [
        "dog/gone.png: a broken link, or no file; remove it",
        "dog/round/: a link to a folder that it lies in; remove it",
        "Dog, dog: names of one class that differ in case or spaces; rename the folders",
        "cat/broken.png: not a readable image; replace the file",
        "cat/holiday.heic: a HEIC photo; convert it to JPEG or PNG",
        "cat/more.zip: an archive; unpack it",
        "cat/notes.txt: not a readable image; replace the file",
        "dog/again.png: same content as cat/1 a.png; keep one of them",
        "loose.png: in no class folder; move or remove it",
        "Dog: 0 pictures; a class needs 3 or more",
        "owl: 0 pictures; a class needs 3 or more",
    ]


def test_what_systems_keep_for_themselves_is_no_picture_and_no_class(folder, capsys):
    before = load_class_folders(folder, (8, 8)).fingerprint
    for name in ("Thumbs.db", "cat/desktop.ini", "cat/.DS_Store", "dog/._0 a.png", "ehthumbs.db"):
        (folder / name).write_bytes(b"no picture")
    for name in ("__MACOSX/cat", "@eaDir", "cat/@eaDir", ".ipynb_checkpoints", "$RECYCLE.BIN"):
        (folder / name).mkdir(parents=True)
        (folder / name / "0.png").write_bytes(b"no picture")
    assert load_class_folders(folder, (8, 8)).fingerprint == before
    assert capsys.readouterr().err == ""


def test_what_else_is_hidden_is_passed_over_and_told(folder, capsys):
    before = load_class_folders(folder, (8, 8)).fingerprint
    (folder / ".old").mkdir()
    (folder / ".old" / "0.png").write_bytes(b"no picture")
    (folder / "cat" / ".1.png").write_bytes(b"no picture")
    assert load_class_folders(folder, (8, 8)).fingerprint == before
    assert capsys.readouterr().err == f"{folder}: passed over as hidden: .old, cat/.1.png\n"


def test_a_folder_that_cannot_be_listed_is_named_with_the_rest(folder, monkeypatch):
    def refuse(path):  # by itself, as root may list everything
        if Path(path).name == "dog":
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", refuse)
    (folder / "loose.png").write_bytes(b"")
    assert problems(folder) == [
        "dog/: Permission denied; make the folder readable",
        "loose.png: in no class folder; move or remove it",
        "dog: 0 pictures; a class needs 3 or more",
    ]


def test_a_linked_class_folder_is_a_class(folder, tmp_path):
    before = load_class_folders(folder, (8, 8)).fingerprint
    (folder / "dog").rename(tmp_path / "elsewhere")
    (folder / "dog").symlink_to(tmp_path / "elsewhere")
    assert load_class_folders(folder, (8, 8)).fingerprint == before


def test_a_broken_picture_counts_as_it_may_be_mended_but_a_copy_does_not(folder):
    for name in ("0 a.png", "1 a.png"):
        (folder / "dog" / name).unlink()
    (folder / "dog" / "broken.png").write_bytes(b"broken")
    assert problems(folder) == ["dog/broken.png: not a readable image; replace the file"]
    (folder / "dog" / "broken.png").write_bytes((folder / "dog" / "2 a.png").read_bytes())
    assert problems(folder) == [
        "dog/broken.png: same content as dog/2 a.png; keep one of them",
        "dog: 2 pictures; a class needs 3 or more",
    ]


@pytest.mark.parametrize(
    ("remove", "message"),
    [
        ("dog/[12]*", "dog: 2 pictures; a class needs 3 or more"),
        ("[cd]*/*", "cat: 0 pictures; a class needs 3 or more"),
    ],
)
def test_too_few_pictures_are_refused(folder, remove, message):
    for file in folder.glob(remove):
        file.unlink()
    assert message in problems(folder)


def test_too_few_classes_are_refused(folder, tmp_path):
    classes = "give each of two or more classes a folder"
    assert problems(tmp_path) == [
        f"1 class folders; {classes}, or load the folder pets, "
        "if pets/cat, pets/dog, pets/猫 头鹰 are the classes"
    ]
    assert problems(folder / "cat")[0] == f"0 class folders; {classes}"
    for name in ("dog", "猫 头鹰"):
        shutil.rmtree(folder / name)
    assert problems(folder) == [f"1 class folders; {classes}"]


def test_a_missing_folder_is_named():
    with pytest.raises(DatasetError, match="nowhere: no such folder"):
        load_class_folders(Path("nowhere"), (8, 8))


# Folders for the splits


def move(folder, counts):
    """Move so many pictures of each class into a folder for each split, named as told."""
    for name in COUNTS:
        files = sorted((folder / name).iterdir())
        for split, count in counts.items():
            (folder / split / name).mkdir(parents=True)
            for file in files[:count]:
                file.rename(folder / split / name / file.name)
            files = files[count:]
        for file in files:
            file.unlink()
        (folder / name).rmdir()


def contents(data, split) -> set:
    return {image.tobytes() for image in getattr(data, f"x_{split}")}


def below(folder) -> set:
    return {np.asarray(Image.open(file)).tobytes() for file in folder.rglob("*.png")}


@pytest.mark.parametrize("names", [("train", "val", "test"), ("Training", "VALID", "Testing")])
def test_pictures_stay_in_the_split_whose_folder_holds_them(folder, names):
    move(folder, dict(zip(names, (2, 1, 1), strict=True)))
    data = load_class_folders(folder, (8, 8))
    assert data.class_names == tuple(COUNTS)
    for split, name in zip(("train", "val", "test"), names, strict=True):
        assert contents(data, split) == below(folder / name)
        for label, kind in enumerate(COUNTS):
            of_class = {
                image.tobytes()
                for image in getattr(data, f"x_{split}")[getattr(data, f"y_{split}") == label]
            }
            assert of_class == below(folder / name / kind)


@pytest.mark.parametrize(("given", "taken"), [("test", "val"), ("val", "test")])
def test_a_split_without_a_folder_is_taken_from_the_training_pictures(folder, given, taken):
    move(folder, {"train": 3, given: 1})
    data = load_class_folders(folder, (8, 8))
    assert contents(data, given) == below(folder / given)
    assert contents(data, "train") | contents(data, taken) == below(folder / "train")
    assert not contents(data, "train") & contents(data, taken)
    assert np.bincount(data.y_train).tolist() == [2, 2, 2]
    assert np.bincount(getattr(data, f"y_{taken}")).tolist() == [1, 1, 1]


def test_a_split_in_order_of_the_classes_is_shuffled(folder):
    move(folder, {"train": 2, "val": 1, "test": 1})
    orders = set()
    for seed in range(5):
        data = load_class_folders(folder, (8, 8), seed)
        orders.add((tuple(data.y_train), tuple(data.y_test)))
    assert len(orders) > 1


def test_train_alone_and_val_with_test_are_names_of_classes(tmp_path):
    rng = np.random.default_rng(0)
    for name in ("test", "val"):
        (tmp_path / "trial" / name).mkdir(parents=True)
        for number in range(3):
            pixels = rng.integers(256, size=(8, 8, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / "trial" / name / f"{number}.png")
    assert load_class_folders(tmp_path / "trial", (8, 8)).class_names == ("test", "val")
    (tmp_path / "trial" / "test").rename(tmp_path / "trial" / "bus")
    (tmp_path / "trial" / "val").rename(tmp_path / "trial" / "train")
    assert load_class_folders(tmp_path / "trial", (8, 8)).class_names == ("bus", "train")


def test_all_that_is_wrong_with_folders_for_splits_is_named(folder):
    move(folder, {"train": 2, "test": 1})
    for file in (folder / "test" / "dog").iterdir():
        file.rename(folder / "test" / file.name)
    (folder / "train" / "cat" / "0 a.png").unlink()
    (folder / "Train" / "cat").mkdir(parents=True)
    (folder / "extra").mkdir()
    (folder / "extra" / "1.png").write_bytes(b"no picture")
    assert problems(folder) == [
        "extra: lies beside folders for splits; move it into them, or away",
        "train: a second folder for the split of Train; merge them",
        "test/2 a.png: in no class folder; move or remove it",
        "Train/cat: 0 pictures; a class needs 2 or more",
        "Train/dog: 0 pictures; a class needs 2 or more",
        "Train/猫 头鹰: 0 pictures; a class needs 2 or more",
        "test/dog: 0 pictures; a class needs 1 or more",
    ]


def test_a_picture_in_two_splits_is_named(folder):
    move(folder, {"train": 2, "val": 1, "test": 1})
    name = sorted((folder / "train" / "cat").iterdir())[0].name
    content = (folder / "train" / "cat" / name).read_bytes()
    (folder / "test" / "cat" / "other.png").write_bytes(content)
    assert problems(folder) == [
        f"train/cat/{name}: same content as test/cat/other.png; keep one of them"
    ]


# Properties


@settings(max_examples=25)
@given(
    st.dictionaries(
        st.text("abcdeé猫 1", min_size=1, max_size=5).filter(lambda name: name == name.strip()),
        st.integers(3, 25),
        min_size=2,
        max_size=4,
    ),
    st.integers(0, 1_000),
)
def test_of_any_folder_every_picture_comes_once_with_its_class(counts, seed):
    rng = np.random.default_rng(seed)
    expected = {}
    with tempfile.TemporaryDirectory() as place:
        for name, count in counts.items():
            (Path(place) / name).mkdir()
            for number in range(count):
                pixels = rng.integers(256, size=(3, 3, 3), dtype=np.uint8)
                expected[pixels.tobytes()] = name
                Image.fromarray(pixels).save(Path(place) / name / f"{number}.png")
        data = load_class_folders(Path(place), (3, 3), seed)
    assert data.class_names == tuple(sorted(counts))
    found = [
        (image.tobytes(), data.class_names[label])
        for split in SPLITS
        for image, label in zip(
            getattr(data, f"x_{split}"), getattr(data, f"y_{split}"), strict=True
        )
    ]
    assert dict(found) == expected and len(found) == sum(counts.values())
    for split in ("val", "test"):
        held_out = np.bincount(getattr(data, f"y_{split}")).tolist()
        assert held_out == [max(1, counts[name] // 10) for name in sorted(counts)]
