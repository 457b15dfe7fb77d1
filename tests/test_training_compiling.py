"""lessons_src.compiling: schedules, weight decay, label smoothing, and steps run together."""

from dataclasses import replace

from lessons_src.models import build_model
from lessons_src.training.compiling import compile_model, steps_at_once
from lessons_src.training.recipes import NOTE, TUNED
from lessons_src.training.schedules import Schedule

import numpy as np
import pytest


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
    model = build_model("lenet5")
    compile_model(model, recipe, steps_per_epoch=2)
    rates = [float(model.optimizer._learning_rate(step)) for step in range(11)]
    np.testing.assert_allclose(rates, 0.1 * np.array(expected), atol=1e-5)


def test_a_run_that_only_warms_up_ends_at_the_peak():
    model = build_model("lenet5")
    compile_model(model, replace(TUNED, epochs=2, warmup_epochs=2), steps_per_epoch=5)
    assert float(model.optimizer._learning_rate(10)) == pytest.approx(TUNED.learning_rate)


def test_weight_decay_spares_biases_and_batch_normalization():
    model = build_model("baseline")
    compile_model(model, TUNED, steps_per_epoch=1)
    spared = {v.path for v in model.trainable_variables if not model.optimizer._use_weight_decay(v)}
    assert spared == {
        v.path for v in model.trainable_variables if v.name in ("bias", "gamma", "beta")
    }


def test_label_smoothing_is_cross_entropy_with_softened_targets():
    model = build_model("lenet5")
    compile_model(model, TUNED, steps_per_epoch=1)
    labels, probabilities = np.array([[2], [0]]), np.full((2, 10), 0.05, "float32")
    probabilities[:, 2] = 0.55
    targets = np.full((2, 10), 0.01) + 0.9 * np.eye(10)[[2, 0]]
    expected = -(targets * np.log(probabilities)).sum(axis=1)
    np.testing.assert_allclose(model.loss(labels, probabilities), expected, rtol=1e-5)


@pytest.mark.parametrize(
    ("network", "steps", "at_once"),
    [("lenet5", 1407, 21), ("lenet5", 8, 2), ("lenet5", 13, 1), ("lenet5", 3, 1), ("vgg16", 64, 1)],
)
def test_short_steps_run_several_at_a_time_and_never_into_the_next_epoch(network, steps, at_once):
    assert steps_at_once(build_model(network), NOTE, steps) == at_once


def test_a_schedule_keeps_its_numbers_and_knows_its_ways():
    schedule = Schedule(peak=0.1, warmup=1, steps=4, way="linear")
    schedule.get_config()["peak"] = 9
    assert float(schedule(1)) == pytest.approx(0.1)
    with pytest.raises(ValueError, match="way must be one of constant.*, not 'lineer'"):
        Schedule(peak=0.1, warmup=1, steps=4, way="lineer")
