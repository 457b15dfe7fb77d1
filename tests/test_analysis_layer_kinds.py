"""lessons_src.analysis.layer_kinds: each kind of layer sees as far as the lists say."""

from functools import partial

from lessons_src.analysis.layer_calls import layer_calls
from lessons_src.analysis.layer_kinds import POINTWISE, POINTWISE_OPERATIONS, is_local

import keras
import numpy as np
import pytest
from keras import layers

JOINS = (
    *(layers.Add(), layers.Subtract(), layers.Multiply(), layers.Average()),
    *(layers.Maximum(), layers.Minimum()),
)
OTHERS = (
    *(layers.Dense(3), layers.Identity(), layers.Rescaling(2.0)),
    *(layers.Normalization(mean=0.5, variance=2.0), layers.BatchNormalization()),
    *(layers.Activation("relu"), layers.ReLU(), layers.LeakyReLU(), layers.PReLU(), layers.ELU()),
    *(layers.ActivityRegularization(), layers.Dropout(0.5), layers.SpatialDropout2D(0.5)),
    *(layers.AlphaDropout(0.5), layers.GaussianDropout(0.5), layers.GaussianNoise(0.5)),
    *(layers.RandomFlip(), layers.RandomTranslation(0.5, 0.5), layers.RandomRotation(0.5)),
    *(layers.RandomZoom(0.5), layers.RandomBrightness(0.5), layers.RandomContrast(0.5)),
)


def changed(function, maps):
    """Return which positions of a function's map change with one position of its input."""
    other = maps.copy()
    other[0, 2, 3] += 0.25
    difference = np.asarray(function(maps)) != np.asarray(function(other))
    return [tuple(position) for position in np.argwhere(difference[0].any(axis=-1))]


def maps():
    return np.random.default_rng(0).uniform(0.1, 0.9, (1, 5, 6, 4)).astype("float32")


@pytest.mark.parametrize("layer", OTHERS, ids=lambda layer: type(layer).__name__)
def test_a_pointwise_layer_changes_where_its_input_changes(layer):
    assert changed(lambda x: layer(x, training=False), maps()) == [(2, 3)]
    assert is_local(layer, "layer", axes=4)


@pytest.mark.parametrize("layer", JOINS, ids=lambda layer: type(layer).__name__)
def test_a_join_changes_where_its_input_changes(layer):
    constant = np.full_like(maps(), 0.01 if isinstance(layer, layers.Maximum) else 0.99)
    assert changed(lambda x: layer([x, constant]), maps()) == [(2, 3)]
    assert is_local(layer, "layer", axes=4)


def test_no_other_layer_counts_as_pointwise():
    assert set(POINTWISE) == {type(layer) for layer in [*JOINS, *OTHERS]} | {layers.InputLayer}


UNARY = (
    "absolute",
    "exp",
    "negative",
    "sqrt",
    "square",
    "elu",
    "gelu",
    "hard_sigmoid",
    "hard_silu",
)
UNARY += ("leaky_relu", "relu", "relu6", "selu", "sigmoid", "silu", "softplus", "softsign", "tanh")
BINARY = ("add", "divide", "maximum", "minimum", "multiply", "power", "subtract", "true_divide")
OPERATIONS = (
    {name: getattr(keras.ops, name) for name in UNARY}
    | {name: partial(getattr(keras.ops, name), x2=0.95) for name in BINARY}
    | {"maximum": partial(keras.ops.maximum, x2=0.05)}
    | {"clip": partial(keras.ops.clip, x_min=0.0, x_max=2.0)}
)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_pointwise_operation_changes_where_its_input_changes(name):
    assert changed(OPERATIONS[name], maps()) == [(2, 3)]


def test_no_other_operation_counts_as_pointwise():
    images = keras.Input((5, 6, 4))
    graphs = [keras.Model(images, operation(images)) for operation in OPERATIONS.values()]
    kinds = {type(layer_calls(graph)[-1].layer).__name__ for graph in graphs}
    assert POINTWISE_OPERATIONS - kinds == {"CustomScaleLayer", "LayerScale", "StochasticDepth"}
    assert kinds <= POINTWISE_OPERATIONS


@pytest.mark.parametrize(
    "layer",
    [
        layers.GroupNormalization(2),
        layers.LayerNormalization(axis=[1, 2, 3]),
        layers.Softmax(axis=1),
        layers.UnitNormalization(axis=[2, 3]),
    ],
)
def test_normalization_over_positions_changes_others_too(layer):
    assert len(changed(layer, maps())) > 1
    assert not is_local(layer, "layer", axes=4)


def test_normalization_over_channels_does_not():
    for layer in (layers.LayerNormalization(), layers.Softmax(), layers.UnitNormalization(3)):
        assert changed(layer, maps()) == [(2, 3)]
        assert is_local(layer, "layer", axes=4)
