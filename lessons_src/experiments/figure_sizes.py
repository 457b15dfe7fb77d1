"""Figures of one size, for units of a small and of a large field.

The drawn figures of Shapes-10, since there their diameter can be chosen. Both networks have the
same layers, parameters and multiply-adds; the distance between the taps of two kernels differs.
"""

from functools import cache, partial

from lessons_src.data import Dataset, shapes10
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.training.recipes import Recipe

import keras
from keras import layers

DIAMETERS = (6, 10, 14, 18, 22, 26)  # pixels
SMALL, LARGE = 11, 27  # fields, in pixels
DILATIONS = {SMALL: (1, 1), LARGE: (2, 4)}
IMAGES = (4_000, 500, 4_000)


@cache  # ten seeds of two networks see the same
def figures(diameter: int) -> Dataset:
    """Draw Shapes-10's figures in one size, with clutter and noise.

    Args:
        diameter: Of all figures, in pixels.
    """
    sizes = (float(diameter), float(diameter))
    images, labels = shapes10.generate(sum(IMAGES), 0, diameter=sizes)
    return shapes10.split(images, labels, IMAGES, f"generated, seed 0, diameter {diameter}")


def on_data(dataset: Dataset, field: int) -> keras.Model:
    """Build three 3×3 convolutions and a global average, which no unit's neighbours can help.

    Args:
        dataset: What it will be trained on.
        field: Side in pixels of what a unit of the last map sees: a key of `DILATIONS`.
    """
    x = inputs = keras.Input(dataset.x_train.shape[1:])  # (N, 32, 32, 3)
    for strides, dilation in ((2, 1), *((1, dilation) for dilation in DILATIONS[field])):
        x = layers.Conv2D(24, 3, strides, "same", dilation_rate=dilation, use_bias=False)(x)
        x = layers.BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)  # (N, 16, 16, 24)
    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(len(dataset.class_names), activation="softmax")(x)
    return keras.Model(inputs, outputs, name=f"field_{field}")


def _label(field: int, diameter: int) -> str:
    return f"diameter {diameter}, field {field}"


EXPERIMENT = Experiment(
    "figure_sizes",
    variants=tuple(
        Variant(
            _label(field, diameter),
            f"field_{field}",
            Recipe(
                f"diameter_{diameter}",
                epochs=10,
                batch_size=64,
                learning_rate=0.015,
                schedule="cosine",
            ),
            against=_label(SMALL, diameter) if field == LARGE else None,
            build=partial(on_data, field=field),
            data=partial(figures, diameter),
        )
        for diameter in DIAMETERS
        for field in DILATIONS
    ),
    seeds=tuple(range(10)),
)
