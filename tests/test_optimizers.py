"""lessons_src.optimizers: the fused update is Keras' update."""

import re

import keras
import numpy as np
import pytest

from lessons_src.runtime import tf  # isort: skip
from lessons_src.optimizers import Adam

SHAPES = [(3, 3, 2, 4), (4,), (5, 7)]


def train(optimizer, steps, values=None, eager=False):
    """Apply the same made-up gradients to the same variables; return them and the state."""
    rng = np.random.default_rng(0)
    variables = [keras.Variable(rng.normal(size=shape)) for shape in SHAPES]
    for variable, value in zip(variables, values or (), strict=False):
        variable.assign(value)
    optimizer.build(variables)

    def step(gradients):
        optimizer.apply(gradients, variables)

    step = step if eager else tf.function(step)
    for _ in range(steps):
        step([tf.constant(rng.normal(size=shape), tf.float32) for shape in SHAPES])
    return [v.numpy() for v in variables], [v.numpy() for v in optimizer.variables]


@pytest.mark.parametrize("eager", [False, True])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"weight_decay": 0.01},
        {"epsilon": 0.1, "beta_1": 0.5, "beta_2": 0.9},
        {"amsgrad": True},
        {"learning_rate": keras.optimizers.schedules.CosineDecay(0.1, 10)},
    ],
)
def test_variables_and_state_equal_keras(options, eager):
    ours, theirs = (
        train(kind(**options), 12, eager=eager) for kind in (Adam, keras.optimizers.Adam)
    )
    for mine, its in zip(ours[0] + ours[1], theirs[0] + theirs[1], strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-5, atol=1e-5)


def test_the_state_has_the_names_and_the_order_of_keras():
    def names(optimizer):
        train(optimizer, 1)
        return [re.sub(r"\d", "", variable.path) for variable in optimizer.variables]

    assert names(Adam(name="adam")) == names(keras.optimizers.Adam(name="adam"))


def test_it_comes_back_from_its_configuration():
    again = keras.optimizers.deserialize(keras.optimizers.serialize(Adam(0.01, beta_1=0.8)))
    assert type(again) is Adam and again.beta_1 == 0.8
