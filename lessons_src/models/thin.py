"""Thin networks of any depth, plain or residual, for the experiment that ResNet began with."""

from lessons_src.arithmetic import Window
from lessons_src.errors import UsageError
from lessons_src.layers.blocks import conv_bn_act

import keras
from keras import layers

DEPTHS = (8, 14, 20, 32)  # that chapter resnet18 trains


@keras.saving.register_keras_serializable("lessons_src")
class SubsampleAndPad(layers.Layer):
    """Fit x to a smaller map of more channels without parameters: skip pixels, append zeros.

    Args:
        strides: Distance in pixels between the rows and columns that are kept.
        channels: Channels of the output.

    Source: He et al., Deep Residual Learning for Image Recognition, 2016, section 3.3, option A.
    """

    def __init__(self, strides: int, channels: int, **options):
        super().__init__(**options)
        self.strides, self.channels = strides, channels
        self.window = Window(1, strides)  # for `analysis.layer_table`

    def call(self, inputs):
        """Return (N, ⌈H/strides⌉, ⌈W/strides⌉, channels) from (N, H, W, C)."""
        kept = inputs[:, :: self.strides, :: self.strides]
        return keras.ops.pad(kept, [[0, 0]] * 3 + [[0, self.channels - inputs.shape[-1]]])

    def get_config(self):
        """Return the constructor arguments."""
        return {**super().get_config(), "strides": self.strides, "channels": self.channels}


def thin_net(depth, residual, input_shape=(32, 32, 3), classes=10, shrink=1, activation="relu"):
    """Build a thin network of 3·2n + 2 layers, with or without shortcuts: the same parameters.

    Args:
        depth: Layers with weights: 8, 14, 20, 26, 32, …
        residual: Whether a shortcut bypasses each pair of 3×3 convolutions.
        input_shape: (height, width, channels) of the images.
        classes: Units of the softmax.
        shrink: Side of the squares of pixels that are averaged first, to save time.
        activation: Keras' name of the activation after each convolution or sum.

    Raises:
        UsageError: For a depth that is not 6n + 2.

    Source: He et al., Deep Residual Learning for Image Recognition, 2016, section 4.2; there
    without shrinking.
    """
    units, rest = divmod(depth - 2, 6)
    if units < 1 or rest:
        raise UsageError(f"depth must be 6n + 2, such as 8, 14 or 20, not {depth!r}")
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    x = layers.AveragePooling2D(shrink, name="shrink")(inputs) if shrink > 1 else inputs
    x = conv_bn_act(x, 16, 3, activation=activation, use_bias=False, name="stem")  # (N, 32, 32, 16)
    for stage, filters in ((1, 16), (2, 32), (3, 64)):
        # (N, 32, 32, 16), (N, 16, 16, 32), (N, 8, 8, 64)
        for unit in range(1, units + 1):
            strides = 2 if stage > 1 and unit == 1 else 1
            x = _pair(x, filters, strides, residual, activation, name=f"stage{stage}_unit{unit}")

    x = layers.GlobalAveragePooling2D(name="global_pool")(x)  # (N, 64)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)  # (N, 10)
    return keras.Model(inputs, outputs, name=f"thin_{'resnet' if residual else 'plain'}{depth}")


def _pair(x, filters, strides, residual, activation, *, name):
    """Apply two 3×3 convolutions, and add x to them if `residual`."""
    options = {"activation": activation, "use_bias": False}
    y = conv_bn_act(x, filters, 3, strides, **options, name=f"{name}_1")
    if not residual:
        return conv_bn_act(y, filters, 3, **options, name=f"{name}_2")
    y = conv_bn_act(y, filters, 3, activation=None, use_bias=False, name=f"{name}_2")
    if x.shape != y.shape:
        x = SubsampleAndPad(strides, filters, name=f"{name}_fit")(x)
    x = layers.Add(name=f"{name}_add")([y, x])
    return layers.Activation(activation, name=f"{name}_act")(x)
