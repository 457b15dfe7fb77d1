"""lessons_src.training.architecture: what makes another network, and what doesn't."""

import json
import re

from lessons_src.models import build_model
from lessons_src.training.architecture import describe, differences

import keras
import pytest
from keras import layers


def difference(one, other):
    there, here = (json.loads(json.dumps(describe(model))) for model in (one, other))
    return next(differences(there, here), None)


@pytest.mark.parametrize("name", ["baseline", "fast11", "resnet18"])
def test_a_network_is_itself(name):
    assert difference(build_model(name), build_model(name)) is None


def network(filters=4, activation="relu", skip="first", dtype="float32", inner=3, scale=2.0):
    """A network with an operation, a skip connection, and a model inside; Keras names it all."""
    part = keras.Input((8, 8, filters))
    block = keras.Model(
        part, layers.Add()([part, layers.Conv2D(filters, inner, padding="same")(part)])
    )
    images = keras.Input((8, 8, 3))
    first = layers.Conv2D(filters, 3, padding="same", activation=activation, dtype=dtype)(images)
    second = layers.Dropout(0.5)(first * scale)
    x = layers.Add()([block(second), first if skip == "first" else second])
    return keras.Model(images, layers.Flatten()(x))


def test_names_that_keras_gives_make_no_difference():
    one, other = network(), network()
    assert {layer.name for layer in one.layers} != {layer.name for layer in other.layers}
    assert difference(one, other) is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"filters": 5}, r"layers 1 \(Conv2D\), filters: 4, not 5"),
        ({"activation": "gelu"}, r"layers 1 \(Conv2D\), activation: 'relu', not 'gelu'"),
        ({"dtype": "bfloat16"}, r"\(Conv2D\), dtype, config, name: 'float32', not 'bfloat16'"),
        ({"inner": 1}, r"\(Functional\), layers, config, kernel_size: 3, not 1"),
        ({"skip": "second"}, r"graph \d+ \(Add\): 1, not 3"),
    ],
)
def test_the_difference_is_named(options, message):
    found = difference(network(), network(**options))
    assert found and re.search(message, found), found


def test_the_connections_inside_an_inner_model_count():
    def network(skip):
        part = keras.Input((4,))
        first = layers.Dense(4)(part)
        second = layers.Dense(4)(first)
        block = keras.Model(part, layers.Add()([second, first if skip else part]))
        images = keras.Input((4,))
        return keras.Model(images, block(images))

    assert difference(network(True), network(True)) is None
    assert "keras_history" in difference(network(True), network(False))


def test_a_layer_used_twice_is_not_two_layers():
    def network(shared):
        x = images = keras.Input((4,))
        dense = layers.Dense(4)
        for _ in range(2):
            x = (dense if shared else layers.Dense(4))(x)
        return keras.Model(images, x)

    assert difference(network(True), network(True)) is None
    assert difference(network(True), network(False)) == "2 layers, not 3"


def test_random_layers_of_other_seeds_are_the_same_network():
    def network(**seed):
        return keras.Sequential([keras.Input((8, 8, 3)), layers.RandomCrop(4, 4, **seed)])

    assert difference(network(), network()) is None  # without a seed RandomCrop draws one
    assert difference(network(seed=1), network(seed=2)) is None


class Secret(layers.Layer):
    """A layer that does not tell its arguments, but its weights show one of them."""

    def __init__(self, units, table):
        super().__init__()
        self.units, self.table = units, table

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units))

    def call(self, x):
        return x @ self.kernel


def test_what_a_layer_does_not_tell_shows_in_its_weights():
    def network(units):
        return keras.Sequential([keras.Input((4,)), Secret(units, {1, 2})])

    with pytest.raises(NotImplementedError):
        network(2).layers[0].get_config()
    assert difference(network(2), network(2)) is None
    assert difference(network(2), network(3)) == "weights 0: 2, not 3"
