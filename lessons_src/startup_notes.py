"""Keep TensorFlow's start-up notes, which look like errors, out of a terminal."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# What TensorFlow's C++ side writes before its log level is in force, whatever TF_CPP_MIN_LOG_LEVEL.
NOTES = (b"I0000", b"WARNING: All log messages before absl", b"E0000")

# A process of its own, since it must pass on what a native crash says after the crash.
FILTER = f"""
import sys
for line in sys.stdin.buffer:
    if not line.startswith({NOTES!r}):
        sys.stderr.buffer.write(line)
        sys.stderr.buffer.flush()
"""


@contextmanager
def without_startup_notes() -> Iterator[None]:
    """Pass on all that the process writes to stderr, C++ included, except the notes."""
    sys.stderr.flush()
    stderr = os.dup(2)
    command = [sys.executable, "-I", "-S", "-c", FILTER]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as passing:
        assert passing.stdin is not None
        os.dup2(passing.stdin.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
