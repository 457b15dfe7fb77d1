"""Fast11's convolutions begin as the identity, as far as there are channels."""

from lessons_src.models.fast11 import PartialIdentity

import keras
import numpy as np
import pytest
from keras import layers


def convolved(images, filters):
    keras.utils.set_random_seed(0)
    conv = layers.Conv2D(
        filters, 3, padding="same", use_bias=False, kernel_initializer=PartialIdentity()
    )
    return conv(images).numpy(), conv.kernel.numpy()


def test_the_first_filters_copy_the_channels_and_the_others_are_drawn():
    images = np.random.default_rng(0).uniform(size=(2, 5, 5, 4)).astype("float32")
    maps, kernel = convolved(images, filters=300)
    np.testing.assert_allclose(maps[..., :4], images, rtol=1e-6)
    drawn, limit = kernel[..., 4:], (3 * 3 * 4) ** -0.5
    assert np.abs(drawn).max() <= limit
    assert drawn.std() == pytest.approx(limit / 3**0.5, rel=0.02)  # uniform


def test_with_fewer_filters_than_channels_each_filter_copies_one():
    images = np.random.default_rng(0).uniform(size=(2, 5, 5, 4)).astype("float32")
    maps, _ = convolved(images, filters=3)
    np.testing.assert_allclose(maps, images[..., :3], rtol=1e-6)
