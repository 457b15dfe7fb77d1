"""Receptive fields measured by gradient, on a real Keras model."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def middle_gradient(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return how the middle unit of a model's map answers to a change of each pixel.

    Args:
        model: Returns maps, (N, H', W', C').
        images: (N, H, W, C), as the model takes them.

    Returns:
        (N, H, W, C), the gradient with respect to the images of map[H' // 2, W' // 2], its channels
        added up, at inference.
    """

    @tf.function  # leaves out the weights' gradients, some of which crash TensorFlow 2.21 on a CPU
    def gradient(pixels: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(pixels)
            maps = model(pixels, training=False)
            units = tf.reduce_sum(maps[:, maps.shape[1] // 2, maps.shape[2] // 2])
        return tape.gradient(units, pixels)

    pixels = tf.constant(images, tf.float32)
    return gradient.get_concrete_function(pixels)(pixels).numpy()


def measured_field(model: keras.Model, layer_name: str, side: int = 320) -> int:
    """Measure by gradient the side of the square of input pixels that one unit depends on.

    A copy of the layers up to `layer_name` is made linear, with one filter a convolution and all
    weights 1, so that a gradient counts paths: no path can be cut or cancelled by another.

    Args:
        model: A functional or built Sequential model; its weights play no part.
        layer_name: The layer whose middle unit is asked.
        side: Side in pixels of the images that the copy takes; more than the field.

    Returns:
        Rows from the first to the last with a gradient that is not 0, in pixels.

    Raises:
        ValueError: For a name that no layer has, or a field that reaches the edge of the images.
    """
    until = keras.Model(model.inputs[0], model.get_layer(layer_name).output)
    images = keras.Input((side, side, model.inputs[0].shape[-1]))
    paths = keras.models.clone_model(
        until,
        images,
        clone_function=_counting_paths,
        call_function=lambda layer, x, **_: layer(x),  # no mask, which Activation does not take
    )
    gradient = middle_gradient(paths, np.ones((1, *images.shape[1:])))
    rows = np.flatnonzero(gradient.any(axis=(0, 2, 3)))
    if rows[0] == 0 or rows[-1] == side - 1:
        raise ValueError(
            f"the field of {layer_name!r} reaches the edge; give more than side={side}"
        )
    return int(rows[-1] - rows[0] + 1)


def _counting_paths(layer: layers.Layer) -> layers.Layer:
    """Return a layer with the same window and no other weights than 1."""
    config = layer.get_config()
    if isinstance(layer, layers.Conv2D):
        ones = {"filters": 1, "kernel_initializer": "ones", "bias_initializer": "zeros"}
        return layers.Conv2D.from_config(config | ones | {"activation": "linear"})
    if isinstance(layer, layers.MaxPooling2D):
        return layers.AveragePooling2D.from_config(config)
    if isinstance(layer, layers.Activation | layers.ReLU | layers.BatchNormalization):
        return layers.Activation("linear", name=layer.name)
    return type(layer).from_config(config)
