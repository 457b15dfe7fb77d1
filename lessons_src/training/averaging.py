"""A running average of a network's weights: steadier than any of the weights it averages."""

from collections.abc import Sequence

import keras
import tensorflow as tf


class WeightAverage(keras.callbacks.Callback):
    """Follow a model's weights while it trains; give it the average when it is measured.

    Batch normalization's running statistics are averaged like the weights that they belong to;
    Keras' own `use_ema` leaves them out.

    Args:
        weights: The model's weights; those that are no real numbers, such as counts, are left out.
        memory: Share of the average that a step keeps, 0–1. The first steps keep less, or the
            average would long remember the untrained weights.

    Source: Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging, 1992; the
    running form of it is common practice.
    """

    def __init__(self, weights: Sequence[keras.Variable], memory: float):
        super().__init__()
        self.weights = [weight for weight in weights if "float" in weight.dtype]
        self.memory = memory
        self.averages = [tf.Variable(weight.value, trainable=False) for weight in self.weights]
        self._follow = tf.function(self._towards_weights)

    def on_train_batch_end(self, batch, logs=None):
        """Move the average a little towards the weights."""
        self._follow(self.model.optimizer.iterations.value)

    def swap(self) -> None:
        """Exchange the weights and their average; a second time, exchange them back."""
        for weight, average in zip(self.weights, self.averages, strict=True):
            held = weight.numpy()
            weight.assign(average.value())
            average.assign(held)

    def _towards_weights(self, steps: tf.Tensor) -> None:
        steps = tf.cast(steps, tf.float32)
        memory = tf.minimum(self.memory, steps / (steps + 10))
        for weight, average in zip(self.weights, self.averages, strict=True):
            average.assign(memory * average + (1 - memory) * weight.value)
