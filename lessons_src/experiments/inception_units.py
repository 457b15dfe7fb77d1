"""From Inception10's unit to the paper's first sketch of it, one difference at a time.

The networks have half of Inception10's channels.
"""

from collections.abc import Callable
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE, SEEDS, recomputed
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.layers.blocks import conv_bn_act, inception_block

import keras
from keras import layers

FILTERS = 8  # of the stem and of each branch in the first two units


def unit(x, filters: int, strides: int, *, reduces: bool, projects: bool, name: str):
    """Look at a map through four branches, whose large windows take the step; concatenate.

    Args:
        x: Feature map, (N, H, W, C).
        filters: Channels of each branch with a convolution.
        strides: Step of each branch in pixels.
        reduces: Whether a 1×1 convolution brings the channels down before a large kernel.
        projects: Whether a 1×1 convolution brings down the channels that pooling hands on.
        name: Prefix of the layers' names.

    Source: Szegedy et al., Going Deeper with Convolutions, 2015, figure 2: (b) reduces and
    projects, (a) does neither.
    """
    found = [conv_bn_act(x, filters, 1, strides, name=f"{name}_1x1")]
    for kernel in (3, 5):
        large, before = f"{name}_{kernel}x{kernel}", x
        if reduces:
            before = conv_bn_act(x, filters, 1, name=f"{large}_reduce")
        found.append(conv_bn_act(before, filters, kernel, strides, name=large))
    pooled = layers.MaxPooling2D(3, strides, "same", name=f"{name}_pool")(x)
    if projects:
        pooled = conv_bn_act(pooled, filters, 1, name=f"{name}_pool_project")
    return layers.Concatenate(name=f"{name}_concat")([*found, pooled])


def trunk(dataset: Dataset, make_unit: Callable) -> tuple:
    """Build all but the head of an Inception10 of half the width.

    Args:
        dataset: What it will be trained on.
        make_unit: Returns a unit's output from (x, filters, strides, name=…).

    Returns:
        The images, (N, 32, 32, 3), and the last unit's output, (N, 8, 8, C).
    """
    inputs = keras.Input(dataset.x_train.shape[1:])  # (N, 32, 32, 3)
    x = conv_bn_act(inputs, FILTERS, 3, name="stem")
    for block in range(2):
        for number, strides in ((1, 2), (2, 1)):
            name = f"block{block + 1}_unit{number}"
            x = make_unit(x, FILTERS * 2**block, strides, name=name)
    return inputs, x


def on_data(dataset: Dataset, network: str, make_unit: Callable) -> keras.Model:
    """Build Inception10 at half its width, of other units.

    Args:
        dataset: What it will be trained on.
        network: Name of the model.
        make_unit: As for `trunk`.
    """
    inputs, x = trunk(dataset, make_unit)
    x = layers.GlobalAveragePooling2D(name="global_pool")(x)
    outputs = layers.Dense(len(dataset.class_names), activation="softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name=network)


def _variant(label: str, network: str, against: str | None, make_unit: Callable) -> Variant:
    build = partial(on_data, network=network, make_unit=make_unit)
    return Variant(label, network, RECIPE, against, build, measure=recomputed)


EXPERIMENT = Experiment(
    "inception_units",
    variants=(
        _variant("Inception10's unit", "thin_inception10", None, inception_block),
        _variant(
            "steps on large kernels",
            "thin_inception10_seeing",
            "Inception10's unit",
            partial(unit, reduces=True, projects=True),
        ),
        _variant(
            "and no 1×1 before them",
            "thin_inception10_direct",
            "steps on large kernels",
            partial(unit, reduces=False, projects=True),
        ),
        _variant(
            "and no 1×1 after pooling",
            "thin_inception10_naive",
            "and no 1×1 before them",
            partial(unit, reduces=False, projects=False),
        ),
    ),
    seeds=SEEDS,
)
