"""Batch normalization as the networks use it: Keras' layer with a faster training step."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

FUSED = (tf.float32, tf.bfloat16)  # statistics are float32 with either
FEW_CHANNELS = 8  # below, TensorFlow's operation leaves the processor's vectors half empty


@keras.saving.register_keras_serializable("lessons_src")
class BatchNormalization(layers.BatchNormalization):
    """Keras' batch normalization, which trains on float32 or bfloat16 maps by one operation.

    Keras computes mean, variance and the normalized map one after the other, and the gradient
    through each of them. TensorFlow has one operation for all of it, which is slow where channels
    are few; there, sums run over whole rows of a map first. Name, variables, arguments and results
    are those of Keras' layer, so that each reads weights that the other wrote.
    """

    def call(self, inputs, training=None, mask=None):
        """Normalize (N, H, W, C) by the batch in training, by the running statistics otherwise."""
        fused = inputs.dtype in FUSED and len(inputs.shape) == 4 and self.axis in (-1, 3)
        if not (fused and training and self.trainable and self.scale and self.center):
            return super().call(inputs, training=training, mask=mask)
        if inputs.shape[3] < FEW_CHANNELS and inputs.shape[2] is not None:
            return self._by_rows(inputs)
        outputs, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
            x=inputs,
            scale=self.gamma.value,
            offset=self.beta.value,
            mean=[],
            variance=[],
            epsilon=self.epsilon,
            is_training=True,
        )
        # The operation divides by N − 1 where Keras, and the normalization itself, divide by N. Of
        # one value per channel it gives, on a GPU, no number.
        count = tf.cast(tf.reduce_prod(tf.shape(inputs)[:3]), tf.float32)
        self._follow(self.moving_mean, mean)
        self._follow(self.moving_variance, tf.math.multiply_no_nan(variance, count - 1) / count)
        return outputs

    def _by_rows(self, inputs: tf.Tensor) -> tf.Tensor:
        """Normalize (N, H, W, C) as (N·H, W·C): long rows add up faster than C numbers."""
        width, channels = inputs.shape[2:]
        rows = tf.reshape(tf.cast(inputs, tf.float32), (-1, width * channels))
        count = tf.cast(tf.shape(rows)[0] * width, tf.float32)

        def mean_of(values):
            sums = tf.reshape(tf.reduce_sum(values, axis=0), (width, channels))
            return tf.reduce_sum(sums, axis=0) / count

        mean = mean_of(rows)
        centred = rows - tf.tile(mean, [width])
        variance = mean_of(centred * centred)
        scale = self.gamma.value * tf.math.rsqrt(variance + self.epsilon)
        outputs = centred * tf.tile(scale, [width]) + tf.tile(self.beta.value, [width])
        self._follow(self.moving_mean, mean)
        self._follow(self.moving_variance, variance)
        return tf.cast(tf.reshape(outputs, tf.shape(inputs)), inputs.dtype)

    def _follow(self, running, batch) -> None:
        """Move a running statistic a little towards the batch's."""
        running.assign(running * self.momentum + batch * (1 - self.momentum))


@keras.saving.register_keras_serializable("lessons_src")
class FrozenBatchNormalization(layers.BatchNormalization):
    """Batch normalization that uses its running statistics even while training, as a mistake would.

    The running mean stays 0 and the running variance 1, so the layer computes γx/√(1 + ε) + β. A
    functional model passes its own mode over a `training=False` at the call, hence the class.
    """

    def call(self, inputs, training=None, mask=None):
        """Normalize by the running statistics, whatever `training` says."""
        return super().call(inputs, training=False, mask=mask)


def with_frozen_normalization(model: keras.Model) -> keras.Model:
    """Return a copy of a functional model in which every batch normalization is frozen.

    Args:
        model: The model, of any depth; it stays as it is.

    Returns:
        A model of new layers with the same names and weights, named `…_frozen_bn`.
    """

    def copied(layer):
        frozen = isinstance(layer, layers.BatchNormalization)
        kind = FrozenBatchNormalization if frozen else type(layer)
        return kind.from_config(layer.get_config())

    copy = keras.models.clone_model(model, clone_function=copied, recursive=True)
    copy.set_weights(model.get_weights())
    return keras.Model(copy.inputs[0], copy.outputs[0], name=f"{model.name}_frozen_bn")


def recompute_statistics(model: keras.Model, images: np.ndarray, batch_size: int = 100) -> None:
    """Replace a model's running statistics by plain means over batches, by its weights of now.

    Running statistics remember the weights of many steps ago. Where weights change fast, they lag.

    Args:
        model: A trained model; of its batch normalizations the statistics change, nothing else.
        images: (N, H, W, C), such as the model was trained on; what makes no whole batch is left
            out.
        batch_size: Images per batch.

    Raises:
        ValueError: If the images make no whole batch.
    """
    if len(images) < batch_size:
        raise ValueError(
            f"{len(images)} images make no batch of {batch_size}; "
            "give more, or a smaller batch_size"
        )
    norms = [layer for layer in model.layers if isinstance(layer, layers.BatchNormalization)]
    momenta = [norm.momentum for norm in norms]
    for step in range(len(images) // batch_size):
        for norm in norms:
            norm.momentum = step / (step + 1)  # after n batches each has a share of 1/n
        model(images[step * batch_size : (step + 1) * batch_size], training=True)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
