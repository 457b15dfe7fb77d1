"""lessons_src.training.live_curves: one figure, redrawn in its place after each epoch."""

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
        self.drawn.append(picture.data)


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
