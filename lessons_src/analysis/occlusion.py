"""How much of a class's probability a grey square takes, place by place."""

from lessons_src.analysis.classification import predict

import keras
import numpy as np

GREY = 128 / 255


def covered(image: np.ndarray, row: int, column: int, size: int) -> np.ndarray:
    """Lay a grey square over an image.

    Args:
        image: (H, W, C), 0–1.
        row: Of the square's upper left pixel.
        column: Of the same.
        size: Side of the square in pixels.
    """
    result = image.copy()
    result[row : row + size, column : column + size] = GREY
    return result


def occlusion_map(
    model: keras.Model, image: np.ndarray, label: int, size: int, step: int = 2
) -> tuple[np.ndarray, float]:
    """Slide a grey square over an image and ask a network at each place.

    Args:
        model: Returns probabilities, (N, classes).
        image: (H, W, C), 0–1, as the model takes it.
        label: The class whose probability is watched.
        size: Side of the square in pixels.
        step: Pixels from one place of the square to the next.

    Returns:
        (rows, columns) of the probability with the square there, and that without a square.

    Raises:
        ValueError: If the square is larger than the image.

    Source: Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, 2014, section
    4.2.
    """
    rows, columns = (range(0, side - size + 1, step) for side in image.shape[:2])
    if not rows or not columns:
        raise ValueError(f"a square of {size}×{size} pixels is larger than the image")
    pictures = [covered(image, row, column, size) for row in rows for column in columns]
    answers = predict(model, np.stack([image, *pictures]))[:, label]
    return answers[1:].reshape(len(rows), len(columns)), float(answers[0])
