"""Progress of a training run, in lines that suit a notebook, a terminal and a log alike."""

import time
from typing import IO

import keras

LONGEST_SILENCE = 15  # seconds


class Progress(keras.callbacks.Callback):
    """Print a line per epoch, and others within an epoch that takes long.

    Args:
        stream: Where to print; standard output by default.
    """

    def __init__(self, stream: IO[str] | None = None):
        super().__init__()
        self.stream = stream

    def on_epoch_begin(self, epoch, logs=None):
        """Start the epoch's clock."""
        self.epoch, self.begin = epoch, time.perf_counter()
        self.last_line = self.begin

    def on_train_batch_end(self, batch, logs=None):
        """Print how far the epoch is, if the last line was long ago."""
        now = time.perf_counter()
        if now - self.last_line > LONGEST_SILENCE:
            self.last_line = now
            steps = self.params["steps"]
            left = (now - self.begin) / (batch + 1) * (steps - batch - 1)
            self._print(f"step {batch + 1}/{steps}, {left:.0f} s left in this epoch", logs)

    def on_epoch_end(self, epoch, logs=None):
        """Print how the epoch ended."""
        self._print(f"{time.perf_counter() - self.begin:.1f} s", logs)

    def _print(self, text, logs):
        values = ", ".join(f"{name} {value:.3f}" for name, value in (logs or {}).items())
        epochs = self.params["epochs"]
        print(f"epoch {self.epoch + 1}/{epochs}: {text}, {values}", file=self.stream, flush=True)
