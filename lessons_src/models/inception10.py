"""A ten-layer network of Inception units, fitted to 32×32 images."""

from lessons_src.layers.blocks import conv_bn_act, inception_block
from lessons_src.layers.normalization import with_frozen_normalization

import keras
from keras import layers


def inception10(input_shape=(32, 32, 3), classes=10, num_blocks=2, init_ch=16):
    """Build Inception10: 121,418 parameters for 32×32×3 and 10 classes.

    Args:
        input_shape: (height, width, channels) of the images.
        classes: Units of the softmax.
        num_blocks: Blocks of two units; each halves the side and doubles the channels.
        init_ch: Channels of the stem and of each branch in the first block.

    Source: Szegedy et al., Going Deeper with Convolutions, 2015; chapter inception10 lists what
    differs here.
    """
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    x = conv_bn_act(inputs, init_ch, 3, name="stem")  # (N, 32, 32, 16)
    for block in range(num_blocks):  # (N, 16, 16, 64), (N, 8, 8, 128)
        for unit, strides in ((1, 2), (2, 1)):
            x = inception_block(x, init_ch * 2**block, strides, name=f"block{block + 1}_unit{unit}")

    x = layers.GlobalAveragePooling2D(name="global_pool")(x)  # (N, 128)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)  # (N, 10)
    return keras.Model(inputs, outputs, name=f"inception{4 * num_blocks + 2}")


def inception10_frozen_bn(**options):
    """Build Inception10 with a mistake: every batch normalization is hard-coded to inference.

    Published copies of the course script have it; chapter inception10 shows the damage.

    Args:
        **options: Those of `inception10`.
    """
    return with_frozen_normalization(inception10(**options))
