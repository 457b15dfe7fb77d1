"""lessons_src.data.file_tree: what lies in folders and archives, and what of it counts."""

import os
import tarfile

from lessons_src.data.file_tree import (
    is_housekeeping,
    is_passed_over,
    list_tree,
    read_archive,
    read_bytes,
    read_folder,
)
from lessons_src.errors import DatasetError

import pytest
from data_helpers import write_tar, write_zip


@pytest.mark.parametrize(
    "name",
    [
        *("Thumbs.db", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini"),
        *("$RECYCLE.BIN", "System Volume Information", "cat.jpg:Zone.Identifier"),
        *(".DS_Store", "._cat.jpg", "__MACOSX", ".Spotlight-V100", ".Trashes", "Icon\r"),
        *("@eaDir", "#recycle", "lost+found", ".directory", ".Trash-1000", ".thumbnails"),
        *(".git", ".gitkeep", ".ipynb_checkpoints", ".lessons_src-x1"),
    ],
)
def test_names_that_systems_give_are_housekeeping(name):
    assert is_housekeeping(name) and is_passed_over(f"train/{name}/1.png")


@pytest.mark.parametrize("name", ["cat.jpg", "db", "Thumbs.db.jpg", "my desktop.ini", "MACOSX"])
def test_names_that_people_give_are_not(name):
    assert not is_housekeeping(name) and not is_passed_over(f"./train/{name}")


@pytest.mark.parametrize(
    ("path", "passed_over"),
    [(".old/1.png", True), ("cat/.1.png", True), ("../cat/1.png", False), ("./cat/1.png", False)],
)
def test_hidden_parts_of_a_path_are_passed_over(path, passed_over):
    assert is_passed_over(path) == passed_over


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "root"
    for name in ("b/2.txt", "b/1.txt", "a b/3.txt", "b/c/4.txt", ".old/5.txt", "b/Thumbs.db"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "empty").mkdir()
    return root


def test_a_tree_lists_files_folders_and_what_is_hidden(root):
    tree = list_tree(root)
    assert tree.files == ["a b/3.txt", "b/1.txt", "b/2.txt", "b/c/4.txt"]
    assert tree.folders == ["a b", "b", "b/c", "empty"]
    assert tree.hidden == [".old"] and tree.problems == []


def test_links_to_files_and_folders_are_followed_however_often(root, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "6.txt").write_text("six")
    for name in ("first", "second"):
        (root / name).symlink_to(tmp_path / "other")
    (root / "7.txt").symlink_to(tmp_path / "other" / "6.txt")
    tree = list_tree(root)
    assert {"first/6.txt", "second/6.txt", "7.txt"} < set(tree.files) and tree.problems == []


def test_two_links_that_lead_in_a_circle_are_a_problem(tmp_path):
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "link").symlink_to(tmp_path / other)
    tree = list_tree(tmp_path / "a")
    assert tree.files == []
    assert tree.problems == ["link/link/: a link to a folder that it lies in; remove it"]


def test_what_can_be_neither_read_nor_entered_is_a_problem(root, monkeypatch):
    os.mkfifo(root / "pipe")
    (root / "broken").symlink_to(root / "nowhere")
    (root / "self").symlink_to(root / "self")
    listdir = os.listdir

    def refuse(path):  # by itself, as root may list everything
        if str(path).endswith("c"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refuse)
    tree = list_tree(root)
    assert tree.files == ["a b/3.txt", "b/1.txt", "b/2.txt"]
    no_file = "a broken link, or no file; remove it"
    assert tree.problems == [
        "b/c/: Permission denied; make the folder readable",
        *(f"{name}: {no_file}" for name in ("broken", "pipe", "self")),
    ]
    with pytest.raises(DatasetError, match="b/c/: Permission denied.*; broken: .*; pipe: "):
        list(read_folder(root))


def test_a_folder_a_tar_and_a_zip_hold_the_same(root, tmp_path):
    expected = [(name, name.encode()) for name in ("a b/3.txt", "b/1.txt", "b/2.txt", "b/c/4.txt")]
    assert list(read_folder(root)) == expected
    assert sorted(read_archive(write_tar(tmp_path / "x.tar", root))) == expected
    assert sorted(read_archive(write_zip(tmp_path / "x.zip", root))) == expected


def test_a_tar_that_begins_in_its_own_folder_has_names_without_it(root, tmp_path):
    with tarfile.open(tmp_path / "x.tar", "w") as archive:
        archive.add(root / "b", arcname="./b")
    names = [name for name, _ in read_archive(tmp_path / "x.tar")]
    assert sorted(names) == ["b/1.txt", "b/2.txt", "b/c/4.txt"]


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (FileNotFoundError(2, "No such file or directory"), "no such file"),
        (IsADirectoryError(21, "Is a directory"), "a folder, not a file"),
        (PermissionError(13, "Permission denied"), "Permission denied; make the file readable"),
        (OSError("a drive that went away"), "a drive that went away; make the file readable"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch, error, problem):
    def fail(path):
        raise error

    monkeypatch.setattr("pathlib.Path.read_bytes", fail)
    with pytest.raises(DatasetError) as caught:
        read_bytes(tmp_path / "cat.png", "cat.png")
    assert str(caught.value) == f"cat.png: {problem}"


def test_a_name_that_no_file_can_have_is_named(tmp_path):
    with pytest.raises(DatasetError, match="embedded null byte; make"):
        read_bytes(tmp_path / "a\0b", "a b")
