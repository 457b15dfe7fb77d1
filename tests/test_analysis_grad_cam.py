"""lessons_src.analysis.grad_cam against a network small enough to differentiate by hand."""

from lessons_src import analysis
from lessons_src.models import build_model

import keras
import numpy as np
import pytest
from keras import layers

PIXELS = np.random.default_rng(0).uniform(size=(2, 2, 3, 2))


def pooled(*head, bias=True):
    """Return a network whose map is its image, and the dense weights after global pooling."""
    images = keras.Input((2, 3, 2))
    x = layers.Conv2D(2, 1, use_bias=False, name="maps")(images)
    x = layers.GlobalAveragePooling2D()(x)
    for layer in head:
        x = layer(x)
    model = keras.Model(images, x, name="pooled")
    dense = np.array([[1.0, -1.0], [-2.0, 3.0]])
    biases = [np.array([5.0, 0.0])] if bias else []
    model.set_weights([np.eye(2).reshape(1, 1, 2, 2), dense, *biases])
    return model, dense


@pytest.mark.parametrize(
    "head",
    [
        lambda: [layers.Dense(2, activation="softmax")],
        lambda: [layers.Dense(2), layers.Softmax()],
        lambda: [layers.Dense(2), layers.Activation("softmax")],
    ],
)
def test_a_channel_weighs_its_dense_weight_over_the_pixels(head):
    model, dense = pooled(*head())
    found = analysis.grad_cam(model, PIXELS, "maps", np.array([0, 1]))
    expected = [np.maximum(PIXELS[i] @ dense[:, i], 0) / 6 for i in (0, 1)]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_a_dense_softmax_needs_no_bias():
    model, dense = pooled(layers.Dense(2, activation="softmax", use_bias=False), bias=False)
    found = analysis.grad_cam(model, PIXELS, "maps", np.array([1, 0]))
    expected = [np.maximum(PIXELS[i] @ dense[:, 1 - i], 0) / 6 for i in (0, 1)]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_it_works_at_inference():
    model, dense = pooled(layers.Dropout(0.9), layers.Dense(2, activation="softmax"))
    found = analysis.grad_cam(model, PIXELS, "maps", np.array([1, 1]))
    np.testing.assert_allclose(found, np.maximum(PIXELS @ dense[:, 1], 0) / 6, rtol=1e-5)


def test_maps_keep_their_own_side():
    model = build_model("fast11", widths=(4, 4, 4))
    images = np.random.default_rng(0).uniform(size=(2, 32, 32, 3))
    assert analysis.grad_cam(model, images, "block2_3_act", np.array([3, 4])).shape == (2, 7, 7)
    with pytest.raises(ValueError, match="No such layer"):
        analysis.grad_cam(model, images, "none", np.array([3, 4]))


def nested():
    scores = keras.Sequential([keras.Input((2,)), layers.Dense(2), layers.Softmax()], name="scores")
    return [scores]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (lambda: [layers.Dense(2, name="scores")], "scores"),
        (lambda: [layers.Dense(2), layers.Activation("sigmoid", name="sigmoid")], "sigmoid"),
        (lambda: [layers.Dense(2, activation="sigmoid", name="scores")], "scores"),
        (lambda: [layers.Dense(2), layers.Rescaling(0.1, name="cool")], "cool"),
        (nested, "scores"),
    ],
)
def test_other_ends_are_refused_by_name(head, name):
    model, _ = pooled(*head())
    with pytest.raises(ValueError, match=f"pooled ends in {name}, which is no softmax"):
        analysis.grad_cam(model, PIXELS, "maps", np.array([0, 1]))
