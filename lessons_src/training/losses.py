"""The recipes' loss: cross-entropy, with label smoothing or without."""

from collections.abc import Callable

import keras
import tensorflow as tf


def loss(label_smoothing: float) -> str | Callable:
    """Return cross-entropy for integer labels; Keras' own has no label smoothing for them."""
    if not label_smoothing:
        return "sparse_categorical_crossentropy"

    def smoothed_crossentropy(labels, probabilities):
        one_hot = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), probabilities.shape[-1])
        return keras.losses.categorical_crossentropy(
            one_hot, probabilities, label_smoothing=label_smoothing
        )

    return smoothed_crossentropy
