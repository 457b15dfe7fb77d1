"""lessons_src.experiments.precision: the same network and recipe in two precisions."""

from dataclasses import replace

from lessons_src.experiments.precision import EXPERIMENT
from lessons_src.layers.normalization import BatchNormalization

import pytest
from experiment_helpers import noise_images

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


@pytest.mark.parametrize("label", ["Inception10", "AlexNet8"])
def test_only_the_precision_differs(label):
    one, other = VARIANTS[label], VARIANTS[f"{label} in bfloat16"]
    assert one.against is None and other.against == label
    assert (one.recipe.precision, other.recipe.precision) == ("float32", "bfloat16")
    assert replace(other.recipe, name="float32", precision="float32") == one.recipe
    assert (one.network, one.build) == (other.network, other.build)


def test_the_networks_are_thin_and_normalized():
    for label, parameters in (("Inception10", 31_530), ("AlexNet8", 608_074)):
        model = VARIANTS[label].untrained(noise_images())
        assert model.count_params() == parameters
        assert any(isinstance(layer, BatchNormalization) for layer in model.layers)
