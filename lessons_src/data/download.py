"""Download a file without hanging and without leaving half of it."""

import contextlib
import hashlib
import http.client
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from lessons_src.errors import DownloadError
from lessons_src.files import replacing
from lessons_src.messages import note

ANSWER_SECONDS = 5.0  # for a name server to give the host's address
STALL_SECONDS = 8.0  # for the server to connect, to answer, and to send the next part
SLOWEST = 5_000  # bytes per second, below which the server counts as stalled
CHUNK = 1 << 18


def download(url: str, sha256: str, target: Path) -> None:
    """Fetch a file, and put it in place once its hash is right.

    Args:
        url: Where the file is.
        sha256: Its expected hash, in hexadecimal.
        target: Where to put it.

    Raises:
        DownloadError: If the server can't be reached, stalls, or sends something else.
    """
    try:
        _look_up(url)
        opened = urllib.request.urlopen(url, timeout=STALL_SECONDS)
        with opened as response, replacing(target) as aside:
            _receive(response, aside)
            with aside.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise OSError("not the published file: its SHA-256 hash differs")
    except (OSError, http.client.HTTPException) as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        reason = str(error).removeprefix("<urlopen error ").removesuffix(">")
        raise DownloadError(f"download from {url} failed ({reason})") from error


def _look_up(url: str) -> None:
    """Give up on a name server that does not answer, for which `urlopen` has no time limit."""
    if urllib.request.getproxies():
        return  # it looks up hosts itself
    answered = threading.Event()

    def look_up() -> None:
        with contextlib.suppress(OSError):  # `urlopen` will say so
            socket.getaddrinfo(urllib.parse.urlsplit(url).hostname, None)
        answered.set()

    threading.Thread(target=look_up, daemon=True).start()
    if not answered.wait(ANSWER_SECONDS):
        raise TimeoutError(f"no address of the host within {ANSWER_SECONDS:g} s")


def _receive(response: http.client.HTTPResponse, target: Path) -> None:
    """Write what a server sends, as long as it sends it fast enough."""
    with target.open("wb") as file:
        since, before = time.monotonic(), 0
        while chunk := response.read1(CHUNK):
            file.write(chunk)
            seconds, count = time.monotonic() - since, file.tell()
            if seconds > STALL_SECONDS:
                if count - before < SLOWEST * seconds:
                    raise TimeoutError(f"only {count - before} bytes came in {seconds:.1f} s")
                note(f"Downloading {target.name}: {count / 1e6:.0f} MB so far")
                since, before = time.monotonic(), count
        if response.length:
            raise OSError(f"it broke off after {file.tell():,} bytes")
