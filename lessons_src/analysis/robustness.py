"""How a network's answers change with shifted and noisy images."""

from collections.abc import Iterable

from lessons_src.analysis.classification import accuracy, predict

import keras
import numpy as np


def shifted(images: np.ndarray, down: int, right: int) -> np.ndarray:
    """Move images by whole pixels; the border mirrors what comes in, as in training.

    Args:
        images: (N, H, W, C).
        down: Rows to move by; negative for up.
        right: Columns to move by; negative for left.
    """
    reach = max(abs(down), abs(right))
    if not reach:
        return images
    padded = np.pad(images, [(0, 0), (reach, reach), (reach, reach), (0, 0)], mode="reflect")
    height, width = images.shape[1:3]
    top, left = reach - down, reach - right
    return padded[:, top : top + height, left : left + width]


def accuracy_by_shift(
    model: keras.Model, images: np.ndarray, labels: np.ndarray, pixels: Iterable[int]
) -> dict[int, float]:
    """Measure a network's accuracy on shifted images.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.
        labels: (N,), int.
        pixels: Distances of the shifts.

    Returns:
        By distance in pixels, the mean accuracy of moving up, down, left and right, 0–1.
    """
    found = {}
    for distance in pixels:
        ways = ((-distance, 0), (distance, 0), (0, -distance), (0, distance))
        moved = [shifted(images, down, right) for down, right in ways]
        found[distance] = float(
            np.mean([accuracy(predict(model, stack), labels) for stack in moved])
        )
    return found


def accuracy_by_noise(
    model: keras.Model,
    images: np.ndarray,
    labels: np.ndarray,
    deviations: Iterable[float],
    seed: int = 0,
) -> dict[float, float]:
    """Measure a network's accuracy on images with Gaussian noise, clipped at black and white.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), pixels in 0–1.
        labels: (N,), int.
        deviations: Standard deviations of the noise, in pixels of 0–1.
        seed: Seed of the noise, which is drawn once and scaled for each standard deviation.

    Returns:
        By standard deviation, the accuracy, 0–1.
    """
    drawn = np.random.default_rng(seed).standard_normal(images.shape, np.float32)
    return {
        deviation: accuracy(predict(model, np.clip(images + deviation * drawn, 0, 1)), labels)
        for deviation in deviations
    }
