"""What batch normalization does in the wrong mode while it trains.

In inference mode it uses its running statistics, which then nobody updates: mean 0, variance 1.
"""

from collections.abc import Callable
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.experiments.normalization_rates import on_data
from lessons_src.layers.normalization import with_frozen_normalization
from lessons_src.training.recipes import Recipe

import keras

RECIPE = Recipe("mode", epochs=5, batch_size=64)


def frozen(dataset: Dataset) -> keras.Model:
    """Build the network whose batch normalization is in inference mode at all times.

    Args:
        dataset: What it will be trained on.
    """
    return with_frozen_normalization(on_data(dataset, normalized=True))


# By the label: the network's name, and how it is built.
NETWORKS: dict[str, tuple[str, Callable[[Dataset], keras.Model]]] = {
    "without BN": ("four_convolutions", partial(on_data, normalized=False)),
    "BN in inference mode": ("four_convolutions_bn_frozen_bn", frozen),
    "BN in its right modes": ("four_convolutions_bn", partial(on_data, normalized=True)),
}
EXPERIMENT = Experiment(
    "normalization_modes",
    variants=tuple(
        Variant(label, name, RECIPE, None if label == "without BN" else "without BN", build)
        for label, (name, build) in NETWORKS.items()
    ),
    seeds=tuple(range(5)),
)
