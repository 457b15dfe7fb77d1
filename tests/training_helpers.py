"""Drawn images and networks so small that training them takes a second or two."""

from dataclasses import replace

from lessons_src.data.dataset import Dataset
from lessons_src.layers.normalization import BatchNormalization
from lessons_src.layers.whitening import PatchWhitening
from lessons_src.training.augmentation import augmentation_layers
from lessons_src.training.recipes import FAST, NOTE, TUNED

import keras
import numpy as np
from keras import layers

SIDE = 8
TINY = replace(NOTE, name="tiny", epochs=3, batch_size=16, seed=7)


def drawn(train: int = 64, val: int = 32, test: int = 32) -> Dataset:
    """Return ten patterns, one per class, under noise."""
    rng = np.random.default_rng(0)
    patterns = rng.integers(80, 176, (10, SIDE, SIDE, 3))

    def split(count):
        labels = rng.integers(0, 10, count)
        noise = rng.integers(-80, 80, (count, SIDE, SIDE, 3))
        return (patterns[labels] + noise).astype(np.uint8), labels

    pairs = [array for count in (train, val, test) for array in split(count)]
    return Dataset(*pairs, class_names=tuple("abcdefghij"), name="drawn", source="noise")


def plain() -> keras.Model:
    """One dense layer."""
    images = keras.Input((SIDE, SIDE, 3))
    outputs = layers.Dense(10, "softmax", name="predictions")(layers.Flatten()(images))
    return keras.Model(images, outputs, name="plain")


def randomized() -> keras.Model:
    """Random layers of many kinds: alone, inside a model, and one that is called twice."""
    noise = layers.GaussianNoise(0.1)
    block = keras.Sequential([layers.Dense(8, "relu"), layers.Dropout(0.2)])
    images = keras.Input((SIDE, SIDE, 3))
    x = noise(augmentation_layers()(images))
    x = layers.Dropout(0.3)(noise(layers.GlobalAveragePooling2D()(x)))
    return keras.Model(images, layers.Dense(10, "softmax")(block(x)))


def normalized() -> keras.Model:
    """Layers whose state is not trained: adapted statistics, running statistics."""
    stack = [layers.Normalization(), layers.Conv2D(4, 3), BatchNormalization(momentum=0.9)]
    head = [layers.GlobalAveragePooling2D(), layers.Dense(10, "softmax")]
    return keras.Sequential([keras.Input((SIDE, SIDE, 3)), *stack, *head])


def whitened() -> keras.Model:
    """Chapter fast_network's kind of network, for images of any size."""
    images = keras.Input((SIDE, SIDE, 3))
    x = layers.Activation("relu")(PatchWhitening(24, 2, name="whiten")(images))
    x = BatchNormalization()(layers.Conv2D(8, 3, use_bias=False)(x))
    outputs = layers.Dense(10, "softmax")(layers.GlobalMaxPooling2D()(x))
    return keras.Model(images, outputs, name="whitened")


def normalized_and_dropped() -> keras.Model:
    """What several workers compute each in their own way: statistics of a part, masks."""
    images = keras.Input((SIDE, SIDE, 3))
    x = BatchNormalization()(layers.Conv2D(4, 3, activation="relu")(images))
    x = layers.Dropout(0.2)(layers.GlobalMaxPooling2D()(x))
    return keras.Model(images, layers.Dense(10, "softmax")(x), name="normalized_and_dropped")


# What several workers train, by network, images and recipe: batches of 16, an epoch's last of 13.
# One process would take two of the second run's steps at a time.
SHARED = {
    "plain": (plain, 61, replace(TINY, shift=1, flip=True, averaging=0.9)),
    "whole": (normalized_and_dropped, 125, TINY),
}

BRIEF = {"epochs": 3, "batch_size": 16, "shift": 1, "seed": 7}

# All that a run can consist of: each pair is to go on exactly where it was interrupted.
RUNS = {
    "random layers": (randomized, TINY),
    "averaged": (
        normalized,
        replace(TUNED, **BRIEF, cutout=3, small_epochs=2, averaging=0.9, precision="bfloat16"),
    ),
    "fast": (whitened, replace(FAST, **BRIEF)),
}
