"""lessons_src.ladder: each rung is one change, and the same amount of training."""

from dataclasses import asdict

from lessons_src.analysis import activations
from lessons_src.data import load_dataset
from lessons_src.experiments.ladder import (
    STEPS,
    begin_as_shortcuts,
    build,
    draw_by_he,
    thin_resnet18,
)

import keras
import numpy as np
import pytest

CHANGES = {
    1: {"standardize"},
    2: {"shift"},
    3: {"optimizer", "learning_rate", "weight_decay"},
    4: {"warmup_epochs", "schedule"},
    5: {"warmup_epochs", "schedule"},
    6: {"warmup_epochs", "schedule"},
    7: {"batch_size", "learning_rate"},
    8: {"initialize"},
    9: {"initialize"},
    10: {"label_smoothing"},
    11: {"cutout"},
    12: {"averaging"},
    13: {"small_epochs"},
}


def settings(step):
    return asdict(step.recipe) | {"standardize": step.standardize, "initialize": step.initialize}


@pytest.mark.parametrize("place", CHANGES)
def test_a_rung_differs_from_the_one_below_in_one_change(place):
    step = STEPS[place]
    below = settings(STEPS[step.below])
    here = settings(step)
    assert {name for name in here if here[name] != below[name]} == CHANGES[place] | {"name"}


def test_every_rung_trains_on_as_many_images():
    assert {(step.recipe.images, step.recipe.epochs) for step in STEPS} == {
        ((12_000, 2_500, 10_000), 10)
    }
    names = [step.recipe.name for step in STEPS]
    assert names == sorted(set(names)) and all(name.startswith("ladder_") for name in names)


def test_the_first_rung_is_the_notes_recipe():
    recipe = STEPS[0].recipe
    assert (recipe.optimizer, recipe.learning_rate, recipe.batch_size) == ("adam", 0.001, 32)
    assert not STEPS[0].standardize and recipe.shift == 0


def test_the_network_is_thin_and_standardizes():
    dataset = load_dataset("shapes10")
    model = build(STEPS[1], dataset)
    assert model.count_params() == thin_resnet18().count_params() == 177_602
    images = dataset.x_train[:5_000] / np.float32(255)
    pixels = activations(model, images, ["standardize"])["standardize"].astype(float)
    np.testing.assert_allclose(pixels.mean(axis=(0, 1, 2)), 0, atol=1e-3)
    np.testing.assert_allclose(pixels.std(axis=(0, 1, 2)), 1, atol=1e-3)


def test_units_begin_as_their_shortcuts():
    keras.utils.set_random_seed(0)
    model = thin_resnet18()
    begin_as_shortcuts(model)
    names = ["stem_act", "stage1_unit2_act", "stage2_unit1_project_bn", "stage2_unit1_add"]
    images = np.random.default_rng(0).uniform(size=(2, 32, 32, 3))
    maps = activations(model, images, names)
    np.testing.assert_array_equal(maps["stage1_unit2_act"], maps["stem_act"])
    np.testing.assert_array_equal(maps["stage2_unit1_add"], maps["stage2_unit1_project_bn"])


def test_kernels_are_drawn_by_he():
    keras.utils.set_random_seed(0)
    model = thin_resnet18()
    draw_by_he(model)
    kernel = model.get_layer("stage4_unit2_2_conv").kernel.numpy()
    assert kernel.std() == pytest.approx((2 / (9 * 64)) ** 0.5, rel=0.02)
