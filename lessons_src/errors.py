"""The errors that the package raises on purpose; each message names what is wrong and the remedy.

The command line prints these in one line. Any other exception is a bug and keeps its traceback.
"""

from collections.abc import Iterable


class BookError(Exception):
    """Something that the reader can mend: the base of the package's own errors."""


class UsageError(BookError, ValueError):
    """An unknown name, or a setting that does not fit: the message names what would."""


def unknown(kind: str, name: object, known: Iterable[str]) -> UsageError:
    """Return the error for a name that is none of the known ones.

    Args:
        kind: What is named, such as "recipe".
        name: The name that was given.
        known: The names that there are.
    """
    return UsageError(f"unknown {kind} {name!r}; the known ones are {', '.join(known)}")


class DatasetError(BookError):
    """A data set or picture can't be had: the message names the file and the remedy."""


class DownloadError(DatasetError):
    """A download failed: the message says from where and why."""


class RunError(BookError, RuntimeError):
    """A run directory that cannot be used: another run's, or damaged."""


class RecordError(BookError, ValueError):
    """A record, or the weights beside one, that cannot be read, or is not kept."""
