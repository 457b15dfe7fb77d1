"""Progress of a training run, in lines that suit a notebook, a terminal and a log alike."""

import time
from typing import IO

import keras


class Progress(keras.callbacks.Callback):
    """Print a line an epoch, and one every `seconds` within a long epoch.

    Args:
        stream: Where to print; standard output by default.
        seconds: The longest silence.
    """

    def __init__(self, stream: IO[str] | None = None, seconds: float = 15):
        super().__init__()
        self.stream, self.seconds = stream, seconds

    def on_epoch_begin(self, epoch, logs=None):
        """Start the epoch's clock."""
        self.epoch, self.begin = epoch, time.perf_counter()
        self.spoken = self.begin

    def on_train_batch_end(self, batch, logs=None):
        """Say how far the epoch is, if nothing was said for a while."""
        now = time.perf_counter()
        if now - self.spoken > self.seconds:
            self.spoken = now
            steps = self.params["steps"]
            left = (now - self.begin) / (batch + 1) * (steps - batch - 1)
            self._say(f"step {batch + 1}/{steps}, {left:.0f} s left in this epoch", logs)

    def on_epoch_end(self, epoch, logs=None):
        """Say how the epoch ended."""
        self._say(f"{time.perf_counter() - self.begin:.1f} s", logs)

    def _say(self, text, logs):
        values = ", ".join(f"{name} {value:.3f}" for name, value in (logs or {}).items())
        epochs = self.params["epochs"]
        print(f"epoch {self.epoch + 1}/{epochs}: {text}, {values}", file=self.stream, flush=True)
