"""Training in bfloat16 against training in float32: narrow convolutions, and wide dense layers.

The networks are Inception10 at half its width and AlexNet8 at a quarter.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.experiments.inception_units import on_data
from lessons_src.layers.blocks import inception_block
from lessons_src.training.precision import PRECISIONS

import keras

# By label, the network's name and what builds it; None for `build_model`.
NETWORKS: dict[str, tuple[str, Callable[[Dataset], keras.Model] | None]] = {
    "Inception10": (
        "thin_inception10",
        partial(on_data, network="thin_inception10", make_unit=inception_block),
    ),
    "AlexNet8": ("thin_alexnet8", None),
}


def _variant(label: str, precision: str) -> Variant:
    network, build = NETWORKS[label]
    recipe = replace(RECIPE, name=precision, precision=precision)
    if precision == "float32":
        return Variant(label, network, recipe, build=build)
    return Variant(f"{label} in {precision}", network, recipe, label, build)


EXPERIMENT = Experiment(
    "precision",
    variants=tuple(_variant(label, precision) for label in NETWORKS for precision in PRECISIONS),
    seeds=(0, 1, 2),
)
