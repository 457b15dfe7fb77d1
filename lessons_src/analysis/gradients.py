"""How strongly the loss pulls at each layer."""

from lessons_src.analysis.layer_calls import layer_calls

import keras
import numpy as np
import tensorflow as tf


def gradient_norms(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Measure how strongly the loss pulls at each layer's kernel.

    Args:
        model: A functional or built Sequential model that returns probabilities, (N, classes).
        images: (N, H, W, C), as the model takes them.
        labels: (N,), int.

    Returns:
        By layer name, in order, the L2 norm of the gradient of the mean cross-entropy with respect
        to the layer's kernel (both kernels of a separable convolution together), in training mode;
        layers without a kernel that is trained are left out.
    """
    kernels = {}
    for call in layer_calls(model):
        weights = [] if call.repeated else getattr(call.layer, "trainable_weights", [])
        if trained := [weight.value for weight in weights if "kernel" in weight.name]:
            kernels[call.name] = trained
    with tf.GradientTape() as tape:
        probabilities = model(images, training=True)
        losses = keras.losses.sparse_categorical_crossentropy(labels, probabilities)
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, kernels)
    return {name: float(tf.linalg.global_norm(parts)) for name, parts in gradients.items()}
