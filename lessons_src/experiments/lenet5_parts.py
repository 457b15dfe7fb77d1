"""LeNet5's activation and its pooling, each exchanged for others."""

from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE, SEEDS
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.models import lenet5

import keras
from keras import layers

ACTIVATIONS = ("sigmoid", "tanh", "relu")
POOLINGS = {"max": layers.MaxPooling2D, "average": layers.AveragePooling2D}


def on_data(dataset: Dataset, activation: str, pooling: str) -> keras.Model:
    """Build LeNet5 with another activation or pooling.

    Args:
        dataset: What it will be trained on.
        activation: One of `ACTIVATIONS`.
        pooling: A key of `POOLINGS`.
    """
    model = lenet5(
        dataset.x_train.shape[1:], len(dataset.class_names), activation, POOLINGS[pooling]
    )
    return keras.Model(model.inputs[0], model.outputs[0], name=f"lenet5_{activation}_{pooling}")


def _label(activation: str, pooling: str) -> str:
    return f"{activation}, {pooling}"


def _against(activation: str, pooling: str) -> str | None:
    """Return what a variant differs from in one thing: its pooling, or else its activation."""
    if pooling != "max":
        return _label(activation, "max")
    return None if activation == "sigmoid" else _label("sigmoid", "max")


EXPERIMENT = Experiment(
    "lenet5_parts",
    variants=tuple(
        Variant(
            _label(activation, pooling),
            f"lenet5_{activation}_{pooling}",
            RECIPE,
            _against(activation, pooling),
            partial(on_data, activation=activation, pooling=pooling),
        )
        for activation in ACTIVATIONS
        for pooling in POOLINGS
    ),
    seeds=SEEDS,
)
