"""lessons_src.page_figures.convolution: sums as Keras and NumPy have them, and a reader's guess."""

from lessons_src.page_figures.convolution import (
    CONVOLUTION,
    CORRELATION,
    PRESETS,
    SHOWN,
    output,
    turned,
)
from lessons_src.page_figures.render import render

import keras
import numpy as np
import pytest
from page_figure_helpers import choices, texts, words

WEIGHTS = (("-2", "-1", "0"), ("-1", "1", "1"), ("0", "1", "2"))
EMBOSS = {f"kernel.{i}.{j}": w for i, row in enumerate(WEIGHTS) for j, w in enumerate(row)}


def figure(**fields):
    return render("convolution", fields)


def outputs(html):
    """The output's cells: after the picture's 25 numbers, the kernel's nine, and three titles."""
    return texts(html)[1 + 25 + 1 + 9 + 1 :]


@pytest.mark.parametrize("stride", [1, 2])
def test_outputs_are_those_of_keras(stride):
    rng = np.random.default_rng(seed=2)
    layer = keras.layers.Conv2D(1, 3, stride, dtype="float64")
    layer.build((None, 5, 5, 1))
    for _ in range(20):
        picture, kernel = rng.normal(size=(5, 5)), rng.normal(size=(3, 3))
        layer.set_weights([kernel[:, :, None, None], np.array([0.5])])
        expected = np.array(layer(picture[None, :, :, None]))[0, :, :, 0]
        side = len(expected)
        lists = picture.tolist(), kernel.tolist()
        ours = [[output(*lists, 0.5, stride, y, x) for x in range(side)] for y in range(side)]
        np.testing.assert_allclose(ours, expected, atol=1e-12)


def test_a_turned_kernel_gives_a_convolution_proper():
    rng = np.random.default_rng(seed=2)
    picture, kernel = rng.normal(size=(5, 5)), rng.normal(size=(3, 3))
    assert turned([[1, 2], [3, 4]]) == [[4, 3], [2, 1]]
    for y, x in np.ndindex(3, 3):
        # The definition: the sum of X[y − i, x − j] K[i, j], its first whole place at 2, 2.
        taps = [(i, j) for i in range(3) for j in range(3)]
        expected = sum(picture[y + 2 - i, x + 2 - j] * kernel[i, j] for i, j in taps)
        ours = output(picture.tolist(), turned(kernel.tolist()), 0, 1, y, x)
        assert ours == pytest.approx(expected)


def test_the_answer_is_hidden_until_it_is_guessed():
    asked = figure()
    assert words(asked)[0] == (
        "What is output row 0, column 0? The kernel lies on the picture's rows 0 to 2 and columns "
        "0 to 2. Type your guess."
    )
    assert outputs(asked) == ["?"] and "·" not in asked
    right = figure(guess="8")
    assert words(right)[0] == "Right: output row 0, column 0 is 8."
    assert words(right)[1].splitlines() == [
        "row 0: 0·(−1) + 0·0 + 1·1 = 1",
        "row 1: 0·(−1) + 0·0 + 1·1 = 1",
        "row 2: 0·(−1) + 1·0 + 5·1 = 5",
        "1 + 1 + 5 + bias 1 = 8",
    ]
    assert outputs(right) == ["8"]


def test_a_wrong_guess_does_not_open_the_answer():
    wrong = figure(guess="9")
    assert words(wrong)[0] == "9 is too high for output row 0, column 0. Check the sum:"
    assert words(wrong)[1].endswith("+ bias 1 = ?") and outputs(wrong) == ["?"]
    assert words(figure(guess="-3"))[0].startswith("−3 is too low for")


def test_outputs_before_the_chosen_one_are_shown_and_those_after_it_wait():
    assert outputs(figure(row="1", column="1")) == ["8", "15", "9", "11", "?"]
    assert outputs(figure(row="1", column="1", guess="10"))[-1] == "10"
    everything = outputs(figure(row="1", column="1", answer=SHOWN))
    assert everything == ["8", "15", "9", "11", "10", "1", "10", "1", "−8"]


@pytest.mark.parametrize(
    ("fields", "guess", "cause"),
    [
        ({}, "7", "The bias is missing."),
        ({}, "6", "The bias is subtracted in place of added."),
        (EMBOSS, "-11", "It is what the kernel gives turned by 180°; Conv2D lays it on as it"),
        (EMBOSS, "-12", "as it stands. And the bias is missing."),
        ({"operation": CONVOLUTION} | EMBOSS, "13", "It is what Conv2D computes; a convolution"),
        ({"row": "1", "column": "0"}, "15", "It is the output of row and column exchanged"),
        ({}, "8.5", "8.5 is too high for output row 0, column 0. Check the sum:"),
        ({"stride": "2", "column": "1"}, "15", "It belongs to the window that begins at row 0,"),
    ],
)
def test_typical_mistakes_are_named(fields, guess, cause):
    assert cause in words(figure(**fields, guess=guess))[0]


def test_the_sum_of_the_pixels_is_named_as_a_mistake():
    assert "the sum of the window's pixels" in words(figure(guess="8", bias="-5"))[0]


def test_a_kernel_that_is_the_same_turned_has_no_such_mistake():
    fields = PRESETS["sharpen"] | {"row": "1", "column": "1", "bias": "0", "guess": "8"}
    for operation in (CORRELATION, CONVOLUTION):  # 5 · 5 − 1 − 5 − 1 − 5
        assert words(figure(**fields, operation=operation))[0] == (
            "8 is too low for output row 1, column 1. Check the sum:"
        )


def test_a_guess_of_numbers_that_are_not_whole_may_be_rounded():
    blur = PRESETS["blur"] | {"column": "1", "bias": "0"}
    for guess in ("2.56", "23/9"):
        right = words(figure(**{**blur, "guess": guess}))[0]
        assert right == "Right: output row 0, column 1 is 2.556."
    assert words(figure(**{**blur, "guess": "2.5"}))[0].startswith("2.5 is too low")
    assert words(figure(guess="8.005"))[0].startswith("8.005 is too high")


def test_an_output_that_a_stride_takes_away_is_replaced_by_the_last():
    assert "output row 1, column 1?" in words(figure(stride="2", row="2", column="4"))[0]


def test_a_click_chooses_an_output_and_forgets_the_guess():
    found = choices(figure(guess="8"))
    assert found["Output row 0, column 0: 8"] == '{"column": "0", "guess": "", "row": "0"}'
    assert found["Output row 2, column 1: hidden"] == '{"column": "1", "guess": "", "row": "2"}'
    assert found["Next output"] == '{"column": "1", "guess": "", "row": "0"}'
    assert "Next output" not in choices(figure())
    last = choices(figure(row="2", column="2", answer=SHOWN))
    assert last["Next output"] == '{"column": "0", "guess": "", "row": "0"}'


def test_the_drawing_says_what_it_shows_and_keeps_the_secret():
    [label] = [line for line in figure().split('"') if line.startswith("A picture of 5×5")]
    assert label.endswith("the kernel; 3×3 outputs, all hidden.")
    turned_kernel = figure(operation=CONVOLUTION, column="1")
    assert "the kernel, turned; 3×3 outputs, so far −6." in turned_kernel
