"""lessons_src.data.class_folders: every picture in one split, every bad file named."""

from pathlib import Path

from lessons_src.data.class_folders import load_class_folders
from lessons_src.errors import DatasetError

import numpy as np
import pytest
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
    pixels = np.concatenate([data.x_train, data.x_val, data.x_test])
    values = {tuple(np.unique(image)) for image in pixels}
    assert {(77,), (255,)} <= values and len(pixels) == sum(COUNTS.values()) + 2


def test_all_bad_files_are_named_and_hidden_ones_are_no_pictures(folder):
    (folder / ".DS_Store").write_text("hidden")
    (folder / "cat" / "broken.png").write_bytes((folder / "cat" / "0 a.png").read_bytes()[:60])
    (folder / "cat" / "notes.txt").write_text("a note")
    (folder / "dog" / "again.png").write_bytes((folder / "cat" / "1 a.png").read_bytes())
    (folder / "loose.png").write_bytes(b"")
    with pytest.raises(DatasetError) as error:
        load_class_folders(folder, (8, 8))
    assert str(error.value).splitlines() == [
        f"4 problems in {folder}:",
        "cat/broken.png: not a readable image; replace the file",
        "cat/notes.txt: not a readable image; replace the file",
        "dog/again.png: same content as cat/1 a.png; keep one of them",
        "loose.png: in no class folder; move or remove it",
    ]


@pytest.mark.parametrize(
    ("remove", "message"),
    [
        ("dog/[12]*", "dog: 2 pictures; a class needs 3 or more"),
        ("[cd]*/*", "1 class folders; give each of two or more classes a folder"),
    ],
)
def test_too_few_classes_or_pictures_are_refused(folder, remove, message):
    for file in folder.glob(remove):
        file.unlink()
    with pytest.raises(DatasetError, match=message):
        load_class_folders(folder, (8, 8))


def test_a_missing_folder_is_named():
    with pytest.raises(DatasetError, match="nowhere: no such folder"):
        load_class_folders(Path("nowhere"), (8, 8))
