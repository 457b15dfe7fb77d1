"""Pooling that blurs before it keeps one cell of four."""

from lessons_src.layers.wrapped import wrapped

import keras
from keras import layers, ops


@keras.saving.register_keras_serializable("lessons_src")
class MaxBlurPool(layers.Layer):
    """Take the maximum of 2×2 at every position, blur it by 1 2 1, and keep one cell of each 2×2.

    The opposite edges of a map touch, as for `WrappedConv2D`.

    Source: Zhang, Making Convolutional Networks Shift-Invariant Again, 2019, section 3.2.
    """

    def call(self, inputs):
        """Return (N, H/2, W/2, C) from (N, H, W, C), for even H and W."""
        maps = wrapped(inputs, 1)
        maps = ops.maximum(maps[:, :-1], maps[:, 1:])
        maps = ops.maximum(maps[:, :, :-1], maps[:, :, 1:])  # (N, H + 1, W + 1, C)
        maps = wrapped(maps[:, 1:, 1:], 1)
        maps = ops.average_pool(maps, 2, strides=1)  # 1 1, and once more: 1 2 1
        return ops.average_pool(maps, 2, strides=2)

    def compute_output_shape(self, input_shape):
        """Return (N, H/2, W/2, C)."""
        count, height, width, channels = input_shape
        return (count, height // 2, width // 2, channels)
