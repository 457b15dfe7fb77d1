"""Download a file into Keras' cache without hanging and without leaving half of it."""

import contextlib
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from lessons_src.errors import DownloadError
from lessons_src.files import replacing

ANSWER_SECONDS = 5.0  # to look up the host, connect and answer
STALL_SECONDS = 8.0  # in which the file must have grown


def download(url: str, sha256: str, target: Path) -> None:
    """Fetch a file with Keras' downloader, and put it in place once its hash is right.

    Args:
        url: Where the file is.
        sha256: Its expected hash, in hexadecimal.
        target: Where to put it.

    Raises:
        DownloadError: If the server can't be reached, stalls, or sends something else.
    """
    try:
        _bounded(lambda: _knock(url), ANSWER_SECONDS)
        import keras  # only now: it takes seconds, and without a network it isn't needed

        with replacing(target) as aside, _socket_timeout(), contextlib.redirect_stdout(sys.stderr):
            _bounded(
                lambda: keras.utils.get_file(
                    fname=aside.name,
                    origin=url,
                    file_hash=sha256,
                    cache_dir=str(aside.parent),
                    cache_subdir="",
                ),
                STALL_SECONDS,
                progress=lambda: _size(aside),
            )
    except Exception as error:  # get_file raises bare Exceptions
        if isinstance(error.__context__, urllib.error.HTTPError):
            error.__context__.close()  # get_file leaves the connection open
        reason = getattr(error, "reason", error)
        raise DownloadError(f"download from {url} failed ({reason})") from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # not begun, or just removed by get_file after an error
        return 0


def _knock(url: str) -> None:
    request = urllib.request.Request(url, method="HEAD")
    try:
        urllib.request.urlopen(request, timeout=ANSWER_SECONDS).close()
    except urllib.error.HTTPError as error:
        error.close()  # it answered; get_file reports what it says


def _bounded(
    call: Callable[[], object], seconds: float, progress: Callable[[], int] = lambda: 0
) -> None:
    """Run a call in a thread, as looking up a host has no time-out, and watch its progress."""
    errors: list[Exception] = []

    def work() -> None:
        try:
            call()
        except Exception as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    seen, since = progress(), time.monotonic()
    while thread.is_alive():
        thread.join(0.1)
        if progress() != seen:
            seen, since = progress(), time.monotonic()
        elif thread.is_alive() and time.monotonic() - since > seconds:
            raise TimeoutError(f"nothing came for {seconds:g} s")
    if errors:
        raise errors[0]


@contextlib.contextmanager
def _socket_timeout() -> Iterator[None]:
    """Let an abandoned thread end by itself: get_file sets no time-out."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(STALL_SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
