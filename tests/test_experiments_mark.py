"""lessons_src.experiments.mark: what was tried for 94 %, judged by validation images."""

from dataclasses import asdict

from lessons_src.analysis import layer_table
from lessons_src.data import Dataset
from lessons_src.experiments.mark import EXPERIMENT, six_looks
from lessons_src.models import fast11

import keras
import numpy as np
from keras import layers

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


def test_each_trial_is_compared_with_one_from_which_it_differs_in_one_thing():
    one_thing = {
        "flips in turn": {"flip_in_turn": True},
        "batches of 1,024": {"batch_size": 1024, "learning_rate": 1.5},
        "averaged weights": {"averaging": 0.98},
        "wider, not so deep": {"epochs": 9, "small_epochs": 0},  # the network, at equal cost
    }
    for label, change in one_thing.items():
        mine, other = VARIANTS[label], VARIANTS[VARIANTS[label].against]
        ours, theirs = asdict(mine.recipe), asdict(other.recipe)
        del ours["name"], theirs["name"]
        assert {k: v for k, v in ours.items() if v != theirs[k]} == change
        assert (mine.network == other.network) == ("epochs" not in change)
    assert len(VARIANTS) == len(one_thing) + 1


def test_each_trial_fits_into_half_an_hour():
    for variant in EXPERIMENT.variants:
        options = dict(variant.build.keywords) if variant.build else {}
        options.pop("name", None)
        small, large = (layer_table(fast11((side, side, 3), **options)).macs for side in (24, 32))
        recipe = variant.recipe
        epochs = recipe.small_epochs, recipe.epochs - recipe.small_epochs
        assert 0.3e15 < 6 * 50_000 * np.dot(epochs, (small, large)) < 0.33e15


def test_all_keep_validation_images_out_and_measure_six_looks():
    for variant in EXPERIMENT.variants:
        assert variant.recipe.validates and variant.recipe.images is None
        assert variant.measure is six_looks


def test_six_looks_are_measured_on_validation_images():
    images = keras.Input((4, 4, 3))
    brightness = layers.GlobalAveragePooling2D()(images)
    outputs = layers.Lambda(lambda x: keras.ops.stack([1 - x[:, 0], x[:, 0]], axis=1))(brightness)
    pixels = np.array([0, 255, 255, 0], np.uint8)[:, None, None, None] * np.ones(
        (4, 4, 4, 3), np.uint8
    )
    labels = np.array([0, 1, 0, 0])  # the third is wrong
    others = {
        f"{a}_{split}": v
        for split in ("train", "test")
        for a, v in (("x", pixels), ("y", 1 - np.array([0, 1, 1, 0])))
    }
    dataset = Dataset(
        x_val=pixels,
        y_val=labels,
        **others,
        class_names=("dark", "light"),
        name="drawn",
        source="drawn",
    )
    assert six_looks(keras.Model(images, outputs), dataset) == {"val_six_looks": 0.75}
