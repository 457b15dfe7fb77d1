"""Shuffled pixels, for a dense network and a convolutional one.

The shuffling is a layer, so that all four networks see the same images in the same order.
"""

from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.training.recipes import Recipe

import keras
import numpy as np
from keras import layers

RECIPE = Recipe("permutation", epochs=10, batch_size=64)


class ShufflePixels(layers.Layer):
    """Move the pixels of all images in one and the same random way; channels stay together.

    Args:
        seed: Decides the way.
    """

    def __init__(self, seed: int = 1, **options):
        super().__init__(**options)
        self.seed = seed

    def call(self, images):
        """Return (N, H, W, C) from (N, H, W, C)."""
        _, height, width, channels = images.shape
        order = np.random.RandomState(self.seed).permutation(height * width)
        pixels = keras.ops.reshape(images, (-1, height * width, channels))
        return keras.ops.reshape(
            keras.ops.take(pixels, order, axis=1), (-1, height, width, channels)
        )

    def get_config(self):
        """Return the constructor arguments."""
        return {**super().get_config(), "seed": self.seed}


def dense(x):
    """Return 64 hidden units of all pixels, (N, 64) from (N, 32, 32, 3)."""
    return layers.Dense(64, activation="relu")(layers.Flatten()(x))


def convolutional(x):
    """Return the maps of two 3×3 convolutions, (N, 1152) from (N, 32, 32, 3)."""
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(x)  # (N, 15, 15, 16)
    x = layers.Conv2D(32, 3, activation="relu")(x)  # (N, 13, 13, 32)
    return layers.Flatten()(layers.MaxPooling2D()(x))


def on_data(dataset: Dataset, name: str, shuffled: bool) -> keras.Model:
    """Build an untrained network of the experiment.

    Args:
        dataset: What it will be trained on.
        name: "dense" or "convolutional".
        shuffled: Whether its first layer shuffles the pixels.
    """
    inputs = keras.Input(dataset.x_train.shape[1:])
    x = layers.Rescaling(2, offset=-1)(inputs)  # from 0–1 to −1–1
    x = ShufflePixels()(x) if shuffled else x
    hidden = {"dense": dense, "convolutional": convolutional}[name](x)
    outputs = layers.Dense(len(dataset.class_names), activation="softmax")(hidden)
    return keras.Model(inputs, outputs, name=_network(name, shuffled))


def _network(name: str, shuffled: bool) -> str:
    return f"{name}_shuffled" if shuffled else name


EXPERIMENT = Experiment(
    "permutation",
    variants=tuple(
        Variant(
            f"{name}, shuffled" if shuffled else name,
            _network(name, shuffled),
            RECIPE,
            against=name if shuffled else None,
            build=partial(on_data, name=name, shuffled=shuffled),
        )
        for name in ("dense", "convolutional")
        for shuffled in (False, True)
    ),
    seeds=tuple(range(5)),
)
