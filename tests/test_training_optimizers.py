"""lessons_src.training.optimizers: fused Adam is Keras'; Muon moves kernels in many directions."""

import re

from lessons_src.training.optimizers import Adam, Muon, orthogonalized

import keras
import numpy as np
import pytest
import tensorflow as tf

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


def test_orthogonalizing_keeps_directions_and_evens_out_their_lengths():
    rng = np.random.default_rng(0)
    left, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    right, _ = np.linalg.qr(rng.normal(size=(20, 6)))
    lengths = np.array([5, 3, 2, 1, 0.7, 0.4])
    matrix = (left * lengths) @ right.T
    found = orthogonalized(tf.constant(matrix, tf.float32)).numpy()
    inside = left.T @ found @ right
    np.testing.assert_allclose(inside, np.diag(np.diag(inside)), atol=1e-5)
    assert lengths.max() / lengths.min() > 12
    assert np.diag(inside).min() > 0.65 and np.diag(inside).max() < 1.25


def one_step(optimizer, shape=(3, 3, 4, 8), steps=1):
    """Move one variable by made-up gradients; return it before and after, as matrices."""
    rng = np.random.default_rng(1)
    variable = keras.Variable(rng.normal(size=shape), dtype="float32")
    before = variable.numpy()
    optimizer.build([variable])
    for _ in range(steps):
        optimizer.apply([tf.constant(rng.normal(size=shape), tf.float32)], [variable])
    return [value.reshape(-1, shape[-1]) for value in (before, variable.numpy())]


@pytest.mark.parametrize("decay", [None, 0.1])
def test_muon_moves_kernels_by_its_rate_in_all_directions_whatever_their_size(decay):
    before, after = one_step(Muon(0.5, kernel_rate=0.2, weight_decay=decay))
    scaled = before * np.sqrt(8) / np.linalg.norm(before)
    lengths = np.linalg.svd(scaled - after, compute_uv=False)
    assert lengths.min() > 0.1 * 0.65 and lengths.max() < 0.1 * 1.25


def test_muon_is_its_published_rule_by_singular_values():
    shape, rate, momentum = (3, 3, 4, 8), 0.1, 0.6
    before, after = one_step(Muon(0.5, kernel_rate=0.2, kernel_momentum=momentum), shape, steps=3)
    rng = np.random.default_rng(1)
    _, *gradients = (rng.normal(size=shape).reshape(-1, 8) for _ in range(4))
    kernels, memory = before, np.zeros_like(before)
    for gradient in gradients:
        memory = momentum * memory + gradient
        left, lengths, right = np.linalg.svd(momentum * memory + gradient, full_matrices=False)
        lengths /= np.linalg.norm(lengths)
        for _ in range(3):  # the polynomial of Jordan et al., 2024
            lengths = 3.4445 * lengths - 4.7750 * lengths**3 + 2.0315 * lengths**5
        kernels = kernels * np.sqrt(8) / np.linalg.norm(kernels) - rate * (left * lengths) @ right
    np.testing.assert_allclose(after, kernels, atol=2e-6)


def test_muon_trains_all_else_by_sgd():
    sgd = keras.optimizers.SGD(0.01, momentum=0.85, nesterov=True)
    expected = one_step(sgd, (1, 8), steps=4)[1]
    np.testing.assert_allclose(one_step(Muon(0.01), (1, 8), steps=4)[1], expected, rtol=1e-5)


def test_muon_by_itself_has_the_rates_of_chapter_16_with_which_its_records_were_made():
    stated = {"momentum": 0.85, "kernel_rate": 0.16, "kernel_momentum": 0.6}
    for shape in ((3, 3, 4, 8), (1, 8)):
        ours = one_step(Muon(), shape, steps=3)[1]
        np.testing.assert_array_equal(ours, one_step(Muon(0.75, **stated), shape, steps=3)[1])


def test_muon_comes_back_from_its_configuration():
    muon = Muon(0.3, kernel_rate=0.1, kernel_momentum=0.7, weight_decay=0.01)
    again = keras.optimizers.deserialize(keras.optimizers.serialize(muon))
    assert type(again) is Muon and again.get_config() == muon.get_config()
