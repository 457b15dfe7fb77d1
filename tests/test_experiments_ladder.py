"""lessons_src.experiments.ladder: each rung is one change, and the same amount of training."""

from dataclasses import asdict

from lessons_src.analysis import activations
from lessons_src.data import Dataset
from lessons_src.experiments.ladder import (
    EXPERIMENT,
    begin_as_shortcuts,
    draw_by_he,
    thin_resnet18,
)

import keras
import numpy as np
import pytest

RUNGS = {rung.label: rung for rung in EXPERIMENT.variants}
ON_THE_LINE = "or down on a line"
BY_STEPS = {"warmup_epochs": 1, "schedule": "step"}

# By rung, the one that it stands on, and what it changes of its settings.
CHANGES = {
    "pixels standardized": ("the note's recipe", {"standardize": True}),
    "flips and shifts": ("pixels standardized", {"flip": True, "shift": 2}),
    "SGD": ("flips and shifts", {"optimizer": "sgd", "learning_rate": 0.025}),
    "weight decay": ("SGD", {"weight_decay": 5e-3}),
    "warm-up, steps down": ("weight decay", BY_STEPS),
    "or down by a cosine": ("weight decay", BY_STEPS | {"schedule": "cosine"}),
    "or down on a line": ("weight decay", BY_STEPS | {"schedule": "linear"}),
    "no warm-up, on a line": (ON_THE_LINE, {"warmup_epochs": 0}),
    "batches of 128, rate × 4": (ON_THE_LINE, {"batch_size": 128, "learning_rate": 0.1}),
    "kernels by He": (ON_THE_LINE, {"initialize": draw_by_he}),
    "units begin as shortcuts": (ON_THE_LINE, {"initialize": begin_as_shortcuts}),
    "label smoothing": (ON_THE_LINE, {"label_smoothing": 0.1}),
    "a square painted over": (ON_THE_LINE, {"cutout": 8}),
    "averaged weights": (ON_THE_LINE, {"averaging": 0.995}),
    "small images first": (ON_THE_LINE, {"small_epochs": 3}),
}


@pytest.fixture
def dataset():
    """Random images whose channels differ in mean and deviation."""
    random = np.random.default_rng(0)
    images = random.normal([60, 120, 180], [10, 20, 30], (100, 32, 32, 3))
    images = images.clip(0, 255).astype("uint8")
    arrays = {f"x_{split}": images for split in ("train", "val", "test")}
    labels = {f"y_{split}": np.arange(100) % 2 for split in ("train", "val", "test")}
    return Dataset(**arrays, **labels, class_names=("a", "b"), name="noise", source="drawn")


def settings(rung):
    return {"standardize": True, "initialize": None} | asdict(rung.recipe) | rung.build.keywords


def test_every_rung_is_listed():
    assert [*RUNGS] == ["the note's recipe", *CHANGES]


@pytest.mark.parametrize("label", CHANGES)
def test_a_rung_differs_from_the_one_below_in_one_change(label):
    below, change = CHANGES[label]
    assert RUNGS[label].against == below
    here, there = settings(RUNGS[label]), settings(RUNGS[below])
    del here["name"], there["name"]
    assert {name: here[name] for name in here if here[name] != there[name]} == change


def test_every_rung_trains_on_as_many_images():
    recipes = [rung.recipe for rung in EXPERIMENT.variants]
    assert {(r.images, r.epochs) for r in recipes} == {((12_000, 2_500, 10_000), 10)}
    names = [recipe.name for recipe in recipes]
    assert names == sorted(set(names)) and all(name.startswith("ladder_") for name in names)


def test_the_first_rung_is_the_notes_recipe():
    first = EXPERIMENT.variants[0]
    recipe = first.recipe
    assert (recipe.optimizer, recipe.learning_rate, recipe.batch_size) == ("adam", 0.001, 32)
    assert not first.build.keywords["standardize"] and recipe.shift == 0


def test_the_network_is_thin_and_standardizes(dataset):
    model = RUNGS["pixels standardized"].untrained(dataset)
    assert model.count_params() == thin_resnet18().count_params() == 177_602
    images = dataset.x_train / np.float32(255)
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


def test_only_the_last_normalization_of_each_unit_begins_at_zero():
    model = thin_resnet18()
    begin_as_shortcuts(model)
    gammas = {layer.name: layer.gamma.numpy() for layer in model.layers if hasattr(layer, "gamma")}
    silent = [name for name, gamma in gammas.items() if not gamma.any()]
    assert sorted(silent) == [f"stage{s}_unit{u}_2_bn" for s in (1, 2, 3, 4) for u in (1, 2)]
    assert all((gamma == 1).all() for name, gamma in gammas.items() if name not in silent)


def test_kernels_are_drawn_by_he():
    keras.utils.set_random_seed(0)
    model = thin_resnet18()
    draw_by_he(model)
    kernel = model.get_layer("stage4_unit2_2_conv").kernel.numpy()
    assert kernel.std() == pytest.approx((2 / (9 * 64)) ** 0.5, rel=0.02)
