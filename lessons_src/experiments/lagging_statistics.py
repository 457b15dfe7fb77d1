"""Inception10 in large batches: do running statistics that lag explain what is lost?

With a momentum of 0.99 the statistics remember some hundred steps. Five epochs have 7,035 steps of
32 images and 220 of 1,024. A network whose normalization is frozen in inference mode has no
statistics that could lag.
"""

from dataclasses import replace
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE, SEEDS, recomputed
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.models import inception10

import keras
from keras import layers


def on_data(dataset: Dataset, momentum: float) -> keras.Model:
    """Build Inception10 with another momentum of its running statistics.

    Args:
        dataset: What it will be trained on.
        momentum: Share of a running statistic that a step keeps; Keras' default is 0.99.
    """
    model = inception10(dataset.x_train.shape[1:], len(dataset.class_names))
    for layer in model.layers:
        if isinstance(layer, layers.BatchNormalization):
            layer.momentum = momentum
    return keras.Model(model.inputs[0], model.outputs[0], name=f"inception10_{momentum}")


_LARGE = replace(RECIPE, name="ablation_1024", batch_size=1024)
_SHORT = partial(on_data, momentum=0.9)
_variant = partial(Variant, measure=recomputed)

EXPERIMENT = Experiment(
    "lagging_statistics",
    variants=(
        _variant("batch 32", "inception10", RECIPE),
        _variant("batch 1,024", "inception10", _LARGE, "batch 32"),
        _variant("with momentum 0.9", "inception10_0.9", _LARGE, "batch 1,024", _SHORT),
        _variant("frozen, batch 32", "inception10_frozen_bn", RECIPE, "batch 32"),
        _variant("frozen, batch 1,024", "inception10_frozen_bn", _LARGE, "batch 1,024"),
    ),
    seeds=SEEDS,
)
