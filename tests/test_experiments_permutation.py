"""lessons_src.experiments.permutation: the same networks, on pixels moved in one way."""

from lessons_src.experiments.permutation import EXPERIMENT, ShufflePixels

import keras
import numpy as np
import pytest
from experiment_helpers import noise_images

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


def test_all_images_are_shuffled_in_one_way_and_keep_their_colours():
    images = np.arange(2 * 4 * 5 * 3, dtype="float32").reshape(2, 4, 5, 3)
    shuffled = np.array(ShufflePixels(seed=3)(images)).reshape(2, 20, 3)
    order = np.random.RandomState(3).permutation(20)
    np.testing.assert_array_equal(shuffled, images.reshape(2, 20, 3)[:, order])
    assert sorted(order) == list(range(20)) != list(order)


@pytest.mark.parametrize("name", ["dense", "convolutional"])
def test_the_shuffled_network_is_the_other_one_after_a_shuffling(name):
    data = noise_images()
    keras.utils.set_random_seed(5)
    plain = VARIANTS[name].untrained(data)
    shuffled = VARIANTS[f"{name}, shuffled"].untrained(data)
    assert VARIANTS[f"{name}, shuffled"].against == name
    shuffled.set_weights(plain.get_weights())
    images = data.x_test / np.float32(255)
    moved = np.array(ShufflePixels(seed=1)(images))
    np.testing.assert_allclose(shuffled(images), plain(moved), atol=1e-5)
    assert np.abs(np.array(shuffled(images)) - plain(images)).max() > 1e-3


def test_pixels_lie_around_zero_and_only_dense_networks_are_blind_to_neighbours():
    data = noise_images()
    sizes = {label: variant.untrained(data).count_params() for label, variant in VARIANTS.items()}
    assert sizes["dense"] == 3072 * 64 + 64 + 64 * 10 + 10
    assert sizes["convolutional"] == (27 * 16 + 16) + (9 * 16 * 32 + 32) + (1152 * 10 + 10)
    model = VARIANTS["dense"].untrained(data)
    assert [model.layers[1].scale, model.layers[1].offset] == [2, -1]
