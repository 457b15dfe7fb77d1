"""lessons_src.arithmetic against Keras, and its refusals."""

import pickle
import subprocess
import sys
from collections.abc import Iterable
from copy import copy
from itertools import product
from typing import get_type_hints

from lessons_src.arithmetic import (
    ReceptiveField,
    Window,
    conv_macs,
    conv_output_size,
    conv_params,
    dense_params,
    receptive_field,
    same_padding,
    training_petaflops,
    union,
)

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

lengths = st.integers(1, 12)
kernels = st.integers(1, 5)
steps = st.integers(1, 4)
paddings = st.sampled_from(["valid", "same"])
chains = st.lists(st.builds(Window, kernels, steps, paddings, st.integers(1, 3)), max_size=4)


def starts(size, kernel, stride, padding, dilation):
    """Return where each window begins, by trying all positions; before 0 lies the padding."""
    taps = [dilation * tap for tap in range(kernel)]
    if padding == "valid":
        return [at for at in range(0, size, stride) if at + taps[-1] < size]
    windows = len(range(0, size, stride))  # one per stride that has begun
    zeros = 0
    while (windows - 1) * stride + taps[-1] >= size + zeros:
        zeros += 1
    return [at * stride - zeros // 2 for at in range(windows)]


def fits(size, kernel, dilation, padding):
    return padding == "same" or dilation * (kernel - 1) < size


@given(lengths, kernels, steps, paddings, steps)
def test_output_size_counts_the_windows(size, kernel, stride, padding, dilation):
    assume(fits(size, kernel, dilation, padding))
    count = len(starts(size, kernel, stride, padding, dilation))
    assert conv_output_size(size, kernel, stride, padding, dilation) == count


@given(lengths, kernels, steps, steps)
def test_same_padding_is_the_least_that_fits(size, kernel, stride, dilation):
    before, after = same_padding(size, kernel, stride, dilation)
    first, *_, last = [starts(size, kernel, stride, "same", dilation)[at] for at in (0, 0, -1)]
    assert before == -first
    assert after in (before, before + 1)
    assert before + after == max(0, last + dilation * (kernel - 1) + 1 - size + before)


@given(lengths, kernels, lengths, lengths, steps, paddings, steps)
def test_multiply_adds_are_counted_one_by_one(
    size, kernel, channels, filters, stride, padding, dilation
):
    assume(fits(size, kernel, dilation, padding))
    positions = starts(size, kernel, stride, padding, dilation)
    per_unit = sum(1 for _ in product(range(kernel), range(kernel), range(channels)))
    counted = sum(per_unit for _ in product(positions, positions, range(filters)))
    assert conv_macs(size, kernel, channels, filters, stride, padding, dilation) == counted


@given(kernels, lengths, lengths)
def test_parameters_are_counted_one_by_one(kernel, inputs, units):
    weights = sum(1 for _ in product(range(kernel), range(kernel), range(inputs), range(units)))
    assert conv_params(kernel, inputs, units, bias=False) == weights
    assert conv_params(kernel, inputs, units) == weights + units
    assert dense_params(inputs, units, bias=False) == inputs * units
    assert dense_params(inputs, units) == inputs * units + units


def pixels(windows, size, unit):
    """Return all pixels that a unit of the last layer sees, by walking back tap by tap."""
    sizes = [size]
    for w in windows[:-1]:
        sizes.append(len(starts(sizes[-1], w.kernel, w.stride, w.padding, w.dilation)))
    seen = {unit}
    for w, length in reversed(list(zip(windows, sizes, strict=False))):
        first = starts(length, w.kernel, w.stride, w.padding, w.dilation)[0]
        seen = {
            first + position * w.stride + tap * w.dilation
            for position in seen
            for tap in range(w.kernel)
        }
    return seen


def fit_in_turn(windows, size):
    for w in windows:
        if not fits(size, w.kernel, w.dilation, w.padding):
            return False
        size = len(starts(size, w.kernel, w.stride, w.padding, w.dilation))
    return True


@given(chains, st.integers(1, 60), st.integers(0, 5))
def test_the_field_is_from_the_first_pixel_seen_to_the_last(windows, size, unit):
    assume(fit_in_turn(windows, size))
    field = receptive_field(windows, size)
    seen = pixels(windows, size, unit)
    first = field.offset + unit * field.jump
    assert (min(seen), max(seen)) == (first, first + field.size - 1)
    free = receptive_field(windows)
    assert (free.size, free.jump) == (field.size, field.jump)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(-9, 9)), min_size=1), st.integers(1, 4))
def test_a_union_is_from_the_first_pixel_seen_to_the_last(fields, jump):
    joined = union(ReceptiveField(size, jump, offset) for size, offset in fields)
    for unit in (0, 3):
        seen = {offset + unit * jump + pixel for size, offset in fields for pixel in range(size)}
        first = joined.offset + unit * joined.jump
        assert (min(seen), max(seen)) == (first, first + joined.size - 1)


def test_a_union_can_be_larger_than_each_of_its_fields():
    """3×3/2 beside 3×3 and 1×1/2, all with same padding: pixels 0 to 2 and −1 to 1."""
    strided = receptive_field([Window(3, 2, "same")], size=8)
    other = receptive_field([Window(3, 1, "same"), Window(1, 2, "same")], size=8)
    assert (strided.size, other.size) == (3, 3)
    assert union([strided, other]) == ReceptiveField(size=4, jump=2, offset=-1)


def test_maps_of_different_jumps_have_no_union():
    with pytest.raises(ValueError, match=r"\[1, 2\] pixels apart"):
        union([ReceptiveField(3, 2), ReceptiveField(5, 1)])


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("kernel", [1, 2, 3, 5, 11])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (3, 1), (4, 1), (1, 2), (1, 3)])
def test_output_size_is_that_of_a_keras_layer(kernel, stride, dilation, padding):
    import keras

    layer = keras.layers.Conv2D(1, kernel, stride, padding, dilation_rate=dilation)
    for size in range(dilation * (kernel - 1) + 1, 33):
        expected = layer.compute_output_shape((1, size, size, 1))[1]
        assert conv_output_size(size, kernel, stride, padding, dilation) == expected


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "dilation"),
    [
        (5, 3, 1, 1),
        (5, 2, 1, 1),
        (6, 3, 2, 1),
        (7, 3, 2, 1),
        (9, 5, 3, 1),
        (8, 3, 1, 2),
        (4, 1, 3, 1),
    ],
)
def test_same_padding_is_where_tensorflow_pads(size, kernel, stride, dilation):
    import tensorflow as tf

    rng = np.random.default_rng(0)
    image = rng.normal(size=(1, size, size, 1)).astype("float32")
    weights = rng.normal(size=(kernel, kernel, 1, 1)).astype("float32")
    before, after = same_padding(size, kernel, stride, dilation)
    padded = np.pad(image, ((0, 0), (before, after), (before, after), (0, 0)))
    same = tf.nn.conv2d(image, weights, stride, "SAME", dilations=dilation)
    valid = tf.nn.conv2d(padded, weights, stride, "VALID", dilations=dilation)
    np.testing.assert_allclose(same, valid, rtol=1e-5, atol=1e-5)


def test_numbers_of_the_lecture_note():
    assert dense_params(784, 500) + dense_params(500, 10) == 397_510
    assert conv_output_size(5, 3) == 3
    assert conv_output_size(5, 3, padding="SAME") == 5
    assert conv_params(5, 128, 32, bias=False) == 102_400
    assert conv_params(1, 128, 32, bias=False) + conv_params(5, 32, 32, bias=False) == 29_696


@pytest.mark.parametrize("x", [5, 7, 10, 28, 32])
def test_two_small_kernels_cost_what_the_note_derives(x):
    two = conv_macs(x, 3, 1, 1) + conv_macs(conv_output_size(x, 3), 3, 1, 1)
    assert two == 18 * x**2 - 108 * x + 180
    assert conv_macs(x, 5, 1, 1) == 25 * x**2 - 200 * x + 400


def test_bias_is_counted_once_a_unit():
    assert dense_params(3, 4) - dense_params(3, 4, bias=False) == 4
    assert conv_params(3, 2, 4) - conv_params(3, 2, 4, bias=False) == 4


def test_receptive_field_grows_by_the_jump():
    assert receptive_field([]) == receptive_field([Window(1)])
    field = receptive_field([Window(3), Window(3)])
    assert (field.size, field.jump, field.offset) == (5, 1, 0)
    lenet5 = receptive_field([Window(5), Window(2, 2), Window(5), Window(2, 2)])
    assert (lenet5.size, lenet5.jump, lenet5.offset) == (16, 4, 0)
    assert receptive_field([Window(3, dilation=2)]).size == 5


def test_offset_follows_the_padding():
    assert receptive_field([Window(5, padding="same")]).offset == -2
    assert receptive_field([Window(3, 2, "same")], size=8).offset == 0
    assert receptive_field([Window(3, 2, "same")], size=7).offset == -1
    assert receptive_field([Window(3, 2, "same"), Window(3, padding="same")]).offset == -2


def test_field_is_where_the_gradient_is():
    import tensorflow as tf

    windows = [Window(3, 2, "same"), Window(2), Window(3, 2, "same", 1), Window(3, dilation=2)]
    size, x = 64, tf.Variable(tf.ones((1, 64, 64, 1)))
    with tf.GradientTape() as tape:
        y = x
        for w in windows:
            kernel = tf.ones((w.kernel, w.kernel, 1, 1))
            y = tf.nn.conv2d(y, kernel, w.stride, w.padding.upper(), dilations=w.dilation)
        unit = y[0, 3, 3, 0]
    seen = np.flatnonzero(tape.gradient(unit, x).numpy()[0].any(axis=(1, 2)))
    field = receptive_field(windows, size)
    first = field.offset + 3 * field.jump
    # The dilated tap pattern may leave holes, but not at the ends of the field.
    assert (seen[0], seen[-1]) == (first, first + field.size - 1)


@pytest.mark.parametrize("padding", ["valid", "same", "SAME", "Valid"])
def test_padding_names_in_any_case(padding):
    assert conv_output_size(6, 3, padding=padding) == (6 if padding.lower() == "same" else 4)
    assert Window(3, padding=padding).padding == padding.lower()


def test_numpy_integers_count():
    assert conv_output_size(np.int64(5), np.int32(3)) == 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv_output_size(0, 3), "size .* not 0"),
        (lambda: conv_output_size(5, -1), "kernel .* not -1"),
        (lambda: conv_output_size(5, 3, 0), "stride .* not 0"),
        (lambda: conv_output_size(5, 3, dilation=0), "dilation .* not 0"),
        (lambda: conv_output_size(5.0, 3), "size .* not 5.0"),
        (lambda: conv_output_size("5", 3), "size .* not '5'"),
        (lambda: conv_output_size(True, 3), "size .* not True"),
        (lambda: conv_output_size(5, 3, padding="full"), "padding .* not 'full'"),
        (lambda: conv_output_size(5, 3, padding=None), "padding .* not None"),
        (lambda: conv_output_size(5, 6), "kernel=6 .* size=5"),
        (lambda: conv_output_size(5, 3, dilation=3), "kernel=3 with dilation=3 spans 7 .* size=5"),
        (lambda: same_padding(5, 3, -2), "stride .* not -2"),
        (lambda: dense_params(0, 3), "inputs .* not 0"),
        (lambda: dense_params(3, 1.5), "units .* not 1.5"),
        (lambda: dense_params(3, 0), "units .* not 0"),
        (lambda: conv_params(0, 1, 1), "kernel .* not 0"),
        (lambda: conv_params(3, 0, 1), "in_channels .* not 0"),
        (lambda: conv_params(3, 1, 0), "filters .* not 0"),
        (lambda: conv_macs(2, 3, 1, 1), "kernel=3 .* size=2"),
        (lambda: Window(0), "kernel .* not 0"),
        (lambda: Window(3, 0), "stride .* not 0"),
        (lambda: Window(3, dilation=0), "dilation .* not 0"),
        (lambda: Window(3, padding="none"), "padding .* not 'none'"),
        (lambda: receptive_field([Window(5), Window(5)], size=8), "kernel=5 .* size=4"),
    ],
)
def test_impossible_geometry_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_windows_and_fields_are_values_that_never_change():
    window = Window(3, padding="SAME")
    assert repr(window) == "Window(kernel=3, stride=1, padding='same', dilation=1)"
    assert window == Window(kernel=3, stride=1, padding="same", dilation=1) == copy(window)
    assert window not in (Window(3), Window(3, 2, "same"), Window(5, padding="same"), 3)
    assert len({window, pickle.loads(pickle.dumps(window)), Window(3), Window(np.int64(3))}) == 2
    assert ReceptiveField() != Window(1) and ReceptiveField(3, 2, 1) == ReceptiveField(3, 2, 1)
    assert repr(ReceptiveField(offset=-1)) == "ReceptiveField(size=1, jump=1, offset=-1)"
    for name in ("kernel", "anything"):
        with pytest.raises(AttributeError, match=f"^cannot assign to field '{name}'$"):
            setattr(window, name, 5)
    with pytest.raises(AttributeError, match="^cannot delete field 'kernel'$"):
        del window.kernel
    assert get_type_hints(receptive_field)["windows"] == Iterable[Window]


def test_import_needs_no_framework():
    code = "import lessons_src.arithmetic, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "lessons_src.arithmetic" in loaded
    assert not loaded & {"tensorflow", "keras", "numpy", "matplotlib"}


def test_training_counts_products_sums_and_both_gradients():
    inputs, units, images = 3, 4, 5
    forward = images * units * inputs
    of_weights, of_inputs = inputs * images * units, images * inputs * units
    operations = sum(2 * products for products in (forward, of_weights, of_inputs))
    assert 1e15 * training_petaflops(inputs * units, images) == pytest.approx(operations)
