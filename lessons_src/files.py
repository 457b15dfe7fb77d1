"""Replace a file in one step: whoever reads it sees the old one or the whole new one."""

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ASIDE_PREFIX = ".lessons_src-"

LEFTOVER_SECONDS = 86_400


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write aside, which takes the target's place if all goes well.

    Whoever reads the target sees the old file or the whole new one, even after a kill or a loss of
    power.

    Args:
        target: The file; its folder is made if it does not exist.

    Yields:
        A path with the target's name in a folder beside it, on the same file system.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    for leftover in target.parent.glob(f"{ASIDE_PREFIX}*"):
        with contextlib.suppress(FileNotFoundError):  # another process may remove it first
            if time.time() - leftover.stat().st_mtime > LEFTOVER_SECONDS:
                shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        prefix=ASIDE_PREFIX, dir=target.parent, ignore_cleanup_errors=True
    ) as folder:
        aside = Path(folder) / target.name
        yield aside
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
        aside.replace(target)
