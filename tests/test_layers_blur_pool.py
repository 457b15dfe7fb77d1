"""lessons_src.layers.blur_pool: maxima, blurred, one of four kept."""

from lessons_src.layers.blur_pool import MaxBlurPool

import keras
import numpy as np

MAPS = np.random.default_rng(0).normal(size=(2, 6, 8, 3)).astype("float32")


def moved(maps, down, right):
    return np.roll(maps, (-down, -right), axis=(1, 2))


def test_it_is_the_maximum_then_the_blur_then_every_second_cell():
    largest = np.maximum.reduce([moved(MAPS, y, x) for y in (0, 1) for x in (0, 1)])
    blur = dict(zip((-1, 0, 1), (0.25, 0.5, 0.25), strict=True))
    blurred = sum(blur[y] * blur[x] * moved(largest, y, x) for y in blur for x in blur)
    pooled = MaxBlurPool()(MAPS)
    np.testing.assert_allclose(pooled, blurred[:, ::2, ::2], atol=1e-6)
    assert pooled.shape == MaxBlurPool().compute_output_shape(MAPS.shape) == (2, 3, 4, 3)


def test_an_even_map_stays_as_it_is():
    np.testing.assert_allclose(MaxBlurPool()(np.full((1, 4, 4, 1), 3.0)), np.full((1, 2, 2, 1), 3))


def test_in_bfloat16_it_rounds_no_more_than_its_values():
    pooled = MaxBlurPool(dtype="mixed_bfloat16")(MAPS)
    assert pooled.dtype == "bfloat16"
    np.testing.assert_allclose(np.array(pooled, "float32"), MaxBlurPool()(MAPS), atol=2**-6)


def test_a_model_with_it_is_saved_and_opened(tmp_path):
    model = keras.Sequential([keras.Input((6, 8, 3)), MaxBlurPool()])
    model.save(tmp_path / "model.keras")
    opened = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(opened(MAPS), model(MAPS))
