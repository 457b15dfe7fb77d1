"""AlexNet, fitted to 32×32 images: 3×3 kernels, batch normalization, half the dense units."""

from lessons_src.layers.blocks import conv_bn_act

import keras
from keras import layers


def alexnet8(input_shape=(32, 32, 3), classes=10, width=96, name="alexnet8"):
    """Build AlexNet8: 9,639,178 parameters for 32×32×3 and 10 classes.

    Args:
        input_shape: (height, width, channels) of the images.
        classes: Units of the softmax.
        width: Filters of the first layer, a multiple of 3; all later layers follow it.
        name: The model's name.

    Source: Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural
    Networks, 2012; chapter alexnet8 lists what differs here.
    """
    wide, wider = 8 * width // 3, 4 * width  # 256, 384
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    x = conv_bn_act(inputs, width, 3, padding="valid", name="block1")  # (N, 30, 30, 96)
    x = layers.MaxPooling2D(3, strides=2, name="block1_pool")(x)  # (N, 14, 14, 96)
    x = conv_bn_act(x, wide, 3, padding="valid", name="block2")  # (N, 12, 12, 256)
    x = layers.MaxPooling2D(3, strides=2, name="block2_pool")(x)  # (N, 5, 5, 256)
    for block, filters in ((3, wider), (4, wider), (5, wide)):  # (N, 5, 5, 384), …
        conv = layers.Conv2D(
            filters, 3, padding="same", activation="relu", name=f"block{block}_conv"
        )
        x = conv(x)
    x = layers.MaxPooling2D(3, strides=2, name="block5_pool")(x)  # (N, 2, 2, 256)

    x = layers.Flatten(name="flatten")(x)  # (N, 1024)
    for dense in (1, 2):
        x = layers.Dense(8 * wide, activation="relu", name=f"dense{dense}")(x)  # (N, 2048)
        x = layers.Dropout(0.5, name=f"dense{dense}_drop")(x)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)  # (N, 10)
    return keras.Model(inputs, outputs, name=name)
