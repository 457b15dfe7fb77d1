"""Grad-CAM: which positions of a feature map speak for a class."""

from lessons_src.analysis.layer_calls import layer_calls
from lessons_src.errors import UsageError

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def grad_cam(
    model: keras.Model, images: np.ndarray, layer_name: str, classes: np.ndarray
) -> np.ndarray:
    """Show which positions of a layer's map speak for a class.

    Each channel of the map is weighted by the mean gradient of the class's score with respect to
    it; the weighted sum's positive part is the answer. The score is what goes into the softmax.

    Args:
        model: A functional model that ends in a softmax: a layer, or the activation of a dense
            layer.
        images: (N, H, W, C), as the model takes them.
        layer_name: A layer with maps, (N, H', W', C').
        classes: (N,), int, for each image the class to explain.

    Returns:
        (N, H', W'), 0 or more; scales differ from image to image.

    Raises:
        ValueError: If the model does not end in a softmax, or for a name that no layer has.

    Source: Selvaraju et al., Grad-CAM, 2017, equations 1 and 2.
    """
    last, before_last = _softmax(model)
    parts = keras.Model(model.inputs[0], [model.get_layer(layer_name).output, before_last])

    @tf.function  # leaves out the weights' gradients, as in `analysis.middle_gradient`
    def maps_and_gradients(pixels, chosen):
        with tf.GradientTape() as tape:
            maps, scores = parts(pixels, training=False)
            if isinstance(last, layers.Dense):
                scores = scores @ last.kernel
                if last.use_bias:
                    scores += last.bias
            total = tf.reduce_sum(tf.gather(scores, chosen, batch_dims=1))
        return maps, tape.gradient(total, maps)

    arguments = tf.constant(images, tf.float32), tf.constant(classes, tf.int32)
    maps, gradients = maps_and_gradients.get_concrete_function(*arguments)(*arguments)
    weights = tf.reduce_mean(gradients, axis=(1, 2), keepdims=True)
    return tf.nn.relu(tf.reduce_sum(weights * maps, axis=-1)).numpy()


def _softmax(model: keras.Model) -> tuple[layers.Layer, keras.KerasTensor]:
    """Return the softmax, or the dense layer with one, that a model ends in, and what it reads."""
    call = next((c for c in layer_calls(model) if c.output is model.outputs[0]), None)
    last = call.layer if call else model.layers[-1]  # a nested model makes no call of its own
    is_softmax = isinstance(last, layers.Softmax) or (
        isinstance(last, layers.Dense | layers.Activation)
        and last.activation is keras.activations.softmax
    )
    if call is None or not is_softmax:
        raise UsageError(f"{model.name} ends in {last.name}, which is no softmax")
    return last, call.input_tensors[0]
