"""Stacks of 3×3 convolutions against one large kernel with the same receptive field.

Two groups of convolutions, each before a pooling, on pictures shrunk to 16×16. A large kernel is
tried at the stack's width, where it costs more, and in a thinner network of about the same
multiply-adds. Initial weights suit what follows: He's before a ReLU, Glorot's before none.
"""

from collections.abc import Callable
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE, SEEDS, recomputed
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.layers.normalization import BatchNormalization

import keras
from keras import layers

WIDTH = 16  # channels of every map
SAME_COST = {7: 12, 5: 14}  # 49·12² is about 27·16², and 25·14² about 18·16²


def on_data(
    dataset: Dataset, kernels: tuple[int, ...], width: int, inside: str | None, normalized: bool
) -> keras.Model:
    """Build a stem, two groups of convolutions and a dense layer.

    Args:
        dataset: What it will be trained on.
        kernels: Sides of a group's kernels in pixels.
        width: Channels of every map.
        inside: Keras' name of the activation after each of a group's convolutions but the last;
            None for none.
        normalized: Whether batch normalization follows each convolution.
    """

    def convolution(x, kernel, activation):
        start = "he_uniform" if activation else "glorot_uniform"
        x = layers.Conv2D(width, kernel, padding="same", kernel_initializer=start)(x)
        x = BatchNormalization()(x) if normalized else x
        return layers.Activation(activation)(x) if activation else x

    inputs = keras.Input(dataset.x_train.shape[1:])  # (N, 32, 32, 3)
    x = layers.AveragePooling2D(2)(inputs)  # (N, 16, 16, 3)
    x = convolution(x, 3, "relu")  # (N, 16, 16, width)
    for _ in range(2):  # (N, 8, 8, width), (N, 4, 4, width)
        for kernel in kernels[:-1]:
            x = convolution(x, kernel, inside)
        x = layers.MaxPooling2D(2)(convolution(x, kernels[-1], "relu"))
    outputs = layers.Dense(len(dataset.class_names), activation="softmax")(layers.Flatten()(x))
    return keras.Model(inputs, outputs, name=_network(kernels, width, inside, normalized))


def _network(kernels: tuple[int, ...], width: int, inside: str | None, normalized: bool) -> str:
    name = "groups_" + "_".join(map(str, kernels)) + f"_of_{width}"
    return name + ("" if inside else "_linear") + ("_bn" if normalized else "")


def _variant(
    label: str,
    kernels: tuple[int, ...],
    against: str | None = None,
    *,
    width: int = WIDTH,
    inside: str | None = "relu",
    normalized: bool = False,
) -> Variant:
    build: Callable[[Dataset], keras.Model] = partial(
        on_data, kernels=kernels, width=width, inside=inside, normalized=normalized
    )
    network = _network(kernels, width, inside, normalized)
    measure = recomputed if normalized else None
    return Variant(label, network, RECIPE, against, build, measure=measure)


EXPERIMENT = Experiment(
    "kernel_stacks",
    variants=(
        _variant("three 3×3", (3, 3, 3)),
        _variant("three linear 3×3", (3, 3, 3), "three 3×3", inside=None),
        _variant("one 7×7", (7,), "three 3×3"),
        _variant("one 7×7, same cost", (7,), "three 3×3", width=SAME_COST[7]),
        _variant("two 3×3", (3, 3)),
        _variant("one 5×5", (5,), "two 3×3"),
        _variant("one 5×5, same cost", (5,), "two 3×3", width=SAME_COST[5]),
        _variant("three 3×3, BN", (3, 3, 3), "three 3×3", normalized=True),
        _variant("one 7×7, BN", (7,), "three 3×3, BN", normalized=True),
    ),
    seeds=SEEDS,
)
