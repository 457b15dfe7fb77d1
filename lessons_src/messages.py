"""One-line messages on stderr for a person who waits: notes, and how far a reading is."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

SECONDS_BETWEEN_REPORTS = 2.0

Item = TypeVar("Item")


def note(message: str) -> None:
    """Write one line to stderr at once."""
    print(message, file=sys.stderr, flush=True)


def with_progress(files: Iterable[Item], label: str) -> Iterator[Item]:
    """Yield the files unchanged, and note every two seconds how many there were."""
    reported = time.monotonic()
    for count, file in enumerate(files, start=1):
        if time.monotonic() - reported > SECONDS_BETWEEN_REPORTS:
            note(f"{label}: {count:,} files so far")
            reported = time.monotonic()
        yield file
