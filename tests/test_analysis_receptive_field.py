"""lessons_src.analysis.receptive_field: the field that the gradient shows is the one computed."""

from lessons_src.analysis import layer_table, measured_field, middle_gradient
from lessons_src.arithmetic import Window, receptive_field
from lessons_src.models import MODELS, build_model

import keras
import numpy as np
import pytest
from keras import layers

FIELDS = {
    "baseline": 6,
    "lenet5": 16,
    "alexnet8": 45,
    "vgg16": 212,
    "inception10": 51,
    "resnet18": 109,
    "fast11": 79,
    "thin_resnet8": 50,
}


@pytest.mark.parametrize("name", [*MODELS, "fast11", "thin_resnet8"])
def test_the_last_map_of_each_network_is_measured_as_computed(name):
    model = build_model(name)
    last = [row for row in layer_table(model).rows if row.receptive_field][-1]
    assert measured_field(model, last.name) == last.receptive_field == FIELDS[name]


@pytest.mark.parametrize(
    "windows",
    [
        [Window(3), Window(3)],
        [Window(5, 2), Window(3, 2), Window(3)],
        [Window(3, dilation=2, padding="same"), Window(2, 2, "same"), Window(3, padding="same")],
        [Window(1, 2), Window(4, 3, "same")],
    ],
)
def test_chains_are_measured_as_computed_whatever_their_weights(windows):
    convolutions = [
        layers.Conv2D(
            4,
            w.kernel,
            w.stride,
            w.padding,
            dilation_rate=w.dilation,
            activation="relu",
            kernel_initializer="zeros",
        )
        for w in windows
    ]
    model = keras.Sequential([keras.Input((32, 32, 2)), *convolutions])
    field = receptive_field(windows).size
    assert measured_field(model, convolutions[-1].name, side=64) == field


def test_a_branch_is_measured_by_itself():
    model = build_model("inception10")
    assert measured_field(model, "block1_unit1_1x1_conv", side=32) == 3
    assert measured_field(model, "block1_unit1_3x3_conv", side=32) == 3 + 2 * 2
    assert measured_field(model, "block1_unit1_concat", side=32) == 3 + 4 * 2


def test_a_field_at_the_edge_of_the_images_is_refused():
    with pytest.raises(ValueError, match="'block5_pool'.*more than side=32"):
        measured_field(build_model("alexnet8"), "block5_pool", side=32)


@pytest.mark.parametrize("side", [3, 4, 8])
def test_images_too_small_for_the_layers_are_refused(side):
    with pytest.raises(ValueError, match=f"side={side} are too small.*'conv2'"):
        measured_field(build_model("lenet5"), "conv2", side=side)


def test_a_layer_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="conv9"):
        measured_field(build_model("lenet5"), "conv9")


def test_a_layer_whose_unit_sees_the_whole_image_is_refused():
    for name in ("global_pool", "predictions"):
        with pytest.raises(ValueError, match=f"'{name}' has no field: .* whole image"):
            measured_field(build_model("fast11"), name)


def test_what_reads_a_vector_has_no_field():
    images, vector = keras.Input((16, 16, 1)), keras.Input((5,))
    x = layers.Flatten()(layers.Conv2D(1, 3, name="conv")(images))
    y = layers.Dense(2, name="dense")(vector)
    model = keras.Model([images, vector], layers.Concatenate(name="both")([x, y]))
    assert measured_field(model, "conv") == 3
    for name in ("dense", "both"):
        with pytest.raises(ValueError, match=f"'{name}' has no field: .* whole image"):
            measured_field(model, name)


def measured(*stack, side=64):
    """Return what is measured of the last layer of a chain."""
    return measured_field(
        keras.Sequential([keras.Input((32, 32, 4)), *stack]), stack[-1].name, side
    )


@pytest.mark.parametrize(
    ("stack", "field"),
    [
        ([layers.Conv2D(4, 3, groups=2)], 3),
        ([layers.DepthwiseConv2D(3), layers.Softmax()], 3),
        ([layers.SeparableConv2D(2, 5, 2), layers.LayerNormalization()], 5),
        ([layers.Conv2D(2, (1, 7)), layers.MaxPooling2D((2, 1))], (2, 7)),
        ([layers.ZeroPadding2D(((5, 0), (0, 3))), layers.Conv2D(2, 3)], 3),
        ([layers.Conv2D(2, 3), layers.Cropping2D(3)], 3),
        ([layers.Conv2D(2, 3, dilation_rate=(1, 3))], (3, 7)),
        ([layers.PReLU(), layers.Dropout(0.5), layers.Rescaling([1, 0, 2, 3])], 1),
    ],
)
def test_each_kind_of_layer_is_measured(stack, field):
    assert measured(*stack) == field


def test_a_field_must_end_before_the_edge():
    five = layers.Conv2D(1, 5, name="conv")
    assert measured(five, side=7) == 5  # the middle unit sees the pixels 1 to 5
    with pytest.raises(ValueError, match="'conv' reaches the edge.*side=6"):
        measured(five, side=6)  # 1 to 5
    with pytest.raises(ValueError, match="'conv' reaches the edge.*side=8"):
        measured(layers.Conv2D(1, 5, 4, name="conv"), side=8)  # 0 to 4


def test_oblong_fields_reach_the_edge_too():
    for kernel in ((1, 9), (9, 1)):
        with pytest.raises(ValueError, match="reaches the edge"):
            measured(layers.Conv2D(1, kernel), side=9)


def test_shared_layers_and_nested_models_are_measured():
    images = keras.Input((16, 16, 3))
    conv = layers.Conv2D(3, 3, padding="same", name="conv")
    stem = keras.Sequential([keras.Input((16, 16, 3)), conv], name="stem")
    model = keras.Model(images, stem(conv(stem(images))))
    fields = [measured_field(model, name) for name in ("stem/conv", "conv", "stem/conv (2)")]
    assert fields == [3, 5, 7]


def test_joins_of_any_kind_count_all_paths():
    images = keras.Input((16, 16, 1))
    near, far = layers.Conv2D(2, 3)(images), layers.Conv2D(3, 3, padding="same")(images)
    far = layers.Cropping2D(((0, 2), (1, 1)))(far)
    joined = layers.Concatenate(name="joined")([near, far])
    model = keras.Model(images, layers.Multiply()([layers.Conv2D(1, 1)(near), joined]))
    assert measured_field(model, "joined") == layer_table(model)["joined"].receptive_field == (4, 3)


def test_maps_that_do_not_fit_on_such_images_are_refused_by_name():
    images = keras.Input((8, 8, 1))
    half = layers.Conv2D(1, 2, 2)(images)
    model = keras.Model(images, layers.Add(name="add")([layers.Conv2D(1, 5)(images), half]))
    with pytest.raises(ValueError, match="'add' joins maps of different sides.*another"):
        measured_field(model, "add")


def test_the_middle_gradient_is_the_kernel_around_the_middle_unit():
    conv = layers.Conv2D(2, 3, padding="same", activation="relu", bias_initializer="ones")
    model = keras.Sequential([keras.Input((8, 6, 1)), layers.Dropout(0.9), conv])
    gradient = middle_gradient(model, np.zeros((3, 8, 6, 1)))
    expected = np.zeros((8, 6))
    expected[3:6, 2:5] = np.sum(conv.kernel, axis=(2, 3))  # unit (4, 3): rows 3 to 5
    for image in gradient[..., 0]:
        np.testing.assert_allclose(image, expected, rtol=1e-6)
