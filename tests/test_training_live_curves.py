"""lessons_src.training.live_curves: one figure, redrawn in its place after each epoch."""

from unittest.mock import Mock

from lessons_src.training import live_curves
from lessons_src.training.live_curves import LiveCurves

import keras
import numpy as np
import pytest

pytestmark = pytest.mark.slow


class Place:
    """Stands for a place in a notebook; keeps what was drawn there."""

    def __init__(self, first):
        self.drawn = [first.data]

    def update(self, picture):
        self.drawn.append(getattr(picture, "data", None))


def test_curves_are_redrawn_in_one_place_after_each_epoch(monkeypatch):
    places = []

    def display(picture, display_id):
        assert display_id is True
        places.append(Place(picture))
        return places[-1]

    monkeypatch.setattr(live_curves, "display", display)
    x, y = np.eye(4, dtype="float32"), np.arange(4)
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4, activation="softmax")])
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    live = LiveCurves("tiny")
    model.fit(x, y, validation_data=(x, y), epochs=3, verbose=0, callbacks=[live])
    [place] = places
    assert [f"up to epoch {epoch}" in html for epoch, html in enumerate(place.drawn, 1)] == [
        True
    ] * 3
    assert len(live.history["val_loss"]) == 3


def test_readers_who_cannot_see_are_told_the_last_accuracies(monkeypatch):
    told = []
    monkeypatch.setattr(live_curves, "show", lambda figure, alt: told.append((figure, alt)))
    monkeypatch.setattr(live_curves, "display", lambda picture, display_id: Place(Mock()))
    live = LiveCurves("tiny")
    logs = {"accuracy": 0.5, "loss": 2.0, "val_accuracy": 0.25, "val_loss": 3.0}
    live.on_epoch_end(0, logs)
    live.on_epoch_end(1, {**logs, "accuracy": 0.75, "val_loss": 2.5})
    figure, alt = told[-1]
    assert alt == (
        "tiny, accuracy and loss up to epoch 2: accuracy 75.0% in training, "
        "25.0% on validation images"
    )
    accuracy, loss = figure.axes
    assert [list(line.get_ydata()) for line in accuracy.lines] == [[0.5, 0.75], [0.25, 0.25]]
    assert [list(line.get_ydata()) for line in loss.lines] == [[2.0, 2.0], [3.0, 2.5]]
