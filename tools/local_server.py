"""A folder served on this machine, for tests and benchmarks that open it in a browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class QuietFiles(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_):
        """Print nothing."""


class LocalServer(ThreadingHTTPServer):
    """A server on this machine alone."""

    @property
    def address(self) -> str:
        """Return where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def served(
    folder: Path, handler: type[SimpleHTTPRequestHandler] = QuietFiles
) -> Iterator[LocalServer]:
    """Serve a folder while the context lasts.

    Args:
        folder: What is served.
        handler: Answers the requests.
    """
    with LocalServer(("127.0.0.1", 0), partial(handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
