"""LeNet-5, fitted to 32×32 colour images."""

import keras
from keras import layers


def lenet5(input_shape=(32, 32, 3), classes=10, activation="sigmoid", pooling=layers.MaxPooling2D):
    """Build LeNet5: 62,006 parameters for 32×32×3 and 10 classes.

    Args:
        input_shape: (height, width, channels) of the images.
        classes: Units of the softmax.
        activation: Keras' name of the activation after each convolution and hidden dense layer.
        pooling: Keras' class of the pooling layers, `MaxPooling2D` or `AveragePooling2D`.

    Source: LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998; chapter
    lenet5 lists what differs here.
    """
    inputs = keras.Input(input_shape, name="images")  # (N, 32, 32, 3)
    x = layers.Conv2D(6, 5, activation=activation, name="conv1")(inputs)  # (N, 28, 28, 6)
    x = pooling(2, strides=2, name="pool1")(x)  # (N, 14, 14, 6)
    x = layers.Conv2D(16, 5, activation=activation, name="conv2")(x)  # (N, 10, 10, 16)
    x = pooling(2, strides=2, name="pool2")(x)  # (N, 5, 5, 16)

    x = layers.Flatten(name="flatten")(x)  # (N, 400)
    x = layers.Dense(120, activation=activation, name="dense1")(x)  # (N, 120)
    x = layers.Dense(84, activation=activation, name="dense2")(x)  # (N, 84)
    outputs = layers.Dense(classes, activation="softmax", name="predictions")(x)  # (N, 10)
    return keras.Model(inputs, outputs, name="lenet5")
