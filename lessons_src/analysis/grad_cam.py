"""Grad-CAM: which positions of a feature map speak for a class."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers


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

    @tf.function  # leaves out the weights' gradients, as in `analysis.middle_gradient`
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
