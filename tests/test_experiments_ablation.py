"""lessons_src.experiments.ablation: the note's recipe, and what running statistics cost."""

from dataclasses import asdict

from lessons_src.data.dataset import SPLITS, Dataset
from lessons_src.experiments import EXPERIMENTS
from lessons_src.experiments.ablation import RECIPE, SEEDS, recomputed
from lessons_src.training.recipes import NOTE

import keras
import numpy as np
import pytest
from experiment_helpers import noise_images


def test_it_trains_as_the_note_does():
    differ = {key for key, value in asdict(RECIPE).items() if value != asdict(NOTE)[key]}
    assert differ == {"name", "test_curve"}
    assert not RECIPE.test_curve and SEEDS == (0, 1, 2, 3, 4)


@pytest.mark.parametrize(
    "variant",
    [v for e in EXPERIMENTS.values() for v in e.variants if v.recipe.name.startswith("ablation")],
    ids=lambda variant: variant.network,
)
def test_what_normalizes_is_measured_without_lag(variant):
    layers = variant.untrained(noise_images()).layers
    normalizes = any(isinstance(layer, keras.layers.BatchNormalization) for layer in layers)
    assert variant.measure is (recomputed if normalizes else None)


def test_statistics_that_lag_are_told_by_the_accuracy_of_recomputed_ones():
    labels = np.arange(100) % 10
    images = np.uint8(255) * np.eye(10, dtype="uint8")[labels].reshape(-1, 1, 10, 1)
    splits = {f"x_{split}": images for split in SPLITS} | {f"y_{split}": labels for split in SPLITS}
    splits["y_train"] = (labels + 1) % 10
    bright = Dataset(**splits, class_names=tuple("0123456789"), name="bright", source="drawn")
    inputs = keras.Input((1, 10, 1))
    x = keras.layers.BatchNormalization(name="bn")(keras.layers.Flatten()(inputs))
    scores = keras.layers.Dense(10, use_bias=False, name="scores")(x)
    model = keras.Model(inputs, keras.layers.Softmax()(scores))
    model.get_layer("scores").set_weights([np.eye(10)])
    model.get_layer("bn").moving_mean.assign([0.0] * 9 + [-99.0])  # so it always answers 9
    before = model.get_weights()
    assert recomputed(model, bright) == {"recomputed": 1.0}
    for ours, theirs in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(ours, theirs)
