"""Learning rates, with batch normalization and without it.

SGD alone, without momentum and decay, so that the rate is all that decides the length of a step.
"""

from dataclasses import replace
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.training.recipes import Recipe

import keras
from keras import layers

RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
RECIPE = Recipe(
    "rate",
    epochs=5,
    batch_size=64,
    images=(20_000, 2_500, 10_000),
    optimizer="sgd",
    momentum=0.0,
)


def on_data(dataset: Dataset, normalized: bool) -> keras.Model:
    """Build four convolutions, each with or without batch normalization, and a dense layer.

    Args:
        dataset: What it will be trained on.
        normalized: Whether each convolution is followed by batch normalization. Its momentum is
            0.9, so that the running statistics keep up with a short run.
    """
    x = inputs = keras.Input(dataset.x_train.shape[1:])  # (N, 32, 32, 3)
    for filters, strides in ((16, 2), (32, 2), (32, 1), (64, 2)):
        x = layers.Conv2D(filters, 3, strides, "same")(x)
        x = layers.BatchNormalization(momentum=0.9)(x) if normalized else x
        x = layers.ReLU()(x)  # at last (N, 4, 4, 64)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(len(dataset.class_names), activation="softmax")(x)
    return keras.Model(inputs, outputs, name=_network(normalized))


def _network(normalized: bool) -> str:
    return "four_convolutions_bn" if normalized else "four_convolutions"


def _label(normalized: bool, rate: float) -> str:
    return f"{'with' if normalized else 'without'} BN, rate {rate:g}"


EXPERIMENT = Experiment(
    "normalization_rates",
    variants=tuple(
        Variant(
            _label(normalized, rate),
            _network(normalized),
            replace(RECIPE, name=f"rate_{rate:g}", learning_rate=rate),
            against=_label(False, rate) if normalized else None,
            build=partial(on_data, normalized=normalized),
        )
        for rate in RATES
        for normalized in (False, True)
    ),
    seeds=tuple(range(5)),
)
