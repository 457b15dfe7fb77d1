"""lessons_src.training.compiling: the optimizer, schedule and loss of a recipe; steps at once."""

from dataclasses import replace

from lessons_src.models import build_model
from lessons_src.training import compiling
from lessons_src.training.compiling import compile_model, steps_at_once
from lessons_src.training.optimizers import Adam, Muon
from lessons_src.training.recipes import NOTE, TUNED
from lessons_src.training.schedules import Schedule

import keras
import numpy as np
import pytest
import tensorflow as tf
from training_helpers import TINY, drawn, normalized, plain


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("constant", [0, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
        ("step", [0, 0.5, 1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01, 0.01]),
        ("cosine", [0, 0.5, 1, 0.9619, 0.8536, 0.6913, 0.5, 0.3087, 0.1464, 0.0381, 0]),
        ("linear", [0, 0.5, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0]),
    ],
)
def test_the_learning_rate_rises_then_goes_its_way(way, expected):
    recipe = replace(TUNED, epochs=5, warmup_epochs=1, schedule=way, learning_rate=0.1)
    model = plain()
    compile_model(model, recipe, steps_per_epoch=2)
    rates = [float(model.optimizer._learning_rate(step)) for step in range(11)]
    np.testing.assert_allclose(rates, 0.1 * np.array(expected), atol=1e-5)


def test_a_step_is_traced_once(monkeypatch):
    traced, step = [], keras.Model.train_step

    def train_step(self, batch):
        traced.append(self.name)
        return step(self, batch)

    monkeypatch.setattr(keras.Model, "train_step", train_step)
    model, data = plain(), drawn()
    compile_model(model, TINY, steps_per_epoch=4)
    history = model.fit(data.x_train / 255.0, data.y_train, TINY.batch_size, epochs=2, verbose=0)
    assert traced == ["plain"]
    assert set(history.history) == {"accuracy", "loss"}


def test_a_run_that_only_warms_up_ends_at_the_peak():
    model = plain()
    compile_model(model, replace(TUNED, epochs=2, warmup_epochs=2), steps_per_epoch=5)
    rates = [float(model.optimizer._learning_rate(step)) for step in (0, 1, 5, 10)]
    np.testing.assert_allclose(rates, [0, 0.01, 0.05, 0.1], rtol=1e-6)


def test_without_warm_up_and_schedule_the_rate_is_a_number():
    model = plain()
    compile_model(model, replace(TINY, learning_rate=0.25), steps_per_epoch=5)
    assert model.optimizer.get_config()["learning_rate"] == 0.25


def test_a_schedule_keeps_its_numbers_and_knows_its_ways():
    schedule = Schedule(peak=0.1, warmup=1, steps=4, way="linear")
    schedule.get_config()["peak"] = 9
    assert float(schedule(1)) == pytest.approx(0.1)
    with pytest.raises(ValueError, match="way must be one of constant.*, not 'lineer'"):
        Schedule(peak=0.1, warmup=1, steps=4, way="lineer")


@pytest.mark.parametrize(
    ("name", "kind", "momentum"),
    [
        ("adam", Adam, None),
        ("sgd", keras.optimizers.SGD, 0.7),
        ("rmsprop", keras.optimizers.RMSprop, 0.0),
        ("muon", Muon, 0.7),
    ],
)
def test_the_recipe_chooses_the_optimizer_and_its_momentum(name, kind, momentum):
    model = plain()
    compile_model(model, replace(TINY, optimizer=name, momentum=0.7), steps_per_epoch=1)
    assert type(model.optimizer) is kind
    config = model.optimizer.get_config()
    assert config.get("momentum") == momentum and config.get("nesterov") in (None, True)
    assert config["weight_decay"] is None and config.get("beta_1") in (None, 0.9)


def test_sgd_steps_as_nesterov_wrote():
    model = plain()
    recipe = replace(TINY, optimizer="sgd", learning_rate=0.1, momentum=0.5)
    compile_model(model, recipe, steps_per_epoch=1)
    bias, seen = model.layers[-1].bias, []
    for _ in range(2):
        gradients = [tf.zeros_like(model.layers[-1].kernel), tf.ones_like(bias)]
        model.optimizer.apply(gradients, model.trainable_variables)
        seen.append(bias.numpy()[0])
    # v = -0.1, w = 0.5 v - 0.1; then v = -0.15, w = -0.15 + 0.5 v - 0.1
    np.testing.assert_allclose(seen, [-0.15, -0.325], rtol=1e-6)


@pytest.mark.parametrize("name", ["adam", "sgd", "rmsprop"])
def test_weight_decay_takes_its_share_and_spares_biases_and_batch_normalization(name):
    model = normalized()
    recipe = replace(TINY, optimizer=name, learning_rate=0.1, weight_decay=0.5)
    compile_model(model, recipe, steps_per_epoch=1)
    variables = model.trainable_variables
    for variable in variables:
        variable.assign(np.ones(variable.shape))
    model.optimizer.apply([tf.zeros(v.shape) for v in variables], variables)
    after = {name: 0.95 if name == "kernel" else 1 for name in ("kernel", "bias", "gamma", "beta")}
    assert {v.name for v in variables} == set(after)
    for variable in variables:
        np.testing.assert_allclose(variable, after[variable.name] * np.ones(variable.shape))


def test_label_smoothing_is_cross_entropy_with_softened_targets():
    model = plain()
    compile_model(model, replace(TINY, label_smoothing=0.1), steps_per_epoch=1)
    probabilities = np.full((2, 10), 0.05, "float32")
    probabilities[:, 2] = 0.55
    # Targets of 0.91 for the right class and 0.01 for each of the nine others.
    right = -0.91 * np.log(0.55) - 0.09 * np.log(0.05)
    wrong = -0.91 * np.log(0.05) - 0.08 * np.log(0.05) - 0.01 * np.log(0.55)
    for labels in (np.array([2, 0]), np.array([[2], [0]])):
        assert float(model.loss(labels, probabilities)) == pytest.approx((right + wrong) / 2)
    compile_model(model, TINY, steps_per_epoch=1)
    assert model.loss == "sparse_categorical_crossentropy"


@pytest.mark.parametrize(
    ("network", "steps", "at_once"),
    [("lenet5", 1407, 21), ("lenet5", 8, 2), ("lenet5", 13, 1), ("lenet5", 3, 1), ("vgg16", 64, 1)],
)
def test_short_steps_run_several_at_a_time_and_never_into_the_next_epoch(network, steps, at_once):
    assert steps_at_once(build_model(network), NOTE, steps) == at_once


@pytest.mark.parametrize("options", [{"small_epochs": 1}, {"averaging": 0.9}])
def test_what_happens_between_steps_needs_single_ones(options):
    assert (
        steps_at_once(plain(), replace(TINY, **options), 64) == 1 < steps_at_once(plain(), TINY, 64)
    )


def test_a_network_that_cannot_be_counted_runs_single_steps(monkeypatch):
    def refuse(model):
        raise ValueError("layer odd: what is that?")

    monkeypatch.setattr(compiling, "multiply_adds", refuse)
    assert steps_at_once(plain(), TINY, 64) == 1
