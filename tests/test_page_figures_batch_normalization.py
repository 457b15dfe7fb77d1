"""lessons_src.page_figures.batch_normalization: Keras' numbers, special batches in words."""

from itertools import pairwise

from lessons_src.page_figures.batch_normalization import (
    INFERENCE,
    PRESETS,
    moments,
    moved,
    normalized,
)
from lessons_src.page_figures.render import render

import keras
import numpy as np
import pytest
from page_figure_helpers import choices, numbers, parsed, words


def figure(**fields):
    return render("batch_normalization", fields)


def outputs(html):
    """The last column of the table."""
    rows = [list(row) for row in parsed(html).iter("tr")][1:]
    return [numbers(row[-1].text)[0] for row in rows]


@pytest.mark.parametrize("count", [1, 2, 8, 16])
def test_outputs_and_stored_numbers_are_those_of_keras(count):
    rng = np.random.default_rng(seed=count)
    gamma, beta, running_mean = rng.uniform(-2, 2, 3).tolist()
    momentum = 0.9
    layer = keras.layers.BatchNormalization(momentum=momentum, epsilon=0.01, dtype="float64")
    layer.build((None, 1))
    layer.set_weights([np.array([n]) for n in (gamma, beta, running_mean, 2.5)])
    stored = [running_mean, 2.5]
    for _ in range(3):
        batch = rng.normal(3, 2, count).tolist()
        column = np.array(batch)[:, None]
        expected = np.array(layer(column, training=False))[:, 0]
        hats = normalized(batch, *stored, 0.01)
        np.testing.assert_allclose([gamma * hat + beta for hat in hats], expected, atol=1e-6)
        expected = np.array(layer(column, training=True))[:, 0]
        hats = normalized(batch, *moments(batch), 0.01)
        np.testing.assert_allclose([gamma * hat + beta for hat in hats], expected, atol=1e-6)
        stored = [
            moved(old, new, momentum) for old, new in zip(stored, moments(batch), strict=True)
        ]
        np.testing.assert_allclose(stored, [w[0] for w in layer.get_weights()[2:]], atol=1e-6)


def test_each_step_of_a_training_step_is_shown():
    html = figure()
    assert words(html)[0] == (
        "In training the outputs run from −1.5 to 2; their mean is 0, their deviation 1. Whatever "
        "mean and deviation the values have, these are β and |γ|, up to ε."
    )
    assert words(html)[1].splitlines() == [
        "mean μ = (2 + 4 + 4 + 4 + 5 + 5 + 7 + 9)/8 = 5",
        "variance σ² = (9 + 1 + 1 + 1 + 0 + 0 + 4 + 16)/8 = 4",
        "divisor √(4 + 0.001) = 2.00025",
    ]
    assert words(html)[2].splitlines() == [
        "mean stored: 0.99·0 + 0.01·5 = 0.05",
        "variance stored: 0.99·1 + 0.01·4 = 1.03",
    ]
    assert outputs(html) == [-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]
    taken = '{"running_mean": "0.05", "running_variance": "1.03"}'
    assert choices(html) == {"Take this training step": taken}


def test_gamma_and_beta_move_the_outputs_apart():
    assert outputs(figure(gamma="-2", beta="10")) == [13, 11, 11, 11, 10, 10, 8, 6]
    assert outputs(render("batch_normalization", PRESETS["γ = σ, β = μ"])) == [
        2,
        4,
        4,
        4,
        5,
        5,
        7,
        9,
    ]


def test_inference_uses_what_is_stored_and_leaves_it():
    new = figure(mode=INFERENCE)
    assert "it normalizes nothing" in words(new)[0]
    assert outputs(new)[-1] == 8.996  # 9 / √1.001
    html = figure(mode=INFERENCE, running_mean="3", running_variance="15.999")
    assert outputs(html)[0] == -0.25 and outputs(html)[-1] == 1.5
    assert "each value is treated alone" in words(html)[0]
    assert words(html)[2] == "Stored as before: mean 3, variance 15.999." and choices(html) == {}


def test_taking_the_steps_approaches_the_batch():
    fields = {"momentum": "0.5"}
    for mean, variance in ((2.5, 2.5), (3.75, 3.25), (4.375, 3.625)):
        html = figure(**fields)
        step = numbers(choices(html)["Take this training step"])
        assert step == [mean, variance]
        fields |= {"running_mean": str(mean), "running_variance": str(variance)}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"values": "-3"}, "A batch of one: the value is its own mean, so β comes out"),
        ({"values": "4 4 4"}, "All values are equal: each is the mean, so β comes out."),
        ({"values": "4 4.1"}, "ε is not small beside the variance"),
    ],
)
def test_what_a_batch_lacks_is_explained(fields, sentence):
    html = figure(**fields, beta="7")
    assert sentence in words(html)[0]
    if "β comes out" in sentence:
        assert set(outputs(html)) == {7}


def test_a_division_by_zero_is_refused():
    assert words(figure(values="4 4", epsilon="0")) == [
        "The variance and ε are both 0, so the layer would divide by 0: raise ε."
    ]
    assert words(figure(mode=INFERENCE, running_variance="0", epsilon="0"))[0].startswith("The var")


def test_what_are_no_values_is_refused():
    assert words(figure(values=" ")) == [
        "Values: 1 to 16 numbers with spaces between them, not nothing."
    ]
    assert words(figure(values="1 " * 17))[0].startswith("Values: 1 to 16 numbers")


def circles(html):
    """Places of the dots: those of the values, then those of the outputs."""
    found = [(float(c.get("cx")), float(c.get("cy"))) for c in parsed(html).iter("circle")]
    return found[: len(found) // 2], found[len(found) // 2 :]


def test_values_and_outputs_are_drawn_on_one_scale():
    before, after = circles(figure(values="0 10 20", gamma="1", beta="10"))
    unit = (before[2][0] - before[0][0]) / 20
    expected = before[0][0] + unit * (10 - 1.2247), before[0][0] + unit * (10 + 1.2247)
    assert (after[0][0], after[2][0]) == pytest.approx(expected, abs=0.02)


def test_no_dot_hides_another():
    before, after = circles(figure(values="4 " * 16))
    for dots in (before, after):
        heights = sorted(y for _, y in dots)
        assert min(b - a for a, b in pairwise(heights)) >= 3
    assert len(set(before + after)) == 32
