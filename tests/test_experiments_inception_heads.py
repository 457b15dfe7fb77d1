"""lessons_src.experiments.inception_heads: the same units, and three heads after them."""

from lessons_src.experiments.inception_heads import EXPERIMENT

import numpy as np
import pytest
from experiment_helpers import noise_images

UNITS = 31_530 - (64 * 10 + 10)  # Inception10 of half the width, without its classes' layer
HEADS = {
    "average": 64 * 10 + 10,
    "flattened": 8 * 8 * 64 * 10 + 10,
    "flattened, hidden layer": (8 * 8 * 64 + 1) * 128 + 128 * 10 + 10,
}


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=HEADS)
def test_only_the_head_differs(variant):
    model = variant.untrained(noise_images())
    assert model.count_params() == UNITS + HEADS[variant.label]
    assert model.get_layer("block2_unit2_concat").output.shape == (None, 8, 8, 64)
    assert variant.against == (None if variant.label == "average" else "average")
    assert variant.recipe == EXPERIMENT.variants[0].recipe


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=HEADS)
def test_only_the_average_is_blind_to_position(variant):
    model = variant.untrained(noise_images())
    maps = np.random.default_rng(0).random((1, 8, 8, 64), dtype="float32")
    units = model.get_layer("block2_unit2_concat")
    head = model.layers[model.layers.index(units) + 1 :]

    def answer(x):
        for layer in head:
            x = layer(x)
        return np.array(x)

    same = np.allclose(answer(maps), answer(maps[:, ::-1]), atol=1e-6)
    assert same == (variant.label == "average")
