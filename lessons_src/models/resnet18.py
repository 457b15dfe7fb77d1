"""ResNet, fitted to 32×32 images: a 3×3 stem without pooling, four stages of residual units."""

from lessons_src.errors import unknown
from lessons_src.layers.blocks import bottleneck_block, conv_bn_act, residual_block

import keras
import numpy as np
from keras import layers

BLOCKS = {"basic": residual_block, "bottleneck": bottleneck_block}


def resnet18(
    input_shape=(32, 32, 3),
    classes=10,
    block_list=(2, 2, 2, 2),
    initial_filters=64,
    block="basic",
    pixel_statistics=None,
):
    """Build ResNet18: 11,183,562 parameters for 32×32×3 and 10 classes.

    Args:
        input_shape: (height, width, channels) of the images.
        classes: Units of the softmax.
        block_list: Units in each stage; (3, 4, 6, 3) is ResNet34, with bottlenecks ResNet50.
        initial_filters: Filters of the first stage; each later stage has twice as many.
        block: "basic" for two 3×3 convolutions per unit, "bottleneck" for 1×1–3×3–1×1.
        pixel_statistics: The channels' means and standard deviations, to begin by standardizing
            the pixels; None takes the pixels as they are.

    Raises:
        UsageError: For an unknown `block`.

    Source: He et al., Deep Residual Learning for Image Recognition, 2016; chapter resnet18 lists
    what differs here.
    """
    if block not in BLOCKS:
        raise unknown("block", block, BLOCKS)
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    x = inputs
    if pixel_statistics is not None:
        means, deviations = map(np.asarray, pixel_statistics)
        scale, offset = (1 / deviations).tolist(), (-means / deviations).tolist()
        x = layers.Rescaling(scale, offset, name="standardize")(x)
    x = conv_bn_act(x, initial_filters, 3, use_bias=False, name="stem")  # (N, 32, 32, 64)
    for stage, units in enumerate(block_list, start=1):
        # (N, 32, 32, 64), (N, 16, 16, 128), (N, 8, 8, 256), (N, 4, 4, 512); bottleneck: 4 × these
        for unit in range(1, units + 1):
            strides = 2 if stage > 1 and unit == 1 else 1
            filters = initial_filters * 2 ** (stage - 1)
            x = BLOCKS[block](x, filters, strides, name=f"stage{stage}_unit{unit}")

    x = layers.GlobalAveragePooling2D(name="global_pool")(x)  # (N, 512)
    outputs = layers.Dense(
        classes, activation="softmax", kernel_regularizer="l2", name="predictions"
    )(x)  # (N, 10)
    depth = (2 if block == "basic" else 3) * sum(block_list) + 2
    return keras.Model(inputs, outputs, name=f"resnet{depth}")
