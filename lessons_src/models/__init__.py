"""The book's networks, each in a file of its own, and the one list of them."""

from collections.abc import Callable

from lessons_src.models.alexnet8 import alexnet8
from lessons_src.models.baseline import baseline
from lessons_src.models.fast11 import fast11
from lessons_src.models.inception10 import inception10, inception10_frozen_bn
from lessons_src.models.lenet5 import lenet5
from lessons_src.models.resnet18 import resnet18
from lessons_src.models.thin import THIN_NETS
from lessons_src.models.vgg16 import vgg16

import keras

# The lecture note's six.
MODELS = {
    "baseline": baseline,
    "lenet5": lenet5,
    "alexnet8": alexnet8,
    "vgg16": vgg16,
    "inception10": inception10,
    "resnet18": resnet18,
}

# All that `build_model` builds: chapters 5 and 13 add a mistake, chapter 14 thin networks, and
# chapter 16 a fast one.
BUILDERS: dict[str, Callable[..., keras.Model]] = {
    **MODELS,
    "inception10_frozen_bn": inception10_frozen_bn,
    **THIN_NETS,
    "fast11": fast11,
}


def build_model(name: str, input_shape=(32, 32, 3), classes: int = 10, **options) -> keras.Model:
    """Build one of the book's networks, untrained.

    Args:
        name: A key of `BUILDERS`.
        input_shape: (height, width, channels) of the images.
        classes: Number of classes, the units of the softmax.
        **options: What the network's own function takes beyond these, such as `block_list`.

    Returns:
        A functional model from (N, height, width, channels), pixels in 0–1, to (N, classes).

    Raises:
        ValueError: For a name that is not in `BUILDERS`; the message lists them.
        TypeError: For an option that the network does not take.
    """
    if name not in BUILDERS:
        raise ValueError(f"unknown model {name!r}; the known ones are {', '.join(BUILDERS)}")
    return BUILDERS[name](input_shape=input_shape, classes=classes, **options)
