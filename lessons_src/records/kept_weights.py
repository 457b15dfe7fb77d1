"""Weights kept beside the records, in half precision: of the runs that the pages look into."""

from pathlib import Path
from typing import TYPE_CHECKING

from lessons_src.errors import RecordError
from lessons_src.records import half_weights
from lessons_src.records.run_record import RECORDS, run_name

if TYPE_CHECKING:
    import keras

SEED = 0

# (network, recipe); of each, the weights of the run with this seed are kept and no others.
KEPT = (
    ("baseline", "note"),
    ("lenet5", "note"),
    ("thin_alexnet8", "ablation"),
    ("thin_vgg16", "note"),
    ("inception10", "note"),
    ("thin_resnet14", "depths"),
    ("fast11", "fast"),
)

# What these networks tell apart: CIFAR-10's classes.
CLASS_NAMES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)


def weights_path(network: str, recipe: str, folder: Path = RECORDS) -> Path:
    """Return where the weights of a network trained by a recipe are kept.

    Args:
        network: The model's name.
        recipe: The recipe's name.
        folder: Where the records lie.
    """
    return folder / f"{run_name(network, recipe, SEED)}.weights.npz"


def load_weights(model: "keras.Model", recipe: str, folder: Path = RECORDS) -> None:
    """Load the weights of a recorded run's best epoch into a model.

    Args:
        model: One of the book's networks, as `models.build_model` builds it.
        recipe: The recipe's name.
        folder: Where the records lie.

    Raises:
        RecordError: If no weights of such a run are kept, or the file does not fit the model; the
            message says how to make them.
    """
    path = weights_path(model.name, recipe, folder)
    if not path.exists():
        raise RecordError(
            f"{folder} keeps no weights of {model.name} by the recipe {recipe!r}; "
            f"train it: python -m lessons_src train {model.name} --recipe {recipe}"
        )
    half_weights.load(model, path)
