"""lessons_src.layers.whitening: the patches come out decorrelated, with their negatives."""

from lessons_src.layers import whitening
from lessons_src.layers.whitening import PatchWhitening

import keras
import numpy as np
import pytest


@pytest.fixture(scope="module")
def images():
    """Smooth images, so that the pixels of a patch are alike, as in photographs."""
    coarse = np.random.default_rng(0).uniform(size=(300, 4, 4, 3))
    return np.array(keras.ops.image.resize(coarse, (32, 32)))


def test_patches_come_out_decorrelated_with_mean_zero(images):
    whiten = PatchWhitening(24, 2, noise=0.0)
    whiten.adapt(images)
    maps = np.array(whiten(images))
    assert maps.shape == (300, 31, 31, 24)
    patches = maps[..., :12].reshape(-1, 12)
    np.testing.assert_allclose(patches.mean(axis=0), 0, atol=0.01)
    np.testing.assert_allclose(np.cov(patches, rowvar=False), np.eye(12), atol=0.01)


def test_the_second_half_is_the_negative_of_the_first(images):
    whiten = PatchWhitening(24, 2)
    whiten.adapt(images)
    maps = np.array(whiten(images[:4]))
    np.testing.assert_allclose(maps[..., 12:], -maps[..., :12], atol=1e-4)


def test_faint_directions_are_not_blown_up(images):
    grey = np.repeat(images.mean(axis=-1, keepdims=True), 3, axis=-1)  # 8 of 12 directions empty
    whiten = PatchWhitening(24, 2)
    whiten.adapt(grey)
    assert np.abs(whiten(grey)).max() < 100


def test_nothing_is_trained(images):
    whiten = PatchWhitening(24, 2)
    whiten.adapt(images)
    assert whiten.trainable_weights == [] and len(whiten.non_trainable_weights) == 2


def test_a_wrong_number_of_filters_is_refused(images):
    with pytest.raises(ValueError, match="needs 24 filters, not 16"):
        PatchWhitening(16, 2).adapt(images)


def test_noise_of_a_thousandth_is_added_before_scaling():
    images = np.random.default_rng(0).normal(0.5, 0.05, (60, 12, 12, 1)).astype("float32")
    for options, expected in (({}, 0.0025 / 0.0035), ({"noise": 0.01}, 0.0025 / 0.0125)):
        whiten = PatchWhitening(8, 2, **options)
        whiten.adapt(images)
        variances = np.var(whiten(images), axis=(0, 1, 2))
        np.testing.assert_allclose(variances, expected, rtol=0.15)


def test_the_first_images_alone_are_used(images, monkeypatch):
    monkeypatch.setattr(whitening, "PATCHES_OF", 20)
    few, many = PatchWhitening(24, 2), PatchWhitening(24, 2)
    few.adapt(images[:20])
    many.adapt(images)
    np.testing.assert_array_equal(few.get_weights()[0], many.get_weights()[0])


def test_a_layer_comes_back_from_its_configuration():
    layer = PatchWhitening(8, 2, noise=0.5, name="whiten")
    again = PatchWhitening.from_config(layer.get_config())
    assert (again.noise, again.filters, again.kernel_size) == (0.5, 8, (2, 2))
    assert (again.name, again.trainable) == ("whiten", False)
