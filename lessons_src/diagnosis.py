"""What a trained network got right, how sure it was, where it looked and what it withstands."""

from collections.abc import Iterable
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf
from keras import layers

BATCH = 256  # images that a network is asked about at once


def confusion_matrix(labels: np.ndarray, answers: np.ndarray, classes: int) -> np.ndarray:
    """Count how often each class was answered for each class.

    Args:
        labels: (N,), int, the images' classes.
        answers: (N,), int, what was answered.
        classes: How many classes there are.

    Returns:
        (classes, classes), int: at [i, j] the images of class i that were called j.
    """
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (labels, answers), 1)
    return counts


def most_confident_mistakes(
    probabilities: np.ndarray, labels: np.ndarray, count: int
) -> np.ndarray:
    """Find the images that were answered wrongly with the highest probability.

    Args:
        probabilities: (N, classes).
        labels: (N,), int.
        count: How many to find, if there are so many mistakes.

    Returns:
        (count,) indices of images, the surest first.
    """
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    sureness = probabilities[mistakes].max(axis=1)
    return mistakes[np.argsort(-sureness, kind="stable")[:count]]


@dataclass(frozen=True)
class Reliability:
    """Answers in bins by the probability that the network gave to them.

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
        """The expected calibration error, the mean distance of confidence and accuracy."""
        gaps = np.nan_to_num(np.abs(self.confidence - self.accuracy))
        return float((gaps * self.counts).sum() / self.counts.sum())


def reliability(probabilities: np.ndarray, labels: np.ndarray, bins: int = 10) -> Reliability:
    """Compare how sure a network was with how often it was right.

    Args:
        probabilities: (N, classes).
        labels: (N,), int.
        bins: Bins of equal width between 0 and 1; each holds its upper end.

    Source: Guo et al., On Calibration of Modern Neural Networks, 2017, section 2.
    """
    edges = np.linspace(0, 1, bins + 1)
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    place = np.clip(np.searchsorted(edges, confidence) - 1, 0, bins - 1)
    counts = np.bincount(place, minlength=bins)
    filled = np.where(counts, counts, np.nan)
    sums = [np.bincount(place, values, bins) / filled for values in (confidence, right)]
    return Reliability(edges, counts, *sums)


def grad_cam(
    model: keras.Model, images: np.ndarray, layer_name: str, classes: np.ndarray
) -> np.ndarray:
    """Show which places of a layer's map speak for a class.

    Each channel of the map is weighted by the mean gradient of the class's score with respect to
    it; the weighted sum's positive part is the answer. The score is what goes into the softmax.

    Args:
        model: A functional model that ends in a softmax, a layer or a dense layer's activation.
        images: (N, H, W, C), as the model takes them.
        layer_name: A layer with maps, (N, H', W', C').
        classes: (N,), int, the class asked about for each image.

    Returns:
        (N, H', W'), 0 or more; scales differ from image to image.

    Raises:
        ValueError: If the model does not end in a softmax, or for a name that no layer has.

    Source: Selvaraju et al., Grad-CAM, 2017, equations 1 and 2.
    """
    last = model.layers[-1]
    dense = isinstance(last, layers.Dense) and last.activation is keras.activations.softmax
    if not (dense or isinstance(last, layers.Softmax)):
        raise ValueError(f"{model.name} ends in {last.name}, which is no softmax")
    parts = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, last.input])

    @tf.function  # leaves out the weights' gradients, as in `inspection.middle_gradient`
    def maps_and_gradients(pixels, chosen):
        with tf.GradientTape() as tape:
            maps, before = parts(pixels, training=False)
            scores = before @ last.kernel if dense else before
            if dense and last.use_bias:
                scores += last.bias
            total = tf.reduce_sum(tf.gather(scores, chosen, batch_dims=1))
        return maps, tape.gradient(total, maps)

    asked = tf.constant(images, tf.float32), tf.constant(classes, tf.int32)
    maps, gradients = maps_and_gradients.get_concrete_function(*asked)(*asked)
    weights = tf.reduce_mean(gradients, axis=(1, 2), keepdims=True)
    return tf.nn.relu(tf.reduce_sum(weights * maps, axis=-1)).numpy()


def shifted(images: np.ndarray, down: int, right: int) -> np.ndarray:
    """Move images by whole pixels, mirroring at the border what comes in, as in training.

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
    """Measure a network on images that are moved.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.
        labels: (N,), int.
        pixels: How far to move them.

    Returns:
        By distance in pixels, the mean accuracy of moving up, down, left and right, 0–1.
    """
    ways = ((0, 1), (0, -1), (1, 0), (-1, 0))
    found = {}
    for distance in pixels:
        directions = ways if distance else ways[:1]
        moved = [shifted(images, distance * down, distance * right) for down, right in directions]
        found[distance] = float(np.mean([_accuracy(model, stack, labels) for stack in moved]))
    return found


def accuracy_by_noise(
    model: keras.Model,
    images: np.ndarray,
    labels: np.ndarray,
    deviations: Iterable[float],
    seed: int = 0,
) -> dict[float, float]:
    """Measure a network on images with Gaussian noise, cut off at black and white.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), pixels in 0–1.
        labels: (N,), int.
        deviations: The noise's standard deviations, in pixels of 0–1.
        seed: Of the noise; the same draw, scaled, serves all deviations.

    Returns:
        By deviation, the accuracy, 0–1.
    """
    drawn = np.random.default_rng(seed).standard_normal(images.shape, np.float32)
    return {
        deviation: _accuracy(model, np.clip(images + deviation * drawn, 0, 1), labels)
        for deviation in deviations
    }


def predict_with_flips(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return the mean of what a network says of images and of their mirror images.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.

    Returns:
        (N, classes) probabilities.
    """
    return (_predict(model, images) + _predict(model, images[:, :, ::-1])) / 2


def _predict(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return all answers, (N, classes); a batch at a time, which starts faster than `predict`."""
    batches = [images[start : start + BATCH] for start in range(0, len(images), BATCH)]
    return np.concatenate([model.predict_on_batch(batch) for batch in batches])


def _accuracy(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    return float((_predict(model, images).argmax(axis=1) == labels).mean())
