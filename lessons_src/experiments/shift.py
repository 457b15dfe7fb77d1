"""How many answers change when the picture moves, with max pooling and with blurred max pooling.

The pictures have no border: what leaves on one side comes in on the other, and all padding is done
like that. So only the sampling, one cell of four, can make the difference.
"""

from functools import partial

from lessons_src.analysis.classification import predict
from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.layers.blur_pool import MaxBlurPool
from lessons_src.layers.normalization import BatchNormalization
from lessons_src.layers.wrapped import WrappedConv2D
from lessons_src.training.recipes import Recipe

import keras
import numpy as np
from keras import layers

RECIPE = Recipe("shift", epochs=6, batch_size=64, images=(10_000, 2_500, 10_000))
PIXELS = (1, 2, 3, 4)


def on_data(dataset: Dataset, blurred: bool) -> keras.Model:
    """Build three convolutions, two halvings between them, and a global average.

    Args:
        dataset: What it will be trained on.
        blurred: Whether the maxima are blurred before one of four is kept.
    """
    x = inputs = keras.Input(dataset.x_train.shape[1:])  # (N, 32, 32, 3)
    for filters in (16, 32, 64):
        if filters > 16:  # (N, 16, 16, 16), then (N, 8, 8, 32)
            x = MaxBlurPool()(x) if blurred else layers.MaxPooling2D(2)(x)
        x = WrappedConv2D(filters, 3, use_bias=False)(x)
        x = BatchNormalization(momentum=0.9)(x)
        x = layers.ReLU()(x)
    x = layers.GlobalAveragePooling2D()(x)  # (N, 64)
    outputs = layers.Dense(len(dataset.class_names), activation="softmax")(x)
    return keras.Model(inputs, outputs, name=_network(blurred))


def answers_changed(model: keras.Model, dataset: Dataset) -> dict[str, float]:
    """Measure the share of test images whose answer changes when the image is rolled to the right.

    Args:
        model: Returns probabilities, (N, classes), for pixels in 0–1.
        dataset: Whose test images to take.

    Returns:
        By "changed at N pixels", the share in 0–1.
    """
    images = dataset.x_test.astype("float32") / 255
    before = predict(model, images).argmax(axis=1)
    return {
        changed_at(pixels): float(
            np.mean(predict(model, np.roll(images, pixels, axis=2)).argmax(axis=1) != before)
        )
        for pixels in PIXELS
    }


def changed_at(pixels: int) -> str:
    """Return the name of the share in a record.

    Args:
        pixels: How far the images are rolled.
    """
    return f"changed at {pixels} pixel{'s' * (pixels > 1)}"


def _network(blurred: bool) -> str:
    return "three_convolutions_blurred" if blurred else "three_convolutions"


EXPERIMENT = Experiment(
    "shift",
    variants=(
        Variant(
            "max pooling",
            _network(False),
            RECIPE,
            build=partial(on_data, blurred=False),
            measure=answers_changed,
        ),
        Variant(
            "blurred max pooling",
            _network(True),
            RECIPE,
            against="max pooling",
            build=partial(on_data, blurred=True),
            measure=answers_changed,
        ),
    ),
    seeds=tuple(range(5)),
)
