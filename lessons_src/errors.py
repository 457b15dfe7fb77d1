"""The errors that the package raises on purpose; each message names what is wrong and the remedy.

The command line prints these in one line. Any other exception is a bug and keeps its traceback.
"""


class BookError(Exception):
    """Something that the reader can mend: the base of the package's own errors."""


class DatasetError(BookError):
    """A data set or picture can't be had: the message names the file and the remedy."""


class DownloadError(DatasetError):
    """A download failed: the message says from where and why."""


class RunError(BookError, RuntimeError):
    """A run directory that cannot be used: another run's, or damaged."""
