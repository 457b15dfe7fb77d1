"""VGG, fitted to 32×32 images: five groups of 3×3 convolutions, with batch normalization."""

from lessons_src.layers.blocks import conv_bn_act

import keras
from keras import layers


def vgg16(
    input_shape=(32, 32, 3), classes=10, convs_per_group=(2, 2, 3, 3, 3), width=64, name=None
):
    """Build VGG16: 15,262,026 parameters for 32×32×3 and 10 classes.

    Args:
        input_shape: (height, width, channels) of the images.
        classes: Units of the softmax.
        convs_per_group: Convolutions in each of the five groups; (2, 2, 4, 4, 4) is VGG19.
        width: Filters of the first group; all later layers grow and shrink with it.
        name: The model's name; None stands for vgg16, or whatever number of layers it has.

    Source: Simonyan and Zisserman, Very Deep Convolutional Networks for Large-Scale Image
    Recognition, 2015; chapter vgg16 lists what differs here.
    """
    inputs = x = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    widths = (width, 2 * width, 4 * width, 8 * width, 8 * width)
    for group, (filters, convs) in enumerate(zip(widths, convs_per_group, strict=True), start=1):
        for conv in range(1, convs + 1):
            x = conv_bn_act(x, filters, 3, name=f"group{group}_{conv}")
        # (N, 16, 16, 64), (N, 8, 8, 128), (N, 4, 4, 256), (N, 2, 2, 512), (N, 1, 1, 512)
        x = layers.MaxPooling2D(2, strides=2, padding="same", name=f"group{group}_pool")(x)
        x = layers.Dropout(0.2, name=f"group{group}_drop")(x)

    x = layers.Flatten(name="flatten")(x)  # (N, 512)
    for dense in (1, 2):
        x = layers.Dense(8 * width, activation="relu", name=f"dense{dense}")(x)  # (N, 512)
        x = layers.Dropout(0.2, name=f"dense{dense}_drop")(x)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)  # (N, 10)
    return keras.Model(inputs, outputs, name=name or f"vgg{sum(convs_per_group) + 3}")
