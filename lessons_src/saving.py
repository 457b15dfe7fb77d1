"""Save a network with the names of its classes; open it again, in a new Python as well.

Keras reads a class of the book from a file only after something has imported the class. Importing
this module imports all of them.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from lessons_src.errors import BookError
from lessons_src.files import replacing
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
CLASSES_FILE = "classes.json"


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


def save_with_classes(model: keras.Model, folder: str | Path, class_names: Sequence[str]) -> Path:
    """Save a network, and beside it what its file does not hold: the names of its classes.

    Args:
        model: Returns one probability per class.
        folder: Made if there is none; model.keras and classes.json are written there.
        class_names: In the order of the labels.

    Returns:
        The path of model.keras.

    Raises:
        BookError: If there are not as many names as classes.
    """
    _check_names(list(class_names), model, "class_names")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    model.save(folder / "model.keras")
    with replacing(folder / CLASSES_FILE) as aside:
        text = json.dumps(list(class_names), ensure_ascii=False)
        aside.write_text(text + "\n", encoding="utf-8")
    return folder / "model.keras"


def load_with_classes(path: str | Path) -> tuple[keras.Model, tuple[str, ...]]:
    """Open a network and the names of its classes.

    Args:
        path: A file that ends in ".keras"; classes.json lies beside it.

    Returns:
        The network and the names, in the order of the labels.

    Raises:
        BookError: As `load_model`; or if classes.json is missing, is no list of names, or has not
            as many names as the network has classes.
    """
    model = load_model(path)
    file = Path(path).with_name(CLASSES_FILE)
    try:
        names = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BookError(
            f"{file} cannot be read ({error}); write the classes' names there in the order of the "
            'labels, such as ["cat", "dog"]'
        ) from error
    if not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
        raise BookError(f'{file}: no list of names; write one such as ["cat", "dog"]')
    _check_names(names, model, str(file))
    return model, tuple(names)


def _check_names(names: list[str], model: keras.Model, where: str) -> None:
    units = model.output_shape[-1]
    if len(names) != units:
        raise BookError(
            f"{where}: {len(names)} names, but the network has {units} classes; give one name per "
            "class, in the order of the labels"
        )
