"""lessons_src.experiments.shift: rolled pictures, with max pooling and with blurred max pooling."""

from lessons_src.experiments.shift import EXPERIMENT, PIXELS, answers_changed, changed_at
from lessons_src.layers.blur_pool import MaxBlurPool

import keras
import numpy as np
import pytest
from experiment_helpers import noise_images
from keras import layers

DATA = noise_images()


def untrained(variant):
    keras.utils.set_random_seed(3)
    return variant.untrained(DATA)


def test_the_networks_differ_in_the_blur_alone():
    plain, blurred = EXPERIMENT.variants
    assert blurred.against == plain.label and plain.recipe == blurred.recipe
    one, other = untrained(plain), untrained(blurred)
    for a, b in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    kinds = [
        [type(layer) for layer in model.layers if not isinstance(layer, layers.MaxPooling2D)]
        for model in (one, other)
    ]
    assert kinds[0] == [kind for kind in kinds[1] if kind is not MaxBlurPool]
    assert kinds[1].count(MaxBlurPool) == 2


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=lambda variant: variant.network)
def test_only_a_roll_by_the_product_of_the_strides_changes_nothing(variant):
    model, images = untrained(variant), DATA.x_test / np.float32(255)
    before = np.array(model(images))
    change = {
        pixels: np.abs(np.array(model(np.roll(images, pixels, axis=2))) - before).max()
        for pixels in PIXELS
    }
    assert 100 * change[4] < min(change[1], change[2], change[3])


def test_a_change_of_an_answer_is_counted():
    brightest = keras.Sequential(  # the class is the column of eight that is brightest
        [
            keras.Input((32, 32, 3)),
            layers.AveragePooling2D((32, 4)),
            layers.Lambda(lambda maps: maps[:, 0, :, 0]),
        ]
    )
    images = np.zeros((10, 32, 32, 3), "uint8")
    images[:4, :, 7] = 255  # the last column of the second class: any roll changes the answer
    images[4:, :, 5] = 255  # two pixels further left: rolls of 3 and 4 pixels do
    data = noise_images()
    data.x_test[:] = images
    shares = answers_changed(brightest, data)
    assert shares == {
        changed_at(1): 0.4,
        changed_at(2): 0.4,
        changed_at(3): 1.0,
        changed_at(4): 1.0,
    }
    assert [*shares][:2] == ["changed at 1 pixel", "changed at 2 pixels"]
