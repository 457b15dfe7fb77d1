"""lessons_src.analysis.feature_maps."""

from lessons_src.analysis import activations
from lessons_src.models import build_model

import keras
import numpy as np
import pytest


def test_activations_are_what_the_layers_return():
    model = build_model("lenet5")
    images = np.random.default_rng(0).random((2, 32, 32, 3), dtype=np.float32)
    maps = activations(model, images, ["conv1", "dense2"])
    np.testing.assert_allclose(maps["conv1"], model.get_layer("conv1")(images), rtol=1e-5)
    assert (maps["conv1"].shape, maps["dense2"].shape) == ((2, 28, 28, 6), (2, 84))
    with pytest.raises(ValueError, match="conv9"):
        activations(model, images, ["conv9"])


def test_activations_are_those_of_inference():
    images = np.random.default_rng(0).random((4, 6, 6, 3), dtype=np.float32)
    inputs = keras.Input((6, 6, 3))
    x = keras.layers.Dropout(0.5, name="drop")(inputs)
    model = keras.Model(inputs, keras.layers.BatchNormalization(name="bn", epsilon=0)(x))
    maps = activations(model, images, ["drop", "bn"])
    np.testing.assert_array_equal(maps["drop"], images)
    np.testing.assert_allclose(maps["bn"], images, rtol=1e-6)
