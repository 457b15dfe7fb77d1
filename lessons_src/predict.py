"""Ask Fast11's committed weights, or a network of your own, about any picture: read, fit, predict.

Every change of the picture is reported with the result, since a network answers for whatever it
gets: a crop can cut the object off, and a picture of 32×32 pixels holds little.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons_src import records
from lessons_src.data.cifar10 import CLASS_NAMES
from lessons_src.data.file_tree import is_housekeeping, read_bytes
from lessons_src.errors import DatasetError
from lessons_src.messages import note
from lessons_src.models import build_model
from lessons_src.pictures import decode, fit

import keras
import numpy as np

NETWORK, RECIPE = "fast11", "fast"


@dataclass(frozen=True)
class Prediction:
    """What the network says about a picture.

    Attributes:
        file: The picture's file.
        probabilities: By class, highest first; they add up to 1.
        done: What was done to the picture before the network saw it, in order.
    """

    file: str
    probabilities: dict[str, float]
    done: tuple[str, ...]


def load_network() -> keras.Model:
    """Return Fast11 with the weights of the recorded run.

    Raises:
        RecordError: If no weights are kept, or the file is damaged; the message says what to do.
    """
    model = build_model(NETWORK)
    records.load_weights(model, RECIPE, records.RECORDS)
    return model


def predict_files(
    model: keras.Model, paths: Sequence[str | Path], class_names: Sequence[str] = CLASS_NAMES
) -> Iterator[Prediction | DatasetError]:
    """Ask a network about pictures, one after the other.

    Args:
        model: Takes (N, height, width, 3), pixels in 0–1; returns probabilities. Pictures are
            brought to its height and width.
        paths: The pictures' files. What systems keep for themselves, such as Thumbs.db, is passed
            over with a note on stderr.
        class_names: The names of its classes, in the order of the labels; CIFAR-10's by default.

    Yields:
        For each other file its prediction, or the error that names it.
    """
    size = model.input_shape[1:3]
    for path in map(Path, paths):
        name = str(path)
        if is_housekeeping(path.name):
            note(f"{name}: passed over, as a system keeps it for itself")
            continue
        try:
            picture = fit(decode(read_bytes(path, name), name), size)
        except DatasetError as error:
            yield error
            continue
        [probabilities] = model.predict(picture.pixels[np.newaxis] / np.float32(255), verbose=0)
        order = np.argsort(-probabilities, kind="stable")
        ranked = {class_names[label]: float(probabilities[label]) for label in order}
        yield Prediction(name, ranked, picture.done or ("nothing",))
