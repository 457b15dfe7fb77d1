"""lessons_src.experiments.normalization_rates: six rates, with batch normalization and without."""

from dataclasses import asdict

from lessons_src.experiments.normalization_rates import EXPERIMENT, RATES

from experiment_helpers import noise_images
from keras import layers

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


def test_each_rate_is_tried_with_and_without_and_nothing_else_differs():
    settings = []
    for rate in RATES:
        without, with_bn = (VARIANTS[f"{word} BN, rate {rate:g}"] for word in ("without", "with"))
        assert with_bn.against == without.label and with_bn.recipe == without.recipe
        recipe = asdict(without.recipe)
        assert recipe.pop("learning_rate") == rate and recipe.pop("name") == f"rate_{rate:g}"
        settings.append(recipe)
    assert settings == [settings[0]] * len(RATES)
    assert (settings[0]["optimizer"], settings[0]["momentum"]) == ("sgd", 0)
    assert settings[0]["schedule"] == "constant" and settings[0]["weight_decay"] == 0


def test_normalization_follows_each_convolution_and_is_all_that_differs():
    data = noise_images()
    without, with_bn = (
        [type(layer) for layer in VARIANTS[f"{word} BN, rate 0.1"].untrained(data).layers]
        for word in ("without", "with")
    )
    unit = [layers.Conv2D, layers.ReLU]
    ends = [layers.GlobalAveragePooling2D, layers.Dense]
    assert without == [layers.InputLayer, *4 * unit, *ends]
    unit.insert(1, layers.BatchNormalization)
    assert with_bn == [layers.InputLayer, *4 * unit, *ends]
    model = VARIANTS["with BN, rate 0.1"].untrained(data)
    norms = [layer for layer in model.layers if isinstance(layer, layers.BatchNormalization)]
    assert [norm.momentum for norm in norms] == [0.9] * 4
    convolutions = [layer for layer in model.layers if isinstance(layer, layers.Conv2D)]
    assert [(c.filters, c.strides[0]) for c in convolutions] == [(16, 2), (32, 2), (32, 1), (64, 2)]
