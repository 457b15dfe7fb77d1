"""What the layer table says of random networks with branches, against Keras and its gradients."""

from lessons_src.analysis import layer_table, measured_field, middle_gradient
from lessons_src.analysis.layer_calls import layer_calls

import keras
import numpy as np
from hypothesis import Phase, assume, given, note, settings
from hypothesis import strategies as st
from keras import layers

SIDE = 64
ONES = {"kernel_initializer": "ones"}
SEPARABLE_ONES = {"depthwise_initializer": "ones", "pointwise_initializer": "ones"}
sides = st.tuples(st.integers(1, 3), st.integers(1, 3))
strides = st.integers(1, 2)


def branch(draw, x, stride):
    """Return x after one of several layers that lead to maps of one side."""
    kernel = draw(sides)
    match draw(st.integers(0, 5)):
        case 0:
            return layers.Conv2D(4, kernel, stride, "same", **ONES)(x)
        case 1:
            dilation = draw(st.tuples(strides, strides))
            x = layers.Conv2D(4, kernel, 1, "same", dilation_rate=dilation, groups=2, **ONES)(x)
            return layers.Conv2D(4, 1, stride, **ONES)(x)
        case 2:
            before = draw(sides)
            pads = [(first - 1, 3 - first) for first in before]  # two pixels along each axis
            return layers.Conv2D(4, 3, stride, **ONES)(layers.ZeroPadding2D(pads)(x))
        case 3:
            return layers.AveragePooling2D(kernel, stride, "same")(x)
        case 4:
            return layers.SeparableConv2D(4, kernel, stride, "same", **SEPARABLE_ONES)(x)
        case 5:
            shared = layers.Conv2D(x.shape[-1], kernel, 1, "same", **ONES)
            return layers.AveragePooling2D(1, stride)(shared(shared(x)))


def trunk(draw, x):
    """Return x after one layer, which may change its side."""
    kernel = draw(sides)
    match draw(st.integers(0, 4)):
        case 0:
            dilation = draw(st.tuples(strides, strides))
            return layers.Conv2D(4, kernel, dilation_rate=dilation, **ONES)(x)
        case 1:
            return layers.DepthwiseConv2D(kernel[0], depthwise_initializer="ones")(x)
        case 2:
            return layers.AveragePooling2D(kernel)(x)
        case 3:
            cut = draw(sides)
            return layers.Cropping2D(((cut[0], 0), (0, cut[1])))(x)
        case 4:
            return layers.BatchNormalization()(x)


@st.composite
def networks(draw):
    """Draw a network of one or two forks, each after a layer of the trunk."""
    images = x = keras.Input((SIDE, SIDE, 2))
    for _ in range(draw(st.integers(1, 2))):
        stride = draw(strides)
        x = trunk(draw, x)
        ends = [branch(draw, x, stride) for _ in range(draw(st.integers(2, 3)))]
        if stride == 1:
            ends.append(x)
        alike = len({end.shape[-1] for end in ends}) == 1
        x = layers.Add()(ends) if alike else layers.Concatenate()(ends)
    return keras.Model(images, x)


few = settings(max_examples=12, phases=[Phase.generate])  # to shrink would build hundreds


@given(networks())
@few
def test_the_last_field_is_where_the_gradient_is(model):
    note(str(layer_table(model)))
    gradient = middle_gradient(model, np.ones((1, SIDE, SIDE, 2)))[0].any(axis=-1)
    seen = [np.flatnonzero(gradient.any(axis=axis)) for axis in (1, 0)]
    assume(all(pixels[0] > 0 and pixels[-1] < SIDE - 1 for pixels in seen))
    height, width = (int(pixels[-1] - pixels[0] + 1) for pixels in seen)
    last = layer_table(model).rows[-1]
    assert last.receptive_field == (height if height == width else (height, width))
    assert measured_field(model, last.name, SIDE) == last.receptive_field


def multiplications(layer, read, returned):
    """Return the multiply-adds of a layer by its arguments and the shapes of two arrays."""
    if isinstance(layer, layers.Conv2D):
        taps = layer.kernel_size[0] * layer.kernel_size[1]
        return returned.size * taps * (read.shape[-1] // layer.groups)
    if isinstance(layer, layers.DepthwiseConv2D):
        return returned.size * layer.kernel_size[0] * layer.kernel_size[1]
    if isinstance(layer, layers.SeparableConv2D):
        taps = layer.kernel_size[0] * layer.kernel_size[1]
        return returned[..., 0].size * read.shape[-1] * (taps + layer.filters)
    if isinstance(layer, layers.Dense):
        return read.size * layer.units
    return 0


@given(networks(), st.booleans())
@few
def test_shapes_parameters_and_multiply_adds_are_those_of_keras(backbone, flat):
    images = keras.Input((SIDE, SIDE, 2))
    x = backbone(images)
    x = layers.Flatten()(x) if flat else layers.GlobalMaxPooling2D()(x)
    model = keras.Model(images, layers.Dense(3)(x))
    table = layer_table(model)
    note(str(table))
    assert table.params == model.count_params()
    arrays = {}
    for call in layer_calls(model):
        before = [arrays[name] for name in call.inputs]
        if before:
            arrays[call.name] = np.asarray(call.layer(before if len(before) > 1 else before[0]))
        else:
            arrays[call.name] = np.zeros((1, SIDE, SIDE, 2), "float32")
        row, returned = table[call.name], arrays[call.name]
        assert (row.kind, row.output_shape) == (type(call.layer).__name__, returned.shape[1:])
        macs = multiplications(call.layer, before[0], returned) if before else 0
        assert row.macs == macs
    assert list(arrays) == [row.name for row in table.rows]
