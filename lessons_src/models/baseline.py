"""The course's first network: one convolution with its whole block, C-B-A-P-D."""

from lessons_src.layers.blocks import conv_bn_act

import keras
from keras import layers


def baseline(input_shape=(32, 32, 3), classes=10, activation="relu"):
    """Build the baseline of chapter six_steps: 198,506 parameters for 32×32×3 and 10 classes.

    Args:
        input_shape: (height, width, channels) of the images.
        classes: Units of the softmax.
        activation: Keras' name of the activation after the convolution and the hidden dense layer.
    """
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    x = conv_bn_act(inputs, 6, 5, activation=activation, name="block1")  # (N, 32, 32, 6)
    x = layers.MaxPooling2D(2, strides=2, padding="same", name="block1_pool")(x)  # (N, 16, 16, 6)
    x = layers.Dropout(0.2, name="block1_drop")(x)

    x = layers.Flatten(name="flatten")(x)  # (N, 1536)
    x = layers.Dense(128, activation=activation, name="dense1")(x)  # (N, 128)
    x = layers.Dropout(0.2, name="dense1_drop")(x)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)  # (N, 10)
    return keras.Model(inputs, outputs, name="baseline")
