import hashlib
import io
import os
import pickle
import tarfile
import time
from pathlib import Path

from lessons_src.data import Dataset, cifar10, cifar10_batches, load_dataset
from lessons_src.errors import DatasetError

import numpy as np
import pytest
from data_helpers import (
    PER_CLASS,
    binary_batch,
    expect_batches,
    image_bytes,
    make_batches,
    make_images,
    python2_batch,
    use_small_copies,
    write_batches,
    write_binary_batches,
    write_tar,
    write_tree,
    write_zip,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

# As the published files number them: https://www.cs.toronto.edu/~kriz/cifar.html
CLASS_NAMES = (
    *("airplane", "automobile", "bird", "cat", "deer"),
    *("dog", "frog", "horse", "ship", "truck"),
)


# Before the fixture below puts small numbers in their place.
PUBLISHED = (
    cifar10.IMAGES_PER_CLASS,
    cifar10.VALIDATION_PER_CLASS,
    hashlib.sha256(repr(sorted(cifar10_batches.MD5.items())).encode()).hexdigest()[:16],
)


@pytest.fixture(autouse=True)
def small(monkeypatch, tmp_path):
    use_small_copies(monkeypatch, tmp_path)


@pytest.fixture
def load(monkeypatch):
    def load_from(path: Path, name: str | None = "cifar10") -> Dataset:
        monkeypatch.setenv("CIFAR10_DIR", str(path))
        return load_dataset(name)

    return load_from


def refused(load, path: Path, name: str | None = "cifar10") -> str:
    """Load what must be refused, check that nothing was kept, and return the message."""
    with pytest.raises(DatasetError) as caught:
        load(path, name)
    assert cached_files() == []
    assert str(path) in str(caught.value)
    return str(caught.value)


def cached_files() -> list[Path]:
    return [path for path in Path(os.environ["XDG_CACHE_HOME"]).rglob("*") if path.is_file()]


def pixels_by_identity(images: np.ndarray) -> dict[tuple, bytes]:
    return {(image[0, 0, 0], image[0, 0, 1]): image.tobytes() for image in images}


def assert_complete(dataset: Dataset) -> None:
    """Check that each image of the copy is there once, with its label and its pixels."""
    for split in ("train", "val", "test"):
        x, y = getattr(dataset, f"x_{split}"), getattr(dataset, f"y_{split}")
        np.testing.assert_array_equal(x[:, 0, 0, 0], y)
    x_train = np.concatenate([dataset.x_train, dataset.x_val])
    for x, split in ((x_train, "train"), (dataset.x_test, "test")):
        assert len(x) == 10 * PER_CLASS[split]
        assert pixels_by_identity(x) == pixels_by_identity(make_images(split, PER_CLASS[split])[0])
    np.testing.assert_array_equal(np.bincount(dataset.y_val), [1] * 10)


def test_a_tree_of_png_images(load, tmp_path):
    dataset = load(write_tree(tmp_path / "tree"))
    assert_complete(dataset)
    assert dataset.class_names == CLASS_NAMES
    assert (dataset.name, dataset.source, dataset.title) == (
        "cifar10",
        "image folder (PNG)",
        "CIFAR-10",
    )


def test_the_published_numbers_are_those_that_all_records_rest_on():
    assert PUBLISHED == ({"train": 5000, "test": 1000}, 500, "0e9236fc055e06b2")


def test_the_splits_are_the_same_on_every_machine(load, tmp_path):
    """Records name the fingerprint of their data: another order would make them another's."""
    assert load(write_tree(tmp_path / "tree")).fingerprint == "ace0767c377f42d4"


def test_names_of_image_files_may_be_in_capital_letters(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    (root / "train" / "cat" / "0000.png").rename(root / "train" / "cat" / "0000.PNG")
    assert_complete(load(root))


def test_a_tree_of_jpeg_images_is_called_a_copy(load, tmp_path):
    root = write_tree(tmp_path / "tree", ".jpg")
    for _ in ("read", "from the cache"):
        dataset = load(root)
        assert (dataset.source, dataset.copy) == ("image folder (JPEG)", "JPEG copy")
        assert dataset.title == "CIFAR-10 (JPEG copy)"


def test_one_lossy_image_among_others_makes_a_copy(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    image = root / "test" / "cat" / "0000.png"
    Image.open(image).save(image.with_suffix(".jpg"))
    image.unlink()
    dataset = load(root)
    assert (dataset.source, dataset.copy) == ("image folder (JPEG, PNG)", "JPEG copy")


def test_python_batches_by_their_folder_and_by_its_parent(load, tmp_path):
    folder = write_batches(tmp_path / "data")
    dataset = load(folder)
    assert_complete(dataset)
    assert (dataset.source, dataset.title) == ("python batches", "CIFAR-10")
    assert load(folder.parent).fingerprint == dataset.fingerprint


def test_binary_batches_are_the_same_images_in_the_same_order(load, tmp_path):
    pickled = load(write_batches(tmp_path / "pickled"))
    folder = write_binary_batches(tmp_path / "binary")
    for path in (folder, folder.parent):
        dataset = load(path)
        assert_complete(dataset)
        assert (dataset.source, dataset.title) == ("binary batches", "CIFAR-10")
        assert dataset.fingerprint == pickled.fingerprint


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
@pytest.mark.parametrize("write", [write_tree, write_batches, write_binary_batches])
def test_a_tar_gives_what_its_content_gives(load, tmp_path, mode, write):
    write(tmp_path / "data")
    archive = write_tar(tmp_path / "data.tar", tmp_path / "data", mode)
    from_folder, from_tar = load(tmp_path / "data"), load(archive)
    assert from_folder.fingerprint == from_tar.fingerprint
    assert from_folder.source == from_tar.source


@pytest.mark.parametrize("write", [write_tree, write_batches])
def test_a_zip_gives_what_its_content_gives(load, tmp_path, write):
    write(tmp_path / "data")
    archive = write_zip(tmp_path / "data.zip", tmp_path / "data")
    from_folder, from_zip = load(tmp_path / "data"), load(archive)
    assert_complete(from_zip)
    assert (from_zip.fingerprint, from_zip.source) == (from_folder.fingerprint, from_folder.source)


def test_a_tar_may_hold_the_tree_in_a_folder_and_in_any_order(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    with tarfile.open(tmp_path / "data.tar", "w") as archive:
        for path in sorted(root.rglob("*.png"), reverse=True):
            archive.add(path, arcname=f"./cifar/{path.relative_to(root)}")
    assert load(tmp_path / "data.tar").fingerprint == load(root).fingerprint


def test_hidden_files_and_notes_are_passed_over(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    before = load(root).fingerprint
    (root / ".DS_Store").write_bytes(b"x")
    (root / "train" / "cat" / "._0000.png").write_bytes(b"x")
    (root / "train" / ".hidden").mkdir()
    (root / "train" / ".hidden" / "0.png").write_bytes(b"x")
    (root / "test" / "dog" / "Thumbs.db").write_bytes(b"x")
    (root / "__MACOSX" / "train" / "cat").mkdir(parents=True)
    (root / "__MACOSX" / "train" / "cat" / "0.png").write_bytes(b"x")
    (root / "README.md").write_text("x")
    assert load(root).fingerprint == before
    assert load(write_tar(tmp_path / "data.tar", root)).fingerprint == before
    assert load(write_zip(tmp_path / "data.zip", root)).fingerprint == before


def test_linked_class_folders_are_followed(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    before = load(root).fingerprint
    (root / "train" / "cat").rename(tmp_path / "elsewhere")
    (root / "train" / "cat").symlink_to(tmp_path / "elsewhere")
    assert load(root).fingerprint == before


def test_a_linked_folder_that_leads_in_a_circle_is_named(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    (root / "train" / "circle").symlink_to(root)
    assert "train/circle/: a link to a folder that it lies in" in refused(load, root)


def test_the_beginning_of_each_split_is_a_fair_sample(load, tmp_path, monkeypatch):
    per_class = {"train": 100, "test": 50}
    monkeypatch.setattr(cifar10, "IMAGES_PER_CLASS", per_class)
    monkeypatch.setattr(cifar10, "VALIDATION_PER_CLASS", 50)
    expect_batches(monkeypatch, make_batches(per_class))
    dataset = load(write_batches(tmp_path / "data", per_class)).subset(40, 40, 40)
    for labels in (dataset.y_train, dataset.y_val, dataset.y_test):
        counts = np.bincount(labels, minlength=10)
        assert np.count_nonzero(counts) >= 9 and counts.max() <= 9, counts


def test_loading_again_gives_the_same_order(load, tmp_path):
    folder = write_batches(tmp_path / "data")
    assert load(folder).fingerprint == load(folder).fingerprint


# The cache


def test_an_archive_is_read_once(load, tmp_path):
    write_tree(tmp_path / "tree")
    archive = write_tar(tmp_path / "data.tar", tmp_path / "tree")
    first = load(archive)
    status = archive.stat()
    archive.write_bytes(bytes(status.st_size))
    os.utime(archive, ns=(status.st_atime_ns, status.st_mtime_ns))
    second = load(archive)
    assert (second.fingerprint, second.source) == (first.fingerprint, first.source)


def test_a_changed_archive_is_read_again(load, tmp_path):
    archive = write_tar(tmp_path / "data.tar", write_tree(tmp_path / "tree"))
    load(archive)
    archive.write_bytes(b"no archive")
    with pytest.raises(DatasetError, match="not a complete tar or zip archive"):
        load(archive)


def test_a_changed_image_is_read_again(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    before = load(root).fingerprint
    (root / "train" / "cat" / "0000.png").write_bytes(image_bytes())
    assert load(root).fingerprint != before


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other"])
def test_a_damaged_cache_file_is_built_again(load, tmp_path, capsys, damage):
    root = write_tree(tmp_path / "tree")
    before = load(root).fingerprint
    (file,) = cached_files()
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = {"cut": content[:-5000], "flip": content, "empty": b"", "other": b"no archive"}
    file.write_bytes(damaged[damage])
    assert load(root).fingerprint == before
    assert f"The cache file {file} is damaged" in capsys.readouterr().err
    assert load(root).fingerprint == before
    assert capsys.readouterr().err == ""
    assert cached_files() == [file]


def test_without_room_for_a_cache_the_data_are_loaded_all_the_same(
    load, tmp_path, monkeypatch, capsys
):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert_complete(load(write_tree(tmp_path / "tree")))
    assert "can't be kept" in capsys.readouterr().err


def test_what_a_killed_process_left_is_neither_read_nor_kept_for_ever(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    load(root)
    (file,) = cached_files()
    file.unlink()
    leftovers = [file.parent / ".lessons_src-old", file.parent / ".lessons_src-new"]
    for leftover in leftovers:
        leftover.mkdir()
        (leftover / file.name).write_bytes(b"half")
    two_days_ago = time.time() - 2 * 86_400
    os.utime(leftovers[0], (two_days_ago, two_days_ago))
    assert_complete(load(root))
    assert [leftover.exists() for leftover in leftovers] == [False, True]


# Bad input


@pytest.mark.parametrize("name", [None, "cifar10"])
def test_a_bad_cifar10_dir_is_never_passed_over(load, tmp_path, name):
    assert "CIFAR10_DIR=" in refused(load, tmp_path / "nowhere", name)
    (tmp_path / "nothing").mkdir()
    assert "neither data_batch_1 nor train/" in refused(load, tmp_path / "nothing", name)


@pytest.mark.parametrize("name", [None, "cifar10"])
def test_an_empty_cifar10_dir_is_refused(monkeypatch, name):
    monkeypatch.setenv("CIFAR10_DIR", "")
    with pytest.raises(DatasetError, match="CIFAR10_DIR is set but empty"):
        load_dataset(name)


def test_folders_without_images_are_refused(load, tmp_path):
    for split in ("train", "test"):
        (tmp_path / "tree" / split).mkdir(parents=True)
    assert "images lie in: nowhere" in refused(load, tmp_path / "tree")


@pytest.mark.parametrize("length", [0, 1, 500, -1, -20])
def test_a_truncated_batch_is_refused(load, tmp_path, length):
    folder = write_batches(tmp_path / "data")
    content = (folder / "data_batch_3").read_bytes()
    (folder / "data_batch_3").write_bytes(content[:length])
    assert "data_batch_3: not the published file (its MD5 differs)" in refused(load, folder)


class Trap:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


@pytest.mark.parametrize("name", [*cifar10_batches.TRAIN_FILES, *cifar10_batches.TEST_FILES])
def test_a_file_that_is_not_the_published_one_can_run_no_code(load, tmp_path, name):
    folder = write_batches(tmp_path / "data")
    trapped = tmp_path / "trapped"
    (folder / name).write_bytes(pickle.dumps(Trap(str(trapped))))
    assert f"{name}: not the published file (its MD5 differs)" in refused(load, folder)
    assert not trapped.exists()
    pickle.loads((folder / name).read_bytes())
    assert trapped.exists(), "the trap itself is no good"


def test_a_batch_under_the_name_of_another_is_refused(load, tmp_path):
    folder = write_batches(tmp_path / "data")
    (folder / "data_batch_1").write_bytes((folder / "data_batch_2").read_bytes())
    assert "data_batch_1: not the published file" in refused(load, folder)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda content: content[:-1], "data_batch_3.bin: 24,583 bytes are no whole number"),
        (lambda content: b"\x0a" + content[1:], "data_batch_3.bin: the label 10 is none of 0 to 9"),
        (lambda content: content[3073:], "train must hold 4 images of each class, but has"),
    ],
)
def test_a_damaged_binary_batch_is_refused(load, tmp_path, change, problem):
    folder = write_binary_batches(tmp_path / "data")
    file = folder / "data_batch_3.bin"
    file.write_bytes(change(file.read_bytes()))
    assert problem in refused(load, folder)


@settings(max_examples=25)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=20), st.integers(0, 1_000))
def test_any_images_come_back_from_a_batch(labels, seed):
    rng = np.random.default_rng(seed)
    images = rng.integers(256, size=(len(labels), 32, 32, 3), dtype=np.uint8)
    content = python2_batch(images, np.array(labels))
    with pytest.MonkeyPatch.context() as patch:
        expect_batches(patch, {"test_batch": content})
        found, found_labels = cifar10_batches.read_batch(content, "test_batch")
    np.testing.assert_array_equal(found, images)
    assert found_labels.dtype == np.int64 and found_labels.tolist() == labels
    content = binary_batch(images, np.array(labels))
    binary, found_labels = cifar10_batches.read_batch(content, "test_batch.bin")
    np.testing.assert_array_equal(binary, images)
    assert found_labels.dtype == np.int64 and found_labels.tolist() == labels


def test_a_missing_batch_is_named(load, tmp_path):
    folder = write_batches(tmp_path / "data")
    (folder / "data_batch_4").unlink()
    assert "data_batch_4 is missing" in refused(load, folder)
    folder = write_binary_batches(tmp_path / "data")
    (folder / "test_batch.bin").unlink()
    assert "test_batch.bin is missing" in refused(load, folder)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not a readable image"),
        (b"no image", "not a readable image"),
        (image_bytes()[:-30], "not a readable image"),
        (image_bytes("L"), "32×32 pixels, mode L; convert it to 32×32 RGB"),
        (image_bytes("RGBA"), "32×32 pixels, mode RGBA"),
        (image_bytes("P"), "32×32 pixels, mode P"),
        (image_bytes(side=64), "64×64 pixels, mode RGB"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_bad_image_is_named(load, tmp_path, content, problem, packed):
    root = write_tree(tmp_path / "tree")
    (root / "test" / "frog" / "0001.png").write_bytes(content)
    path = write_tar(tmp_path / "data.tar", root) if packed else root
    assert f"test/frog/0001.png: {problem}" in refused(load, path)


def test_an_unknown_class_folder_is_named(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    (root / "train" / "cat").rename(root / "train" / "zebra")
    message = refused(load, root)
    assert "train/zebra/0000.png: 'zebra' is not a class" in message
    assert "airplane, automobile, bird" in message


def test_wrong_counts_name_the_class_and_the_number(load, tmp_path):
    root = write_tree(tmp_path / "tree")
    (root / "train" / "cat" / "0000.png").unlink()
    (root / "train" / "dog" / "extra.png").write_bytes(image_bytes())
    message = refused(load, root)
    assert "train must hold 4 images of each class, but has cat 3, dog 5;" in message


def test_other_counts_are_refused_in_batches_too(load, tmp_path, monkeypatch):
    per_class = {"train": 4, "test": 3}
    folder = write_batches(tmp_path / "data", per_class)
    expect_batches(monkeypatch, make_batches(per_class))
    assert "test must hold 2 images of each class, but has airplane 3" in refused(load, folder)


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
@pytest.mark.parametrize("keep", [0.3, 0.95])
def test_a_truncated_tar_is_refused(load, tmp_path, mode, keep):
    archive = write_tar(tmp_path / "data.tar", write_tree(tmp_path / "tree"), mode)
    content = archive.read_bytes()
    archive.write_bytes(content[: int(keep * len(content))])
    assert "again" in refused(load, archive)


def test_a_tar_whose_checksum_alone_is_damaged_is_refused(load, tmp_path):
    archive = write_tar(tmp_path / "data.tar", write_tree(tmp_path / "tree"), "w:gz")
    content = bytearray(archive.read_bytes())
    content[-8] ^= 1  # of the CRC-32 that a gzip file ends with
    archive.write_bytes(content)
    assert "CRC check failed" in refused(load, archive)


@pytest.mark.parametrize("mode", ["w:gz", "w:xz"])
def test_a_damaged_tar_is_refused(load, tmp_path, mode):
    archive = write_tar(tmp_path / "data.tar", write_tree(tmp_path / "tree"), mode)
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    archive.write_bytes(content)
    refused(load, archive)


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_a_file_that_is_no_tar_is_refused(load, tmp_path, content):
    (tmp_path / "data.tar").write_bytes(content)
    assert "not a complete tar or zip archive" in refused(load, tmp_path / "data.tar")


@pytest.mark.parametrize("damage", ["cut", "flip", "locked"])
def test_a_damaged_zip_is_refused(load, tmp_path, damage):
    archive = write_zip(tmp_path / "data.zip", write_tree(tmp_path / "tree"))
    content = bytearray(archive.read_bytes())
    if damage == "cut":
        content = content[: len(content) // 2]
    elif damage == "flip":
        content[len(content) // 3] ^= 1
    else:  # the bit of each member, here and in the list at the end, that says it has a password
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = content.find(mark)
            while at >= 0:
                content[at + flags] |= 1
                at = content.find(mark, at + 1)
    archive.write_bytes(content)
    message = refused(load, archive)
    assert "not a complete tar or zip archive" in message
    assert damage != "locked" or "password" in message


def test_a_tar_of_something_else_is_refused(load, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("a")
    archive = write_tar(tmp_path / "data.tar", tmp_path / "notes")
    assert "images lie in: nowhere" in refused(load, archive)


@pytest.mark.parametrize("name", ["/tmp/train/cat/0.png", "../train/cat/0.png"])
def test_a_member_whose_name_leads_out_of_the_tar_is_not_taken_for_one_of_the_tree(
    load, tmp_path, name
):
    archive = write_tar(tmp_path / "data.tar", write_tree(tmp_path / "tree"), "w")
    with tarfile.open(archive, "a") as tar:
        member = tarfile.TarInfo(name)
        content = image_bytes()
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    assert "images lie in: " in refused(load, archive)


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (tarfile.SYMTYPE, "/etc/passwd"),
        (tarfile.SYMTYPE, "nowhere.png"),
        (tarfile.LNKTYPE, "../x"),
        (tarfile.FIFOTYPE, ""),
    ],
)
def test_a_member_that_is_no_file_of_the_tar_is_named(load, tmp_path, kind, target):
    archive = write_tar(tmp_path / "data.tar", write_tree(tmp_path / "tree"), "w")
    with tarfile.open(archive, "a") as tar:
        member = tarfile.TarInfo("train/cat/0.png")
        member.type, member.linkname = kind, target
        tar.addfile(member)
    assert "member 'train/cat/0.png' is a device, or a link to no file" in refused(load, archive)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_links_within_a_tar_are_followed(load, tmp_path, kind):
    root = write_tree(tmp_path / "tree")
    before = load(root).fingerprint
    (root / "train" / "cat" / "0000.png").rename(root / "first")
    archive = write_tar(tmp_path / "data.tar", root, "w")
    with tarfile.open(archive, "a") as tar:
        member = tarfile.TarInfo("train/cat/0000.png")
        member.type = kind
        member.linkname = "../../first" if kind == tarfile.SYMTYPE else "first"
        tar.addfile(member)
    assert load(archive).fingerprint == before


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match="'mnist'; the known ones are cifar10, shapes10"):
        load_dataset("mnist")
