"""From Inception10's unit to the paper's first sketch of it, one difference at a time.

The networks have half of Inception10's channels.
"""

from collections.abc import Callable
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE, SEEDS
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.layers.blocks import conv_bn_act

import keras
from keras import layers

FILTERS = 8  # of the stem and of each branch in the first two units


def branch(
    x, filters: int, kernel: int, strides: int, *, reduces: bool, skips_first: bool, name: str
):
    """Look at a map through one large kernel.

    Args:
        x: Feature map, (N, H, W, C).
        filters: Channels of the branch.
        kernel: Side of the kernel in pixels.
        strides: Step of the branch in pixels.
        reduces: Whether a 1×1 convolution brings the channels down before the large kernel.
        skips_first: Whether the step is that of the 1×1, which then never sees what is skipped,
            and not that of the large kernel.
        name: Prefix of the layers' names.
    """
    first, last = (strides, 1) if skips_first else (1, strides)
    if reduces:
        x = conv_bn_act(x, filters, 1, first, name=f"{name}_reduce")
    return conv_bn_act(x, filters, kernel, last, name=name)


def unit(
    x,
    filters: int,
    strides: int,
    *,
    reduces: bool,
    skips_first: bool,
    projects: bool,
    name: str,
):
    """Look at a map through four branches and concatenate what they see.

    Args:
        x: Feature map, (N, H, W, C).
        filters: Channels of each branch with a convolution.
        strides: Step of each branch in pixels.
        reduces: As in `branch`.
        skips_first: As in `branch`.
        projects: Whether a 1×1 convolution brings down the channels that pooling hands on; where
            the step is not the first's, pooling has it.
        name: Prefix of the layers' names.

    Source: Szegedy et al., Going Deeper with Convolutions, 2015, figure 2: (b) reduces and
    projects, (a) does neither.
    """
    options = {"reduces": reduces, "skips_first": skips_first}
    seen = [conv_bn_act(x, filters, 1, strides, name=f"{name}_1x1")]
    for kernel in (3, 5):
        seen.append(
            branch(x, filters, kernel, strides, **options, name=f"{name}_{kernel}x{kernel}")
        )
    first, last = (1, strides) if skips_first else (strides, 1)
    pooled = layers.MaxPooling2D(3, first, "same", name=f"{name}_pool")(x)
    if projects:
        pooled = conv_bn_act(pooled, filters, 1, last, name=f"{name}_pool_project")
    return layers.Concatenate(name=f"{name}_concat")([*seen, pooled])


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


def _variant(
    label: str,
    network: str,
    against: str | None = None,
    *,
    reduces: bool,
    skips_first: bool,
    projects: bool,
) -> Variant:
    make_unit = partial(unit, reduces=reduces, skips_first=skips_first, projects=projects)
    build = partial(on_data, network=network, make_unit=make_unit)
    return Variant(label, network, RECIPE, against, build)


EXPERIMENT = Experiment(
    "inception_units",
    variants=(
        _variant(
            "Inception10's unit",
            "thin_inception10",
            reduces=True,
            skips_first=True,
            projects=True,
        ),
        _variant(
            "steps on large kernels",
            "thin_inception10_seeing",
            "Inception10's unit",
            reduces=True,
            skips_first=False,
            projects=True,
        ),
        _variant(
            "and no 1×1 before them",
            "thin_inception10_direct",
            "steps on large kernels",
            reduces=False,
            skips_first=False,
            projects=True,
        ),
        _variant(
            "and no 1×1 after pooling",
            "thin_inception10_naive",
            "and no 1×1 before them",
            reduces=False,
            skips_first=False,
            projects=False,
        ),
    ),
    seeds=SEEDS,
)
