"""lessons_src.inspection: the receptive field that the gradient shows is the one computed."""

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
}


@pytest.mark.parametrize("name", MODELS)
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


def test_a_layer_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="conv9"):
        measured_field(build_model("lenet5"), "conv9")


def test_the_middle_gradient_is_the_kernel_around_the_middle_unit():
    conv = layers.Conv2D(2, 3, padding="same", activation="relu", bias_initializer="ones")
    model = keras.Sequential([keras.Input((8, 8, 1)), conv])
    gradient = middle_gradient(model, np.zeros((3, 8, 8, 1)))
    expected = np.zeros((8, 8))
    expected[3:6, 3:6] = np.sum(conv.kernel, axis=(2, 3))  # unit (4, 4): rows 3 to 5
    for image in gradient[..., 0]:
        np.testing.assert_allclose(image, expected, rtol=1e-6)
