"""lessons_src.analysis.gradients against a gradient worked out by hand."""

from lessons_src.analysis import gradient_norms
from lessons_src.models import build_model

import keras
import numpy as np
import pytest
from keras import layers

LABELS = np.array([0, 1, 1])


def test_the_norm_of_a_softmax_regression():
    images = np.random.default_rng(0).random((3, 2, 2, 1), dtype=np.float32)
    model = keras.Sequential(
        [
            keras.Input((2, 2, 1)),
            layers.Flatten(),
            layers.Dense(2, activation="softmax", name="answer"),
        ]
    )
    flat, answers = images.reshape(3, 4), model(images).numpy()
    gradient = flat.T @ (answers - np.eye(2)[LABELS]) / 3
    norms = gradient_norms(model, images, LABELS)
    assert norms == {"answer": pytest.approx(np.linalg.norm(gradient), rel=1e-5)}


def test_training_mode_and_each_kernel_once():
    """With all dropped in training no gradient arrives, and a layer used twice has one kernel."""
    images = keras.Input((4, 4, 2))
    shared = layers.Conv2D(2, 3, padding="same", name="shared")
    x = shared(shared(images))
    x = layers.BatchNormalization(name="no_kernel")(x)
    x = layers.SeparableConv2D(3, 3, name="separable")(x)
    x = layers.Flatten()(layers.Dropout(0.999999, seed=0)(x))
    model = keras.Model(images, layers.Dense(2, activation="softmax", name="answer")(x))
    norms = gradient_norms(model, np.ones((3, 4, 4, 2), "float32"), LABELS)
    assert norms == {"shared": 0, "separable": 0, "answer": 0}


def test_both_kernels_of_a_separable_convolution_count():
    model = keras.Sequential(
        [
            keras.Input((3, 3, 1)),
            layers.SeparableConv2D(2, 3, activation="softmax", name="separable"),
            layers.Flatten(),
        ]
    )
    image = np.random.default_rng(0).random((1, 3, 3, 1), dtype=np.float32)
    depthwise, pointwise, _ = (weight.numpy() for weight in model.weights)
    error = model(image).numpy()[0] - [1, 0]
    by_pointwise = np.sum(image[0, :, :, 0] * depthwise[:, :, 0, 0]) * error
    by_depthwise = image[0, :, :, 0] * (pointwise[0, 0, 0] @ error)
    expected = np.hypot(np.linalg.norm(by_pointwise), np.linalg.norm(by_depthwise))
    norms = gradient_norms(model, image, np.array([0]))
    assert norms == {"separable": pytest.approx(expected, rel=1e-4)}


def test_kernels_that_are_not_trained_are_left_out():
    images = np.random.default_rng(0).random((2, 32, 32, 3), dtype=np.float32)
    norms = gradient_norms(build_model("fast11", widths=(4, 4, 4)), images, LABELS[:2])
    assert list(norms)[:2] == ["block1_1_conv", "block1_2_conv"]
    assert "whiten" not in norms and all(norm > 0 for norm in norms.values())
