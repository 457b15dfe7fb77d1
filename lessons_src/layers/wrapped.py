"""Convolution on pictures without a border: the opposite edges touch."""

import keras
from keras import layers, ops


def wrapped(maps, cells: int):
    """Append to each side of feature maps what lies at the opposite one.

    Args:
        maps: (N, H, W, C).
        cells: How many rows and columns to append to each side.

    Returns:
        (N, H + 2·cells, W + 2·cells, C).
    """
    maps = ops.concatenate([maps[:, -cells:], maps, maps[:, :cells]], axis=1)
    return ops.concatenate([maps[:, :, -cells:], maps, maps[:, :, :cells]], axis=2)


@keras.saving.register_keras_serializable("lessons_src")
class WrappedConv2D(layers.Conv2D):
    """A convolution with an odd kernel and stride 1 whose "same" padding is the opposite edge.

    When a picture is rolled, so that what leaves on one side comes in on the other, the maps are
    rolled just as far. Weights are those of a `Conv2D`.
    """

    def call(self, inputs):
        """Return (N, H, W, filters) from (N, H, W, C)."""
        maps = wrapped(inputs, self.kernel_size[0] // 2)
        outputs = ops.conv(maps, self.kernel, padding="valid")
        outputs = outputs + self.bias if self.use_bias else outputs
        return self.activation(outputs)

    def compute_output_shape(self, input_shape):
        """Return (N, H, W, filters)."""
        return (*input_shape[:3], self.filters)
