"""A network as data: what the page must know of each layer, and its weights."""

import json

from lessons_src.errors import RecordError, UsageError
from lessons_src.models import ALL_MODELS, build_model
from lessons_src.page_networks.graph import packed_weights, page_graph

import keras
import numpy as np
import pytest
from keras import layers

CLASSES = ("cat", "dog")


def network(*middle, side=8):
    """Return a network with some layers between its images and its two probabilities."""
    x = inputs = keras.Input((side, side, 3), name="images")
    for layer in middle:
        x = layer(x)
    x = layers.Flatten(name="flatten")(x)
    return keras.Model(inputs, layers.Dense(2, "softmax", name="predictions")(x), name="small")


def layer(model, name):
    [found] = [each for each in page_graph(model, CLASSES)["layers"] if each["name"] == name]
    return found


@pytest.mark.parametrize("name", ALL_MODELS)
def test_every_network_of_the_book_can_be_described(name):
    narrow = {"alexnet8": {"width": 3}, "vgg16": {"width": 1}, "resnet18": {"initial_filters": 1}}
    model = build_model(name, **narrow.get(name, {}))
    graph = page_graph(model, list("abcdefghij"))
    assert json.loads(json.dumps(graph)) == graph
    assert (graph["name"], graph["input"]) == (model.name, [32, 32, 3])
    assert graph["output"] == graph["layers"][-1]["name"] == "predictions"
    before = set()
    for each in graph["layers"]:
        assert before.issuperset(each["inputs"])
        before.add(each["name"])


def test_a_convolution_is_described_by_its_window_its_weights_and_its_field():
    conv = layers.Conv2D(4, 3, 2, "same", activation="relu", name="conv")
    assert layer(network(conv), "conv") == {
        "name": "conv",
        "kind": "Conv2D",
        "inputs": ["images"],
        "shape": [4, 4, 4],
        "kernel": [3, 3],
        "strides": [2, 2],
        "padding": "same",
        "dilation": [1, 1],
        "activation": "relu",
        "weights": [
            {"name": "kernel", "shape": [3, 3, 3, 4], "trainable": True, "offset": 0},
            {"name": "bias", "shape": [4], "trainable": True, "offset": 108},
        ],
        "field": {"size": 3, "jump": 2, "offset": 0},
    }


def test_units_after_the_flattening_see_the_whole_image():
    assert layer(network(), "flatten")["field"] is None
    assert layer(network(), "predictions")["field"] is None


def test_the_page_knows_which_weights_are_trained():
    model = network(layers.BatchNormalization(epsilon=0.5, momentum=0.75, name="bn"))
    found = layer(model, "bn")
    assert (found["epsilon"], found["momentum"]) == (0.5, 0.75)
    assert {weight["name"]: weight["trainable"] for weight in found["weights"]} == {
        "gamma": True,
        "beta": True,
        "moving_mean": False,
        "moving_variance": False,
    }


def test_graph_and_file_give_the_weights_back():
    keras.utils.set_random_seed(0)
    model = network(layers.Conv2D(2, 3, name="conv"), layers.BatchNormalization(name="bn"))
    values = np.frombuffer(packed_weights(model), "<f2").astype(np.float32)
    assert values.size == model.count_params()
    for described in page_graph(model, CLASSES)["layers"]:
        arrays = model.get_layer(described["name"]).get_weights()
        for weight, array in zip(described["weights"], arrays, strict=True):
            found = values[weight["offset"] :][: array.size].reshape(weight["shape"])
            np.testing.assert_allclose(found, array, rtol=2**-11, atol=2**-25)


@keras.saving.register_keras_serializable("tests")
class Odd(layers.Conv2D):
    pass


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        (layers.LeakyReLU(name="odd"), "layer 'odd', a LeakyReLU, cannot run in a page"),
        (Odd(3, 3, name="odd"), "layer 'odd', a Odd, .* kind Odd"),
        (layers.Conv2D(3, 3, groups=3, name="odd"), "layer 'odd', a Conv2D, .* groups=3"),
        (layers.Conv2D(3, 3, activation="elu", name="odd"), "layer 'odd', .* activation elu"),
        (layers.Activation("gelu", name="odd"), "layer 'odd', .* activation gelu"),
        (layers.GlobalMaxPooling2D(keepdims=True, name="odd"), "layer 'odd', .* keepdims=True"),
        (layers.MaxPooling2D((2, 1), name="odd"), "layer 'odd' has a field that is not square"),
        (layers.BatchNormalization(axis=1, name="odd"), "layer 'odd', .* axis=1"),
    ],
)
def test_what_no_page_computes_is_refused_by_name(unknown, words):
    with pytest.raises(UsageError, match=words):
        page_graph(network(unknown), CLASSES)


def test_another_number_of_classes_is_refused():
    with pytest.raises(UsageError, match=r"small returns \(2,\), .* each of 3 classes"):
        page_graph(network(), ("cat", "dog", "cow"))


def test_two_inputs_are_refused():
    one, two = keras.Input((4, 4, 3)), keras.Input((4, 4, 3))
    x = layers.Flatten()(layers.Add()([one, two]))
    with pytest.raises(UsageError, match="two has 2 inputs"):
        page_graph(keras.Model([one, two], layers.Dense(2)(x), name="two"), CLASSES)


def test_a_weight_that_is_no_number_is_refused_by_name():
    model = network()
    model.get_layer("predictions").bias.assign([0, np.nan])
    with pytest.raises(RecordError, match="predictions/bias holds values"):
        packed_weights(model)
