"""lessons_src.analysis.robustness: each measure against a case worked out by hand."""

from lessons_src import analysis

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


def test_shifted_moves_and_mirrors():
    image = np.arange(12).reshape(1, 4, 3, 1)
    right = analysis.shifted(image, 0, 1)[0, ..., 0]
    np.testing.assert_array_equal(right, [[1, 0, 1], [4, 3, 4], [7, 6, 7], [10, 9, 10]])
    left = analysis.shifted(image, 0, -2)[0, ..., 0]
    np.testing.assert_array_equal(left, [[2, 1, 0], [5, 4, 3], [8, 7, 6], [11, 10, 9]])
    up = analysis.shifted(image, -1, 0)[0, ..., 0]
    np.testing.assert_array_equal(up, [[3, 4, 5], [6, 7, 8], [9, 10, 11], [6, 7, 8]])
    down_and_right = analysis.shifted(image, 2, 1)[0, ..., 0]
    np.testing.assert_array_equal(down_and_right, [[7, 6, 7], [4, 3, 4], [1, 0, 1], [4, 3, 4]])
    assert analysis.shifted(image, 0, 0) is image


@pytest.mark.parametrize(("down", "right"), [(1, 0), (-2, 1), (0, -3), (2, 2), (-1, -1)])
def test_each_pixel_comes_from_where_the_shift_says(down, right):
    images = np.arange(2 * 4 * 5 * 3).reshape(2, 4, 5, 3)

    def source(at, side):  # mirrored at the first and the last pixel
        return -at if at < 0 else 2 * (side - 1) - at if at >= side else at

    rows = [source(row - down, 4) for row in range(4)]
    columns = [source(column - right, 5) for column in range(5)]
    expected = images[:, rows][:, :, columns]
    np.testing.assert_array_equal(analysis.shifted(images, down, right), expected)


def test_accuracy_by_shift_is_the_mean_of_four_directions():
    image = np.zeros((1, 4, 4, 1))
    image[0] = [[0], [1], [0.5], [0]]  # one step to the right it is 1, 0, 1, 0.5
    found = analysis.accuracy_by_shift(brighter_side(), image, np.array([0]), [0, 1])
    assert found == {0: 1.0, 1: 0.75}


def test_each_of_the_four_directions_moves_by_the_distance():
    """The network names the pixel that is bright: one label per direction is right."""
    image = np.zeros((7, 7, 1))
    image[3, 3] = 1
    model = keras.Sequential([keras.Input((7, 7, 1)), layers.Flatten()])
    for distance in (1, 2):
        ways = [(-distance, 0), (distance, 0), (0, -distance), (0, distance)]
        for down, right in ways:
            label = np.array([7 * (3 + down) + 3 + right])
            found = analysis.accuracy_by_shift(model, image[None], label, [distance])
            assert found == {distance: 0.25}


def test_accuracy_by_noise_is_that_of_the_same_noise_scaled_and_cut_off():
    rng = np.random.default_rng(1)
    labels = rng.integers(0, 2, 200)
    images = np.full((200, 4, 4, 1), 0.4)
    for image, label in zip(images, labels, strict=True):
        image[:, 2 * label : 2 * label + 2] = 0.6
    noise = np.random.default_rng(0).standard_normal(images.shape, np.float32)
    expected = {}
    for deviation in (0, 0.2, 1):
        noisy = np.minimum(np.maximum(images + deviation * noise, 0), 1)
        right_half, left_half = noisy[:, :, 2:].sum((1, 2, 3)), noisy[:, :, :2].sum((1, 2, 3))
        expected[deviation] = np.mean((right_half > left_half) == labels)
    assert expected[0] == 1 > expected[0.2] > expected[1] > 0.5
    model = brighter_side()
    assert analysis.accuracy_by_noise(model, images, labels, [0, 0.2, 1]) == expected
    other = analysis.accuracy_by_noise(model, images, labels, [0.2, 1], seed=1)
    assert other != {deviation: expected[deviation] for deviation in (0.2, 1)}
