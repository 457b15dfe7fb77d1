"""What is known of each kind of layer: which windows it slides, and how far a unit of it sees."""

from typing import Any

from lessons_src.arithmetic import Window
from lessons_src.errors import UsageError

from keras import layers

CONVOLUTIONS = (layers.Conv2D, layers.DepthwiseConv2D, layers.SeparableConv2D)
POOLINGS = (layers.MaxPooling2D, layers.AveragePooling2D)
PADDINGS = (layers.ZeroPadding2D, layers.Cropping2D)

# A unit sees one position of each input: at inference, where dropout and augmentation do nothing.
POINTWISE = (
    *(layers.Dense, layers.InputLayer, layers.Identity, layers.Rescaling, layers.Normalization),
    *(layers.Activation, layers.ReLU, layers.LeakyReLU, layers.PReLU, layers.ELU),
    *(layers.Add, layers.Subtract, layers.Multiply, layers.Average),
    *(layers.Maximum, layers.Minimum),
    *(layers.BatchNormalization, layers.ActivityRegularization),
    *(layers.Dropout, layers.SpatialDropout2D, layers.AlphaDropout),
    *(layers.GaussianDropout, layers.GaussianNoise),
    *(layers.RandomFlip, layers.RandomTranslation, layers.RandomRotation, layers.RandomZoom),
    *(layers.RandomBrightness, layers.RandomContrast),
)
# Pointwise as well, but not in `keras.layers`: operators (x + y), functions of `keras.ops`, and
# what `keras.applications` defines for itself.
POINTWISE_OPERATIONS = {
    *("Absolute", "Add", "Clip", "Divide", "Exp", "Maximum", "Minimum", "Multiply", "Negative"),
    *("Power", "Sqrt", "Square", "Subtract", "TrueDivide"),
    *("Elu", "Gelu", "HardSigmoid", "HardSilu", "LeakyRelu", "Relu", "Relu6", "Selu", "Sigmoid"),
    *("Silu", "Softplus", "Softsign", "Tanh"),
    *("CustomScaleLayer", "LayerScale", "StochasticDepth"),
}
# Pointwise along the channels; along other axes, a unit sees the whole map.
ALONG_AN_AXIS = (layers.LayerNormalization, layers.UnitNormalization, layers.Softmax)
# A unit sees the whole map, or units have no positions any more.
WHOLE_MAP = (
    *(layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D, layers.GroupNormalization),
    *(layers.Flatten, layers.Reshape, layers.Permute),
)


def windows(layer: Any) -> tuple[Window, Window] | None:
    """Return the windows that a layer slides over rows and over columns; None if it slides none.

    Args:
        layer: A layer or operation. A layer of your own can state its geometry by an attribute
            `window`, an `arithmetic.Window` for both axes.
    """
    own = getattr(layer, "window", None)
    if isinstance(own, Window):
        return own, own
    if not isinstance(layer, CONVOLUTIONS + POOLINGS):
        return None
    pooling = isinstance(layer, POOLINGS)
    kernel = layer.pool_size if pooling else layer.kernel_size
    dilation = (1, 1) if pooling else layer.dilation_rate
    rows, columns = (
        Window(kernel[axis], layer.strides[axis], layer.padding, dilation[axis]) for axis in (0, 1)
    )
    return rows, columns


def added_before(layer: Any) -> tuple[int, int]:
    """Return how many rows and columns a layer puts before its map; negative if it crops."""
    if isinstance(layer, layers.ZeroPadding2D):
        return layer.padding[0][0], layer.padding[1][0]
    if isinstance(layer, layers.Cropping2D):
        return -layer.cropping[0][0], -layer.cropping[1][0]
    return 0, 0


def is_local(layer: Any, name: str, axes: int) -> bool:
    """Tell whether a unit sees a window of each map that its layer reads, or else the whole map.

    Args:
        layer: A layer or operation.
        name: Its name, for the message.
        axes: Number of axes of its output, the batch's included; only maps, of 4, have windows.

    Raises:
        UsageError: For a layer whose geometry or whose multiply-adds are not known.
    """
    if getattr(layer, "data_format", None) == "channels_first":
        raise UsageError(f"layer {name!r} has its channels first; build it with channels_last")
    if isinstance(layer, WHOLE_MAP):
        return False
    if isinstance(layer, ALONG_AN_AXIS):
        return axes == 4 and _along_channels(layer, axes)
    kind = type(layer).__name__
    from_keras = type(layer).__module__.partition(".")[0] == "keras"
    if (
        isinstance(layer, (*CONVOLUTIONS, *POOLINGS, *PADDINGS, *POINTWISE))
        or (from_keras and kind in POINTWISE_OPERATIONS)
        or (from_keras and kind == "Concatenate" and _along_channels(layer, axes))
        or (windows(layer) and not layer.weights)
    ):
        return axes == 4
    raise UsageError(
        f"the layer table does not know layer {name!r}, of kind {kind}; a layer of your own "
        "without weights can state its geometry by an attribute `window`, an arithmetic.Window"
    )


def _along_channels(layer: Any, axes: int) -> bool:
    """Tell whether a layer works along the last axis alone."""
    chosen = layer.axis if isinstance(layer.axis, list | tuple) else [layer.axis]
    return all(axis in (-1, axes - 1) for axis in chosen)
