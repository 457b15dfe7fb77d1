"""How strongly the loss pulls at each layer."""

import keras
import numpy as np
import tensorflow as tf


def gradient_norms(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Measure how strongly the loss pulls at each layer's kernel.

    Args:
        model: Returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.
        labels: (N,), int.

    Returns:
        By layer name, in order, the L2 norm of the gradient of the mean cross-entropy with respect
        to the layer's kernel, in training mode; layers without a kernel are left out.
    """
    kernels = {layer.name: layer.kernel for layer in model.layers if hasattr(layer, "kernel")}
    with tf.GradientTape() as tape:
        probabilities = model(images, training=True)
        losses = keras.losses.sparse_categorical_crossentropy(labels, probabilities)
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, [kernel.value for kernel in kernels.values()])
    return {name: float(tf.norm(g)) for name, g in zip(kernels, gradients, strict=True)}
