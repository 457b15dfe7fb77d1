"""lessons_src.experiments.inception_units: from Inception10's unit to the naive one."""

from lessons_src.experiments import inception_heads
from lessons_src.experiments.inception_units import EXPERIMENT
from lessons_src.models import inception10

import keras
import numpy as np
import pytest
from experiment_helpers import noise_images
from keras import layers

CHANGES = ["Inception10's unit", "steps on large kernels", "and no 1×1 before them"]
CHANGES += ["and no 1×1 after pooling"]
STEPS = {  # the layers with a step of 2 in the first unit
    "Inception10's unit": ["1x1", "3x3_reduce", "5x5_reduce", "pool_project"],
    "steps on large kernels": ["1x1", "3x3", "5x5", "pool"],
    "and no 1×1 before them": ["1x1", "3x3", "5x5", "pool"],
    "and no 1×1 after pooling": ["1x1", "3x3", "5x5", "pool"],
}
CHANNELS = dict.fromkeys(CHANGES, (32, 32, 64, 64))
CHANNELS["and no 1×1 after pooling"] = (24 + 8, 24 + 32, 48 + 56, 48 + 104)


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=CHANGES)
def test_a_variant_has_the_units_of_its_label(variant):
    model = variant.untrained(noise_images())
    start = "block1_unit1_"
    strided = [
        layer.name.removeprefix(start).removesuffix("_conv")
        for layer in model.layers
        if layer.name.startswith(start) and getattr(layer, "strides", None) == (2, 2)
    ]
    assert sorted(strided) == sorted(STEPS[variant.label])
    units = [f"block{block}_unit{unit}_concat" for block in (1, 2) for unit in (1, 2)]
    found = [model.get_layer(name).output.shape[1:] for name in units]
    sides = (16, 16, 8, 8)
    assert found == [(s, s, c) for s, c in zip(sides, CHANNELS[variant.label], strict=True)]
    reduces = sum("reduce" in layer.name and "conv" in layer.name for layer in model.layers)
    assert reduces == (0 if variant.label.startswith("and no") else 8)


def test_each_is_compared_with_the_one_before():
    labels = [variant.label for variant in EXPERIMENT.variants]
    assert labels == CHANGES
    assert [variant.against for variant in EXPERIMENT.variants] == [None, *labels[:-1]]
    assert len({variant.recipe for variant in EXPERIMENT.variants}) == 1


def test_the_first_is_inception10_at_half_width_for_this_experiment_and_that_of_the_heads():
    first = [EXPERIMENT.variants[0], inception_heads.EXPERIMENT.variants[0]]
    assert len({(variant.network, variant.recipe) for variant in first}) == 1
    models = []
    for build in (*(v.build for v in first), lambda _: inception10(init_ch=8)):
        keras.utils.set_random_seed(3)
        models.append(build(noise_images()))
    images = np.random.default_rng(0).random((2, 32, 32, 3), dtype="float32")
    answers = [np.array(model(images)) for model in models]
    assert np.array_equal(answers[0], answers[1]) and np.array_equal(answers[0], answers[2])
    norms = [layer for layer in models[0].layers if isinstance(layer, layers.BatchNormalization)]
    assert len(norms) == 25
