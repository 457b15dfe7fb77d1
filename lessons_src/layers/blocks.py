"""Building blocks of the networks, each a function from tensor to tensor.

A block names its layers after itself (`stem_conv`, `stem_bn`, `stem_act`), so that figures and
readers can ask a model for any of them by name.
"""

from lessons_src.layers.normalization import BatchNormalization

from keras import layers


def conv_bn_act(
    x,
    filters,
    kernel_size,
    strides=1,
    padding="same",
    activation="relu",
    use_bias=True,
    *,
    name,
):
    """Apply convolution, batch normalization and an activation: the C, B and A of C-B-A-P-D.

    Args:
        x: Feature map, (N, H, W, C).
        filters: Number of kernels, the channels of the output.
        kernel_size: Side of the kernels in pixels.
        strides: Step of the windows in pixels.
        padding: "same" or "valid".
        activation: Keras' name of the activation; None leaves it out.
        use_bias: Whether the convolution adds a bias, which the normalization then removes again.
        name: Prefix of the layers' names.

    Returns:
        Feature map, (N, H', W', filters).

    Source: Ioffe and Szegedy, Batch Normalization, 2015, section 3.2.
    """
    conv = layers.Conv2D(
        filters, kernel_size, strides, padding, use_bias=use_bias, name=f"{name}_conv"
    )
    x = conv(x)
    x = BatchNormalization(name=f"{name}_bn")(x)
    if activation is not None:
        x = layers.Activation(activation, name=f"{name}_act")(x)
    return x


def inception_block(x, filters, strides=1, *, name):
    """Look at a map through four parallel branches and concatenate what they see.

    Args:
        x: Feature map, (N, H, W, C).
        filters: Channels of every branch.
        strides: Step of each branch's 1×1 convolution in pixels.
        name: Prefix of the layers' names.

    Returns:
        Feature map, (N, ⌈H/strides⌉, ⌈W/strides⌉, 4·filters).

    Source: Szegedy et al., Going Deeper with Convolutions, 2015, figure 2b; there without batch
    normalization and with other widths per branch.
    """

    def conv(x, kernel_size, strides, branch):
        return conv_bn_act(x, filters, kernel_size, strides, name=f"{name}_{branch}")

    one = conv(x, 1, strides, "1x1")
    three = conv(conv(x, 1, strides, "3x3_reduce"), 3, 1, "3x3")
    five = conv(conv(x, 1, strides, "5x5_reduce"), 5, 1, "5x5")
    pooled = layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)
    pooled = conv(pooled, 1, strides, "pool_project")
    return layers.Concatenate(name=f"{name}_concat")([one, three, five, pooled])


def residual_block(x, filters, strides=1, *, name):
    """Add what two 3×3 convolutions learn to what came in: H(x) = F(x) + x.

    Args:
        x: Feature map, (N, H, W, C).
        filters: Channels of the output.
        strides: Step of the first convolution, and of the projection, in pixels.
        name: Prefix of the layers' names.

    Returns:
        Feature map, (N, ⌈H/strides⌉, ⌈W/strides⌉, filters).

    Source: He et al., Deep Residual Learning for Image Recognition, 2016, figure 5, left.
    """
    y = conv_bn_act(x, filters, 3, strides, use_bias=False, name=f"{name}_1")
    y = conv_bn_act(y, filters, 3, activation=None, use_bias=False, name=f"{name}_2")
    return _add_shortcut(x, y, strides, name)


def bottleneck_block(x, filters, strides=1, *, name):
    """Add a 1×1–3×3–1×1 branch to what came in; the 3×3 works on a quarter of the channels.

    Args:
        x: Feature map, (N, H, W, C).
        filters: Channels inside; the output has four times as many.
        strides: Step of the first convolution, and of the projection, in pixels.
        name: Prefix of the layers' names.

    Returns:
        Feature map, (N, ⌈H/strides⌉, ⌈W/strides⌉, 4·filters).

    Source: He et al., Deep Residual Learning for Image Recognition, 2016, figure 5, right.
    """
    y = conv_bn_act(x, filters, 1, strides, use_bias=False, name=f"{name}_1")
    y = conv_bn_act(y, filters, 3, use_bias=False, name=f"{name}_2")
    y = conv_bn_act(y, 4 * filters, 1, activation=None, use_bias=False, name=f"{name}_3")
    return _add_shortcut(x, y, strides, name)


def _add_shortcut(x, y, strides, name):
    """Return ReLU(y + x), with x projected by a 1×1 convolution where the shapes differ."""
    if x.shape != y.shape:
        x = conv_bn_act(
            x, y.shape[-1], 1, strides, activation=None, use_bias=False, name=f"{name}_project"
        )
    x = layers.Add(name=f"{name}_add")([y, x])
    return layers.Activation("relu", name=f"{name}_act")(x)
