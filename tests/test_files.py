"""lessons_src.files: a reader sees the old file or the whole new one."""

import os
import time

from lessons_src.files import replacing

import pytest


def test_the_new_file_takes_the_place_of_the_old_one_at_the_end(tmp_path):
    target = tmp_path / "deep" / "deeper" / "file.txt"
    for content in ("old", "new"):
        before = target.read_text() if target.exists() else None
        with replacing(target) as aside:
            assert aside.name == target.name
            aside.write_text(content)
            assert (target.read_text() if target.exists() else None) == before
        assert target.read_text() == content
        assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_after_an_error_the_old_file_stands_and_nothing_else(tmp_path, error):
    target = tmp_path / "file.txt"
    target.write_text("old")
    with pytest.raises(error), replacing(target) as aside:
        aside.write_text("half")
        raise error
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_whoever_writes_nothing_replaces_nothing(tmp_path):
    target = tmp_path / "file.txt"
    target.write_text("old")
    with pytest.raises(FileNotFoundError), replacing(target):
        pass
    assert target.read_text() == "old"


def test_what_a_killed_process_left_goes_after_a_day(tmp_path):
    now = time.time()
    for name, age in (("old", 90_000), ("young", 80_000)):
        leftover = tmp_path / f".lessons_src-{name}"
        leftover.mkdir()
        (leftover / "file.txt").write_text("half")
        os.utime(leftover, (now - age, now - age))
    with replacing(tmp_path / "file.txt") as aside:
        aside.write_text("whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lessons_src-young", "file.txt"]


def test_a_leftover_that_another_process_removes_first_does_no_harm(tmp_path):
    link = tmp_path / ".lessons_src-gone"  # listed, and not there when it is looked at
    link.symlink_to(tmp_path / "nowhere")
    with replacing(tmp_path / "file.txt") as aside:
        aside.write_text("whole")
    assert (tmp_path / "file.txt").read_text() == "whole"


def test_the_disk_has_the_whole_file_before_it_takes_its_place(tmp_path, monkeypatch):
    target, synced = tmp_path / "file.txt", []
    target.write_text("old")

    def fsync(descriptor):
        synced.append((os.pread(descriptor, 100, 0).decode(), target.read_text()))

    monkeypatch.setattr(os, "fsync", fsync)
    with replacing(target) as aside:
        aside.write_text("new")
    assert synced == [("new", "old")]


def test_who_has_the_old_file_open_reads_on_in_the_old_one(tmp_path):
    target = tmp_path / "file.txt"
    target.write_text("old")
    with target.open() as reader:
        with replacing(target) as aside:
            aside.write_text("new")
        assert (reader.read(), target.read_text()) == ("old", "new")
