"""The book's networks, each in a file of its own, and the one list of them."""

from collections.abc import Callable
from functools import partial

from lessons_src.errors import unknown
from lessons_src.models.alexnet8 import alexnet8
from lessons_src.models.baseline import baseline
from lessons_src.models.fast11 import fast11
from lessons_src.models.inception10 import inception10, inception10_frozen_bn
from lessons_src.models.lenet5 import lenet5
from lessons_src.models.resnet18 import resnet18
from lessons_src.models.thin import thin_net
from lessons_src.models.vgg16 import vgg16
from lessons_src.runtime import use_keras_defaults

import keras

__all__ = [
    "ALL_MODELS",
    "MODELS",
    "alexnet8",
    "baseline",
    "build_model",
    "fast11",
    "inception10",
    "inception10_frozen_bn",
    "lenet5",
    "resnet18",
    "thin_net",
    "vgg16",
]

# The lecture note's six, which the pages compare and `python -m lessons_src models` prints.
MODELS = {
    "baseline": baseline,
    "lenet5": lenet5,
    "alexnet8": alexnet8,
    "vgg16": vgg16,
    "inception10": inception10,
    "resnet18": resnet18,
}

# All networks that `build_model` builds and the command line trains.
ALL_MODELS: dict[str, Callable[..., keras.Model]] = {
    **MODELS,
    "inception10_frozen_bn": inception10_frozen_bn,  # a mistake that batch_normalization explains
    "thin_alexnet8": partial(alexnet8, width=24, name="thin_alexnet8"),  # a quarter of the width
    "thin_vgg16": partial(vgg16, width=16, name="thin_vgg16"),
    "thin_plain8": partial(
        thin_net, 8, residual=False, shrink=2
    ),  # chapter resnet18, on 16×16 images
    "thin_plain14": partial(thin_net, 14, residual=False, shrink=2),
    "thin_plain20": partial(thin_net, 20, residual=False, shrink=2),
    "thin_plain32": partial(thin_net, 32, residual=False, shrink=2),
    "thin_resnet8": partial(thin_net, 8, residual=True, shrink=2),
    "thin_resnet14": partial(thin_net, 14, residual=True, shrink=2),
    "thin_resnet20": partial(thin_net, 20, residual=True, shrink=2),
    "thin_resnet32": partial(thin_net, 32, residual=True, shrink=2),
    "fast11": fast11,  # chapter fast_network
}


def build_model(name: str, input_shape=(32, 32, 3), classes: int = 10, **options) -> keras.Model:
    """Build one of the book's networks, untrained.

    Args:
        name: A key of `ALL_MODELS`.
        input_shape: (height, width, channels) of the images.
        classes: Number of classes, the units of the softmax.
        **options: What the network's own function takes beyond these, such as `block_list`.

    Returns:
        A functional model from (N, height, width, channels), pixels in 0–1, to (N, classes).

    Raises:
        UsageError: For a name that is not in `ALL_MODELS`; the message lists them.
        TypeError: For an option that the network does not take.
        BookError: As in `runtime.use_keras_defaults`.
    """
    use_keras_defaults()
    if name not in ALL_MODELS:
        raise unknown("model", name, ALL_MODELS)
    return ALL_MODELS[name](input_shape=input_shape, classes=classes, **options)
