"""The recipes' loss: cross-entropy for integer labels, with label smoothing or without."""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable("lessons_src")
class SmoothedCrossentropy(keras.losses.Loss):
    """Cross-entropy for integer labels with label smoothing, which Keras has for one-hot labels.

    Args:
        label_smoothing: Share of the target that is spread evenly over all classes, 0–1.
        **options: Those of Keras' `Loss`.

    Source: Szegedy et al., Rethinking the Inception Architecture for Computer Vision, 2016,
    section 7.
    """

    def __init__(self, label_smoothing: float, name="smoothed_crossentropy", **options):
        super().__init__(name=name, **options)
        self.label_smoothing = label_smoothing

    def call(self, labels, probabilities):
        """Return the loss of each image, (N,), from (N,) or (N, 1) and (N, classes)."""
        one_hot = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), probabilities.shape[-1])
        return keras.losses.categorical_crossentropy(
            one_hot, probabilities, label_smoothing=self.label_smoothing
        )

    def get_config(self):
        """Return the constructor's arguments."""
        return {**super().get_config(), "label_smoothing": self.label_smoothing}


def loss(label_smoothing: float) -> str | keras.losses.Loss:
    """Return cross-entropy for integer labels, as `compile` takes it."""
    if label_smoothing:
        return SmoothedCrossentropy(label_smoothing)
    return "sparse_categorical_crossentropy"
