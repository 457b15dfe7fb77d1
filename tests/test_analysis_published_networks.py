"""The layer table against what is published of the networks of `keras.applications`."""

from lessons_src.analysis import layer_table

import keras
import pytest

# Fields: Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks,
# Distill, 2019, and the table of their library (google-research/receptive_field). It lists VGG16
# but not VGG19, whose 268 follows from the same recurrence.
# Multiply-adds in billions: VGG and ResNet as in He et al., 2016 (there 15.3, without the dense
# layers, 19.6, 3.8 and 7.6); DenseNet121: Huang et al., 2017; MobileNet: Howard et al., 2017 (569
# million); MobileNetV2: Sandler et al., 2018 (300 million); InceptionResNetV2: Zoph et al., 2018;
# InceptionV3 (5.7), Xception (8.4) and EfficientNetB0 (0.39): Tan and Le, 2019, table 2.
PUBLISHED = {
    "VGG16": (212, "15.47"),
    "VGG19": (268, "19.63"),
    "ResNet50": (483, "3.86"),
    "ResNet101": (1027, "7.57"),
    "DenseNet121": (None, "2.83"),
    "MobileNet": (315, "0.569"),
    "MobileNetV2": (None, "0.30"),
    "InceptionV3": (1311, "5.7"),
    "InceptionResNetV2": (3039, "13.2"),
    "Xception": (None, "8.4"),
    "EfficientNetB0": (None, "0.39"),
}
# The same library's fields further inside.
INSIDE = {
    "VGG16": {"block1_pool": 6, "block2_pool": 16, "block3_pool": 44, "block4_pool": 100},
    "MobileNet": {"conv1": 3, "conv_pw_1": 7, "conv_pw_4": 27, "conv_pw_7": 91, "conv_pw_12": 251},
    "InceptionV3": {"mixed0": 63, "mixed2": 127, "mixed3": 159, "mixed4": 351, "mixed8": 1055},
    "InceptionResNetV2": {"mixed_5b": 63, "mixed_6a": 415, "mixed_7a": 2399},
}


@pytest.fixture(scope="module", params=PUBLISHED)
def network(request):
    """Return a network's name and its table."""
    with keras.StatelessScope(initialize_variables=False):  # weights would take seconds
        model = getattr(keras.applications, request.param)(weights=None)
        table = layer_table(model)
        assert table.params == model.count_params()
    del model
    keras.backend.clear_session()  # Keras would initialize the weights at the next occasion
    return request.param, table


def test_multiply_adds_are_the_published_ones(network):
    name, table = network
    billions = PUBLISHED[name][1]
    digits = len(billions.partition(".")[2])
    assert f"{table.macs / 1e9:.{digits}f}" == billions


def test_fields_are_the_published_ones(network):
    name, table = network
    published = PUBLISHED[name][0]
    if published:
        fields = [row.receptive_field for row in table.rows if row.receptive_field]
        assert fields[-1] == published
    inside = INSIDE.get(name, {})
    assert {layer: table[layer].receptive_field for layer in inside} == inside


def test_a_unit_of_efficientnet_sees_the_whole_image(network):
    name, table = network
    if name == "EfficientNetB0":
        assert (
            table["block1a_dwconv"].receptive_field == 7
        )  # the last before squeeze and excitation
        assert table["top_conv"].receptive_field is None
