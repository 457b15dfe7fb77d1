"""AlexNet, fitted to 32×32 images: 3×3 kernels, batch normalization, half the dense units."""

import keras
from keras import layers

from lessons_src.blocks import conv_bn_act


def alexnet8(input_shape=(32, 32, 3), classes=10):
    """Build AlexNet8: 9,639,178 parameters for 32×32×3 and 10 classes.

    Source: Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural
        Networks, 2012; chapter 11 lists what differs here.
    """
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    x = conv_bn_act(inputs, 96, 3, padding="valid", name="block1")  # (N, 30, 30, 96)
    x = layers.MaxPooling2D(3, strides=2, name="block1_pool")(x)  # (N, 14, 14, 96)
    x = conv_bn_act(x, 256, 3, padding="valid", name="block2")  # (N, 12, 12, 256)
    x = layers.MaxPooling2D(3, strides=2, name="block2_pool")(x)  # (N, 5, 5, 256)
    for block, filters in ((3, 384), (4, 384), (5, 256)):  # (N, 5, 5, 384), …, (N, 5, 5, 256)
        conv = layers.Conv2D(
            filters, 3, padding="same", activation="relu", name=f"block{block}_conv"
        )
        x = conv(x)
    x = layers.MaxPooling2D(3, strides=2, name="block5_pool")(x)  # (N, 2, 2, 256)

    x = layers.Flatten(name="flatten")(x)  # (N, 1024)
    for dense in (1, 2):
        x = layers.Dense(2048, activation="relu", name=f"dense{dense}")(x)  # (N, 2048)
        x = layers.Dropout(0.5, name=f"dense{dense}_drop")(x)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)  # (N, 10)
    return keras.Model(inputs, outputs, name="alexnet8")
