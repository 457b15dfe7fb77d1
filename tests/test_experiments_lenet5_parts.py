"""lessons_src.experiments.lenet5_parts: LeNet5 with one part exchanged at a time."""

from lessons_src.experiments.lenet5_parts import EXPERIMENT

import numpy as np
import pytest
from experiment_helpers import noise_images
from keras import layers

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}
KINDS = {"max": layers.MaxPooling2D, "average": layers.AveragePooling2D}


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=VARIANTS)
def test_a_variant_has_the_parts_of_its_label(variant):
    activation, pooling = variant.label.split(", ")
    model = variant.untrained(noise_images())
    assert model.count_params() == 62_006
    hidden = [model.get_layer(name) for name in ("conv1", "conv2", "dense1", "dense2")]
    assert [layer.activation.__name__ for layer in hidden] == [activation] * 4
    assert [type(model.get_layer(name)) for name in ("pool1", "pool2")] == [KINDS[pooling]] * 2
    images = np.zeros((2, 32, 32, 3), dtype="float32")
    assert np.allclose(np.array(model(images)).sum(axis=1), 1)


def test_each_is_compared_with_one_from_which_it_differs_in_one_part():
    assert [v.label for v in EXPERIMENT.variants if v.against is None] == ["sigmoid, max"]
    for variant in VARIANTS.values():
        if variant.against:
            parts, other = variant.label.split(", "), variant.against.split(", ")
            assert sum(a != b for a, b in zip(parts, other, strict=True)) == 1
    assert len({variant.recipe for variant in VARIANTS.values()}) == 1
