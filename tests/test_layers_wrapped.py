"""lessons_src.layers.wrapped: convolution on pictures whose opposite edges touch."""

from lessons_src.layers.wrapped import WrappedConv2D, wrapped

import keras
import numpy as np
import pytest
from keras import layers

MAPS = np.random.default_rng(0).normal(size=(2, 6, 5, 3)).astype("float32")


def test_what_is_appended_lies_at_the_opposite_edge():
    padded = np.pad(MAPS, [(0, 0), (2, 2), (2, 2), (0, 0)], mode="wrap")
    np.testing.assert_array_equal(wrapped(MAPS, 2), padded)


@pytest.mark.parametrize("options", [{}, {"use_bias": False}, {"activation": "relu"}])
@pytest.mark.parametrize("kernel", [3, 5])
def test_it_is_keras_convolution_after_that_padding(kernel, options):
    ours, keras_layer = WrappedConv2D(4, kernel, **options), layers.Conv2D(4, kernel, **options)
    reach = kernel // 2
    padded = np.pad(MAPS, [(0, 0), (reach, reach), (reach, reach), (0, 0)], mode="wrap")
    outputs = ours(MAPS)
    keras_layer.build(padded.shape)
    if "use_bias" not in options:
        ours.bias.assign(np.arange(4.0))
        outputs = ours(MAPS)
    keras_layer.set_weights(ours.get_weights())
    np.testing.assert_allclose(outputs, keras_layer(padded), atol=1e-5)
    assert outputs.shape == ours.compute_output_shape(MAPS.shape) == (2, 6, 5, 4)


def test_in_bfloat16_it_is_nearly_the_same():
    exact = WrappedConv2D(4, 3)
    expected = exact(MAPS)
    rounded = WrappedConv2D(4, 3, dtype="mixed_bfloat16")
    rounded.build(MAPS.shape)
    rounded.set_weights(exact.get_weights())
    assert rounded(MAPS).dtype == "bfloat16" and rounded.kernel.dtype == "float32"
    np.testing.assert_allclose(np.array(rounded(MAPS), "float32"), expected, atol=0.05)


def test_rolled_pictures_give_rolled_maps():
    conv = WrappedConv2D(4, 3)
    rolled = np.roll(np.array(conv(MAPS)), (1, 2), axis=(1, 2))
    np.testing.assert_allclose(conv(np.roll(MAPS, (1, 2), axis=(1, 2))), rolled, atol=1e-5)


def test_a_model_with_it_is_saved_and_opened(tmp_path):
    model = keras.Sequential([keras.Input((6, 5, 3)), WrappedConv2D(4, 3)])
    model.save(tmp_path / "model.keras")
    opened = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_allclose(opened(MAPS), model(MAPS), atol=1e-6)
