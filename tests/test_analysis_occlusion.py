"""lessons_src.analysis.occlusion: the square is where it should be, and so is what it takes."""

from lessons_src.analysis import covered, occlusion_map

import keras
import numpy as np
import pytest
from keras import layers

IMAGE = np.random.default_rng(0).random((6, 8, 3), np.float32)


class Share(layers.Layer):
    """Two "probabilities" of which the first is the red value of one pixel."""

    def call(self, images):
        red = images[:, 3, 4, 0]
        return keras.ops.stack([red, 1 - red], axis=1)


@pytest.fixture
def model():
    inputs = keras.Input((6, 8, 3))
    return keras.Model(inputs, Share()(inputs))


def test_a_square_covers_its_pixels_and_leaves_the_image_as_it_was():
    before = IMAGE.copy()
    found = covered(IMAGE, 1, 2, 3)
    assert (found[1:4, 2:5] == np.float32(128 / 255)).all()
    rest = np.ones((6, 8), bool)
    rest[1:4, 2:5] = False
    np.testing.assert_array_equal(found[rest], IMAGE[rest])
    np.testing.assert_array_equal(IMAGE, before)


@pytest.mark.parametrize("label", [0, 1])
def test_only_squares_over_the_pixel_that_decides_change_the_answer(model, label):
    found, without = occlusion_map(model, IMAGE, label, size=2, step=2)
    red = IMAGE[3, 4, 0]
    assert found.shape == (3, 4)
    assert without == pytest.approx((red, 1 - red)[label])
    expected = np.full((3, 4), (red, 1 - red)[label])
    expected[1, 2] = (128 / 255, 127 / 255)[label]
    np.testing.assert_allclose(found, expected, atol=1e-6)


def test_overlapping_places_end_where_the_square_still_fits(model):
    found, _ = occlusion_map(model, IMAGE, 0, size=3, step=1)
    assert found.shape == (4, 6)
    assert (np.abs(found - 128 / 255) < 1e-6).sum() == 3 * 3


def test_a_square_larger_than_the_image_is_refused(model):
    with pytest.raises(ValueError, match="7×7 pixels is larger"):
        occlusion_map(model, IMAGE, 0, size=7)
