"""Decoded arrays, kept on disk so that a slow source is read once."""

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from lessons_src.files import replacing
from lessons_src.messages import note

import numpy as np

Arrays = dict[str, Any]

# Raise it when the arrays of an unchanged source would come out otherwise.
FORMAT = 2


def cache_folder() -> Path:
    """Give the user's cache folder for this package."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "lessons_src"


def cached(name: str, files: Iterable[str | Path], build: Callable[[], Arrays]) -> Arrays:
    """Load arrays from the cache, or build and keep them.

    Args:
        name: What the arrays hold, the beginning of the cache file's name.
        files: Absolute paths of what the arrays are made from; another path, size or time of
            change means other arrays.
        build: Makes the arrays.

    Returns:
        The arrays, by name.
    """
    path = cache_folder() / f"{name}-{_key(files)}.npz"
    if path.exists():
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                return {key: stored[key] for key in stored.files}  # verifies their checksums
        except Exception as error:  # damage can show as almost anything
            note(f"The cache file {path} is damaged ({error}); building it again.")
    arrays = build()
    try:
        with replacing(path) as aside:
            np.savez(aside, **arrays)
    except OSError as error:
        note(f"The decoded images can't be kept for the next time: {error}")
    return arrays


def _key(files: Iterable[str | Path]) -> str:
    digest = hashlib.sha256(str(FORMAT).encode())
    for file in files:
        status = os.stat(file)  # noqa: PTH116 (there may be 60,000: a Path costs as much again)
        digest.update(f"\n{file}|{status.st_size}|{status.st_mtime_ns}".encode())
    return digest.hexdigest()[:16]
