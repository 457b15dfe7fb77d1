"""How networks without one of their parts are compared: by the note's recipe, on all data."""

from dataclasses import replace

from lessons_src.analysis import accuracy, predict
from lessons_src.data import Dataset
from lessons_src.layers.normalization import recompute_statistics
from lessons_src.training.recipes import NOTE

import keras
import numpy as np

RECIPE = replace(NOTE, name="ablation", test_curve=False)
SEEDS = tuple(range(5))


def recomputed(model: keras.Model, dataset: Dataset) -> dict[str, float]:
    """Measure what a network's running statistics cost: the accuracy without their lag.

    Args:
        model: A trained network with batch normalization; it stays as it is.
        dataset: The data it saw.

    Returns:
        The accuracy on test images by statistics of 5,000 training images:
        "recomputed".
    """
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    recompute_statistics(copy, dataset.x_train[:5_000] / np.float32(255))
    answers = predict(copy, dataset.x_test / np.float32(255))
    return {"recomputed": accuracy(answers, dataset.y_test)}
