"""Answers averaged over changed copies of each picture: several looks in place of one."""

from lessons_src.analysis.classification import predict
from lessons_src.analysis.robustness import shifted

import keras
import numpy as np

WEIGHTS = {(0, 0): 1 / 2, (1, 1): 1 / 4, (-1, -1): 1 / 4}  # by shift, in pixels down and right


def predict_with_flips(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return the mean of a network's answers to images and to their mirror images.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.

    Returns:
        (N, classes) probabilities.
    """
    return (predict(model, images) + predict(model, images[:, :, ::-1])) / 2


def predict_in_six_looks(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return a network's mean answer to an image, moved by a pixel two ways, and mirror images.

    The scores are averaged: of log-probabilities, which differ from them by a constant per look.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.

    Returns:
        (N, classes) probabilities. The two unmoved looks weigh as much as the four moved ones.

    Source: Jordan, 94% on CIFAR-10 in 3.29 Seconds on a Single GPU, 2024, section 3.5.
    """
    scores = []
    for (down, right), weight in WEIGHTS.items():
        moved = shifted(images, down, right)
        for look in (moved, moved[:, :, ::-1]):
            scores.append(weight / 2 * np.log(np.maximum(predict(model, look), 1e-30)))
    raised = np.exp(np.sum(scores, axis=0))
    return raised / raised.sum(axis=1, keepdims=True)
