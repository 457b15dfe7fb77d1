"""A network's answers: their accuracy, the mistakes, and the probabilities given to them."""

from dataclasses import dataclass

import keras
import numpy as np

BATCH = 256  # images per call of a network


def confusion_matrix(labels: np.ndarray, answers: np.ndarray, classes: int) -> np.ndarray:
    """Count for each class which classes its images were assigned to.

    Args:
        labels: (N,), int, the images' classes.
        answers: (N,), int, the predicted classes.
        classes: Number of classes.

    Returns:
        (classes, classes), int: at [i, j] the images of class i that were called j.
    """
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (labels, answers), 1)
    return counts


def most_confident_mistakes(
    probabilities: np.ndarray, labels: np.ndarray, count: int
) -> np.ndarray:
    """Find the wrongly classified images with the highest predicted probability.

    Args:
        probabilities: (N, classes).
        labels: (N,), int.
        count: How many to find; fewer are returned if there are fewer mistakes.

    Returns:
        (count,) indices of images, the highest probability first.
    """
    mistakes = np.flatnonzero(~right(probabilities, labels))
    sureness = probabilities[mistakes].max(axis=1)
    return mistakes[np.argsort(-sureness, kind="stable")[:count]]


def accuracy_by_class(
    model: keras.Model, images: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, float]:
    """Measure the fraction of each class's images that a model gets right.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.
        labels: (N,), int; every class occurs.

    Returns:
        (classes,) accuracies in 0–1, and the accuracy over all images.
    """
    probabilities = predict(model, images)
    by_class = [
        accuracy(probabilities[labels == label], labels[labels == label])
        for label in range(probabilities.shape[1])
    ]
    return np.array(by_class), accuracy(probabilities, labels)


@dataclass(frozen=True)
class Reliability:
    """Answers in bins by their predicted probability.

    Attributes:
        edges: (bins + 1,) ends of the bins, from 0 to 1.
        counts: (bins,) answers in each bin.
        confidence: (bins,) their mean probability; NaN in an empty bin.
        accuracy: (bins,) the fraction of them that was right; NaN in an empty bin.
    """

    edges: np.ndarray
    counts: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray

    @property
    def error(self) -> float:
        """The expected calibration error: the mean distance between confidence and accuracy."""
        gaps = np.nan_to_num(np.abs(self.confidence - self.accuracy))
        return float((gaps * self.counts).sum() / self.counts.sum())


def reliability(probabilities: np.ndarray, labels: np.ndarray, bins: int = 10) -> Reliability:
    """Compare predicted probabilities with how often the answers are right.

    Args:
        probabilities: (N, classes).
        labels: (N,), int.
        bins: Bins of equal width between 0 and 1; each holds its upper end.

    Source: Guo et al., On Calibration of Modern Neural Networks, 2017, section 2.
    """
    edges = np.linspace(0, 1, bins + 1)
    confidence = probabilities.max(axis=1)
    bin_of = np.minimum(np.searchsorted(edges, confidence), bins) - 1  # rounding can exceed 1
    counts = np.bincount(bin_of, minlength=bins)
    filled = np.where(counts, counts, np.nan)
    means = [
        np.bincount(bin_of, values, bins) / filled
        for values in (confidence, right(probabilities, labels))
    ]
    return Reliability(edges, counts, *means)


def predict(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return all answers of a network, a batch at a time: that starts faster than Keras' `predict`.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.

    Returns:
        (N, classes) probabilities.
    """
    batches = [images[start : start + BATCH] for start in range(0, len(images), BATCH)]
    return np.concatenate([model.predict_on_batch(batch) for batch in batches])


def right(probabilities: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return which answers are right, (N,) bool: the label has the highest probability."""
    return probabilities.argmax(axis=1) == labels


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Return the fraction of answers that are right, 0–1.

    Args:
        probabilities: (N, classes), a network's answers.
        labels: (N,), int.
    """
    return float(right(probabilities, labels).mean())
