"""What stands after Inception10's last unit: an average per channel, or dense layers.

The networks have half of Inception10's channels.
"""

from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE, SEEDS, recomputed
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.experiments.inception_units import trunk
from lessons_src.layers.blocks import inception_block

import keras
from keras import layers

HIDDEN = 128  # units of the hidden dense layer


def average(x):
    """Return (N, C) from (N, H, W, C): what Inception10 has."""
    return layers.GlobalAveragePooling2D()(x)


def flat(x):
    """Return (N, H·W·C) from (N, H, W, C): the classes' layer has a weight for each position."""
    return layers.Flatten()(x)


def hidden(x):
    """Return (N, 128) from (N, H, W, C): one more layer before that of the classes."""
    return layers.Dense(HIDDEN, activation="relu")(layers.Flatten()(x))


HEADS = {"average": average, "flattened": flat, "flattened, hidden layer": hidden}


def on_data(dataset: Dataset, label: str) -> keras.Model:
    """Build Inception10 with another head.

    Args:
        dataset: What it will be trained on.
        label: A key of `HEADS`.
    """
    inputs, x = trunk(dataset, inception_block)
    x = HEADS[label](x)
    outputs = layers.Dense(len(dataset.class_names), activation="softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name=_network(label))


def _network(label: str) -> str:
    if label == "average":
        return "thin_inception10"  # as in `inception_units`, whose records serve both
    return f"thin_inception10_{HEADS[label].__name__}"


EXPERIMENT = Experiment(
    "inception_heads",
    variants=tuple(
        Variant(
            label,
            _network(label),
            RECIPE,
            None if label == "average" else "average",
            partial(on_data, label=label),
            measure=recomputed,
        )
        for label in HEADS
    ),
    seeds=SEEDS,
)
