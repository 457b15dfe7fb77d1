"""lessons_src.experiments.alexnet8_parts: a thin AlexNet8 with one part exchanged at a time."""

from lessons_src.experiments.alexnet8_parts import EXPERIMENT

import numpy as np
import pytest
from experiment_helpers import noise_images
from keras import layers

PARTS = {  # activation, dropout, epochs
    "ReLU": ("relu", 0.5, 5),
    "tanh": ("tanh", 0.5, 5),
    "sigmoid": ("sigmoid", 0.5, 5),
    "no dropout": ("relu", 0.0, 5),
    "15 epochs": ("relu", 0.5, 15),
    "15 epochs, no dropout": ("relu", 0.0, 15),
}
MODELS = {v.label: v.untrained(noise_images()) for v in EXPERIMENT.variants}


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=MODELS)
def test_a_variant_has_the_parts_of_its_label(variant):
    model, (activation, rate, epochs) = MODELS[variant.label], PARTS[variant.label]
    hidden = [
        layer.activation.__name__
        for layer in model.layers
        if isinstance(layer, (layers.Activation, layers.Conv2D, layers.Dense))
    ]
    # Two convolutions are followed by a layer of their own for the activation.
    assert hidden == ["linear", activation] * 2 + [activation] * 5 + ["softmax"]
    rates = [layer.rate for layer in model.layers if isinstance(layer, layers.Dropout)]
    assert rates == [rate, rate]
    assert model.count_params() == 608_074
    assert variant.recipe.epochs == epochs
    images = np.zeros((2, 32, 32, 3), dtype="float32")
    assert np.allclose(np.array(model(images)).sum(axis=1), 1)


def test_each_is_compared_with_one_from_which_it_differs_in_one_part():
    assert [v.label for v in EXPERIMENT.variants if v.against is None] == ["ReLU", "15 epochs"]
    for variant in EXPERIMENT.variants:
        if variant.against:
            pairs = zip(PARTS[variant.label], PARTS[variant.against], strict=True)
            assert sum(mine != other for mine, other in pairs) == 1


def test_runs_of_the_same_network_differ_in_their_recipe():
    names = [(variant.network, variant.recipe.name) for variant in EXPERIMENT.variants]
    assert len(set(names)) == len(names)
    assert {v.network for v in EXPERIMENT.variants} == {model.name for model in MODELS.values()}
