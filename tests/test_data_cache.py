"""lessons_src.data.cache: arrays are kept as long as what they are made from stays as it was."""

import os

from lessons_src.data import cache
from lessons_src.data.cache import cache_folder, cached

import numpy as np
import pytest


@pytest.fixture
def source(monkeypatch, tmp_path):
    """A file, and how often arrays were made from it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "source.bin"
    file.write_bytes(b"abc")
    return file, []


def load(source, name="some"):
    file, built = source

    def build():
        built.append(file.read_bytes())
        return {"x": np.array(built[-1]), "count": np.array(len(built))}

    return cached(name, [file], build)


def test_arrays_are_made_once_and_come_back_as_they_were(source):
    first, again = load(source), load(source)
    assert source[1] == [b"abc"]
    assert first.keys() == again.keys() == {"x", "count"}
    assert again["x"] == b"abc" and again["count"] == 1
    [kept] = cache_folder().iterdir()
    assert kept.name.startswith("some-") and kept.suffix == ".npz"


def test_another_time_size_path_name_or_format_means_other_arrays(source, monkeypatch, tmp_path):
    file, built = source
    load(source)
    file.write_bytes(b"abd")
    os.utime(file, ns=(0, 1))
    assert load(source)["x"] == b"abd"
    file.write_bytes(b"abcd")
    os.utime(file, ns=(0, 1))
    assert load(source)["x"] == b"abcd"
    load(source, "other")
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    load(source)
    moved = tmp_path / "moved.bin"
    file.rename(moved)
    load((moved, built))
    assert len(built) == 6


def test_a_damaged_file_is_made_again_and_told(source, capsys):
    load(source)
    [kept] = cache_folder().iterdir()
    kept.write_bytes(b"no archive")
    assert load(source)["count"] == 2
    assert f"The cache file {kept} is damaged" in capsys.readouterr().err
    assert load(source)["count"] == 2 and capsys.readouterr().err == ""


def test_without_a_variable_the_cache_is_in_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    for value in (None, ""):
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        if value is not None:
            monkeypatch.setenv("XDG_CACHE_HOME", value)
        assert cache_folder() == tmp_path / ".cache" / "lessons_src"
