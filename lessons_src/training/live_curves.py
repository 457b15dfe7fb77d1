"""Accuracy and loss drawn while a network trains."""

from lessons_src.figures import curves, show

import keras
from IPython.display import display


class LiveCurves(keras.callbacks.Callback):
    """Draw accuracy and loss in the notebook, in one output that is renewed after each epoch.

    Args:
        label: What the figure calls the run.
    """

    def __init__(self, label: str):
        super().__init__()
        self.label = label
        self.history: dict[str, list[float]] = {}
        self.output = None

    def on_epoch_end(self, epoch, logs=None):
        """Add the epoch to the curves."""
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(float(value))
        last = {name: f"{values[-1]:.1%}" for name, values in self.history.items()}
        picture = show(
            curves({self.label: self.history}),
            f"{self.label}, accuracy and loss up to epoch {epoch + 1}: accuracy "
            f"{last['accuracy']} in training, {last['val_accuracy']} on validation images",
        )
        if self.output is None:
            self.output = display(picture, display_id=True)
        else:
            self.output.update(picture)
