"""lessons_src.experiments.optimizers: four optimizers at four rates each, and a falling rate."""

from dataclasses import asdict

from lessons_src.experiments.optimizers import EXPERIMENT, FALLING, RATES, label
from lessons_src.training.compiling import compile_model

import keras
import pytest
from training_helpers import plain

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


def settings(variant, *left_out):
    return {k: v for k, v in asdict(variant.recipe).items() if k not in ("name", *left_out)}


@pytest.mark.parametrize("optimizer", RATES)
def test_an_optimizers_rates_are_compared_with_its_default_and_nothing_else_differs(optimizer):
    rates = RATES[optimizer]
    default = VARIANTS[label(optimizer, rates[0])]
    assert default.against is None and len(set(rates)) == 4
    for rate in rates[1:]:
        variant = VARIANTS[label(optimizer, rate)]
        assert variant.against == default.label and variant.recipe.learning_rate == rate
        assert settings(variant, "learning_rate") == settings(default, "learning_rate")


@pytest.mark.parametrize("name", RATES)
def test_the_first_rate_is_the_default_of_keras_and_the_memory_is_that_of_the_label(name):
    model = plain()
    compile_model(model, VARIANTS[label(name, RATES[name][0])].recipe, 4)
    kind = {"momentum": "SGD"}.get(name, name)
    config, theirs = model.optimizer.get_config(), getattr(keras.optimizers, kind)().get_config()
    assert type(model.optimizer).__name__ == kind
    assert config["learning_rate"] == pytest.approx(theirs["learning_rate"])
    assert (name == "momentum") == (config.get("momentum") == 0.9)


def test_optimizers_differ_in_optimizer_and_rate_alone():
    own = ("learning_rate", "optimizer", "momentum", "schedule")
    first, *others = (settings(variant, *own) for variant in VARIANTS.values())
    assert others == [first] * len(others)
    assert {variant.network for variant in VARIANTS.values()} == {"baseline"}


def test_a_falling_rate_is_compared_with_the_same_rate_held():
    falling = [v for v in VARIANTS.values() if v.recipe.schedule != "constant"]
    assert [v.against for v in falling] == [label(*pair) for pair in FALLING]
    for variant in falling:
        held = VARIANTS[variant.against]
        assert variant.recipe.schedule == "cosine"
        assert settings(variant, "schedule") == settings(held, "schedule")
