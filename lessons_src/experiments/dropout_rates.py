"""Dropout's rate, on few images and on many."""

from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.training.recipes import Recipe

import keras
from keras import layers

RATES = (0.0, 0.2, 0.5, 0.8)
# As many steps for few images as for many: a few come again more often.
RECIPES = {
    "500": Recipe("dropout_500", epochs=160, batch_size=50, images=(500, 2_500, 10_000)),
    "5,000": Recipe("dropout_5000", epochs=16, batch_size=50, images=(5_000, 2_500, 10_000)),
}


def on_data(dataset: Dataset, rate: float) -> keras.Model:
    """Build a convolution and two dense layers, dropout before each of these.

    Args:
        dataset: What it will be trained on.
        rate: Share of the values that dropout sets to 0.
    """
    inputs = keras.Input(dataset.x_train.shape[1:])  # (N, 32, 32, 3)
    x = layers.Conv2D(16, 5, strides=2, activation="relu")(inputs)  # (N, 14, 14, 16)
    x = layers.Flatten()(layers.MaxPooling2D(2)(x))  # (N, 784)
    x = layers.Dropout(rate)(x)
    x = layers.Dense(256, activation="relu")(x)
    x = layers.Dropout(rate)(x)
    outputs = layers.Dense(len(dataset.class_names), activation="softmax")(x)
    return keras.Model(inputs, outputs, name=_network(rate))


def _network(rate: float) -> str:
    return f"dropout_{100 * rate:.0f}"


def _label(images: str, rate: float) -> str:
    return f"{images} images, rate {rate:g}"


EXPERIMENT = Experiment(
    "dropout_rates",
    variants=tuple(
        Variant(
            _label(images, rate),
            _network(rate),
            recipe,
            against=_label(images, 0.0) if rate else None,
            build=partial(on_data, rate=rate),
        )
        for images, recipe in RECIPES.items()
        for rate in RATES
    ),
    seeds=tuple(range(10)),
)
