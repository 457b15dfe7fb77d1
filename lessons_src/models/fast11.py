"""The fast network: made to pass 90 % on CIFAR-10 in minutes on two cores."""

from lessons_src.layers.normalization import BatchNormalization
from lessons_src.layers.whitening import PatchWhitening

import keras
import numpy as np
from keras import initializers, layers


@keras.saving.register_keras_serializable("lessons_src")
class PartialIdentity(initializers.Initializer):
    """Let a convolution start as the identity: each of the first filters copies one input channel.

    Filters beyond the number of channels are drawn uniformly from ±1/√(fan-in).

    Source: Jordan, 94% on CIFAR-10 in 3.29 Seconds on a Single GPU, 2024, section 3.3.
    """

    def __call__(self, shape, dtype=None):
        """Return kernels, (k, k, channels, filters)."""
        side, _, channels, filters = shape
        copied = np.arange(min(channels, filters))
        identity = np.zeros(shape, "float32")
        identity[side // 2, side // 2, copied, copied] = 1
        limit = (side * side * channels) ** -0.5
        drawn = keras.random.uniform(shape, -limit, limit, dtype)
        return drawn * (np.arange(filters) >= channels) + identity


def fast11(input_shape=(32, 32, 3), classes=10, widths=(64, 192, 256), deep=True):
    """Build Fast11: 2,492,728 parameters for 32×32×3 and 10 classes.

    Args:
        input_shape: (height, width, channels) of the images; height and width may be None.
        classes: Units of the softmax.
        widths: Filters of the three blocks.
        deep: Whether a block has a third convolution, and a shortcut around the last two.

    Source: Jordan, 94% on CIFAR-10 in 3.29 Seconds on a Single GPU, 2024, with the third
    convolutions and the shortcuts of its larger network; chapter fast_network lists
    what differs.
    """
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    patch = 2 * 2 * input_shape[-1]
    x = PatchWhitening(2 * patch, kernel_size=2, name="whiten")(inputs)  # (N, 31, 31, 24)
    x = layers.Activation("relu", name="whiten_act")(x)
    for block, filters in enumerate(widths, start=1):
        # (N, 15, 15, 64), (N, 7, 7, 192), (N, 3, 3, 256)
        x = _conv(x, filters, name=f"block{block}_1")
        x = layers.MaxPooling2D(2, name=f"block{block}_pool")(x)
        x = _normalize(x, name=f"block{block}_1")
        x = layers.Activation("relu", name=f"block{block}_1_act")(x)
        x = (_residual if deep else _plain)(x, filters, name=f"block{block}")

    x = layers.GlobalMaxPooling2D(name="global_pool")(x)  # (N, 256)
    x = layers.Dense(classes, use_bias=False, name="scores")(x)  # (N, 10)
    x = layers.Rescaling(1 / 9, name="cool")(x)
    outputs = layers.Softmax(name="predictions")(x)
    return keras.Model(inputs, outputs, name="fast11")


def _conv(x, filters, *, name):
    """Convolve 3×3 without bias, from a partial identity."""
    conv = layers.Conv2D(
        filters,
        3,
        padding="same",
        use_bias=False,
        kernel_initializer=PartialIdentity(),
        name=f"{name}_conv",
    )
    return conv(x)


def _normalize(x, *, name):
    """Normalize; the running statistics forget fast, since a short run changes the weights fast."""
    return BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)


def _plain(x, filters, *, name):
    """Convolve, normalize, cut off below 0."""
    x = _normalize(_conv(x, filters, name=f"{name}_2"), name=f"{name}_2")
    return layers.Activation("relu", name=f"{name}_2_act")(x)


def _residual(x, filters, *, name):
    """Do what `blocks.residual_block` does, with this network's convolution and normalization."""
    y = _plain(x, filters, name=name)
    y = _normalize(_conv(y, filters, name=f"{name}_3"), name=f"{name}_3")
    y = layers.Add(name=f"{name}_add")([y, x])
    return layers.Activation("relu", name=f"{name}_3_act")(y)
