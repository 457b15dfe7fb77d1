"""lessons_src.diagnosis: each measure against a case worked out by hand."""

from lessons_src import analysis
from lessons_src.models import build_model

import keras
import numpy as np
import pytest
from keras import layers


def brighter_side(height=4, width=4):
    """Return a network of no training: class 1 where the right half is the brighter one."""
    images = keras.Input((height, width, 1))
    x = layers.Conv2D(2, 1, use_bias=False, name="maps")(images)
    x = layers.Flatten()(x)
    model = keras.Model(images, layers.Dense(2, activation="softmax", name="answer")(x))
    right = np.tile(np.repeat([0.0, 1.0], width // 2), height)
    weights = np.zeros((height * width, 2, 2))
    weights[:, 0, 0], weights[:, 0, 1] = 10 * (1 - right), 10 * right
    kernels = np.array([1.0, 0.0]).reshape(1, 1, 1, 2)
    model.set_weights([kernels, weights.reshape(-1, 2), np.zeros(2)])
    return model


def test_confusion_matrix_has_classes_in_rows_and_answers_in_columns():
    counts = analysis.confusion_matrix(np.array([0, 0, 0, 2]), np.array([0, 1, 1, 2]), 3)
    np.testing.assert_array_equal(counts, [[1, 2, 0], [0, 0, 0], [0, 0, 1]])


def test_the_surest_mistakes_come_first():
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.05, 0.95], [0.3, 0.7]])
    labels = np.array([0, 0, 0, 1])
    found = analysis.most_confident_mistakes(probabilities, labels, 5)
    np.testing.assert_array_equal(found, [2, 1])
    assert len(analysis.most_confident_mistakes(probabilities, labels, 1)) == 1


def test_reliability_by_hand():
    sure, unsure = [0.9, 0.1], [0.4, 0.6]
    probabilities = np.array([sure, sure, sure, sure, unsure, unsure])
    labels = np.array([0, 0, 0, 1, 1, 0])  # 3 of 4 right at 0.9, 1 of 2 right at 0.6
    bins = analysis.reliability(probabilities, labels, bins=5)
    np.testing.assert_array_equal(bins.counts, [0, 0, 2, 0, 4])
    np.testing.assert_allclose(bins.confidence[[2, 4]], [0.6, 0.9])
    np.testing.assert_allclose(bins.accuracy[[2, 4]], [0.5, 0.75])
    assert np.isnan(bins.accuracy[[0, 1, 3]]).all()
    assert bins.error == pytest.approx((2 * 0.1 + 4 * 0.15) / 6)


def test_certainty_has_a_bin():
    bins = analysis.reliability(np.array([[1.0, 0.0]]), np.array([0]), bins=4)
    np.testing.assert_array_equal(bins.counts, [0, 0, 0, 1])
    assert bins.error == 0


def test_grad_cam_by_hand():
    """With global average pooling a channel's weight is its dense weight over the pixels."""
    images = keras.Input((2, 3, 2))
    x = layers.Conv2D(2, 1, use_bias=False, name="maps")(images)
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(images, layers.Dense(2, activation="softmax")(x))
    dense = np.array([[1.0, -1.0], [-2.0, 3.0]])
    model.set_weights([np.eye(2).reshape(1, 1, 2, 2), dense, np.array([5.0, 0.0])])
    pixels = np.random.default_rng(0).uniform(size=(2, 2, 3, 2))
    found = analysis.grad_cam(model, pixels, "maps", np.array([0, 1]))
    expected = [np.maximum(pixels[i] @ dense[:, i], 0) / 6 for i in (0, 1)]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_grad_cam_looks_past_a_softmax_layer():
    model = build_model("fast11", widths=(4, 4, 4))
    images = np.random.default_rng(0).uniform(size=(2, 32, 32, 3))
    assert analysis.grad_cam(model, images, "block2_3_act", np.array([3, 4])).shape == (2, 7, 7)
    with pytest.raises(ValueError, match="No such layer"):
        analysis.grad_cam(model, images, "none", np.array([3, 4]))
    headless = keras.Model(model.inputs, model.get_layer("cool").output)
    with pytest.raises(ValueError, match="cool, which is no softmax"):
        analysis.grad_cam(headless, images, "block2_3_act", np.array([3, 4]))


def test_shifted_moves_and_mirrors():
    image = np.arange(6).reshape(1, 2, 3, 1)
    right = analysis.shifted(image, 0, 1)[0, ..., 0]
    np.testing.assert_array_equal(right, [[1, 0, 1], [4, 3, 4]])
    up = analysis.shifted(image, -1, 0)[0, ..., 0]
    np.testing.assert_array_equal(up, [[3, 4, 5], [0, 1, 2]])
    assert analysis.shifted(image, 0, 0) is image


def test_accuracy_by_shift_is_the_mean_of_four_directions():
    image = np.zeros((1, 4, 4, 1))
    image[0] = [[0], [1], [0.5], [0]]  # one step to the right it is 1, 0, 1, 0.5
    found = analysis.accuracy_by_shift(brighter_side(), image, np.array([0]), [0, 1])
    assert found == {0: 1.0, 1: 0.75}


def test_accuracy_by_noise_falls_and_repeats():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 200)
    images = np.full((200, 4, 4, 1), 0.4)
    for image, label in zip(images, labels, strict=True):
        image[:, 2 * label : 2 * label + 2] = 0.6
    model = brighter_side()
    found = analysis.accuracy_by_noise(model, images, labels, [0, 0.2, 1])
    assert found[0] == 1 > found[0.2] > found[1] > 0.5
    assert found == analysis.accuracy_by_noise(model, images, labels, [0, 0.2, 1])


def test_flips_average_an_image_and_its_mirror():
    images = np.random.default_rng(0).uniform(size=(3, 4, 4, 1))
    found = analysis.predict_with_flips(brighter_side(), images)
    np.testing.assert_allclose(found, 0.5, atol=1e-6)  # what is left here is right there
