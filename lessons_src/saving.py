"""Open a network that `model.save` wrote, in a new Python as well.

Keras reads a class of the book from a file only after something has imported the class. Importing
this module imports all of them.
"""

from pathlib import Path

from lessons_src.errors import BookError
from lessons_src.layers.blur_pool import MaxBlurPool
from lessons_src.layers.normalization import BatchNormalization, FrozenBatchNormalization
from lessons_src.layers.whitening import PatchWhitening
from lessons_src.layers.wrapped import WrappedConv2D
from lessons_src.models.fast11 import PartialIdentity
from lessons_src.models.thin import SubsampleAndPad
from lessons_src.training.losses import SmoothedCrossentropy
from lessons_src.training.optimizers import Adam, Muon
from lessons_src.training.schedules import Schedule

import keras

SAVED_CLASSES = (
    BatchNormalization,
    FrozenBatchNormalization,
    MaxBlurPool,
    PatchWhitening,
    WrappedConv2D,
    PartialIdentity,
    SubsampleAndPad,
    Adam,
    Muon,
    Schedule,
    SmoothedCrossentropy,
)


def load_model(path: str | Path) -> keras.Model:
    """Open a network that `model.save` wrote.

    Args:
        path: A file that ends in ".keras".

    Returns:
        The network with its weights, compiled as it was.

    Raises:
        BookError: If there is no such file, or it is damaged, or it needs a class of your own that
            nothing has imported.
    """
    try:
        return keras.saving.load_model(path)
    except Exception as error:  # Keras raises whatever the damage suggests
        raise BookError(
            f"{path} cannot be opened as a network ({error}); save it again with model.save, and "
            "import the classes of your own that it is made of"
        ) from error
