"""lessons_src.exercises.guess: near enough, one of a few choices, and compared with a page."""

from lessons_src.exercises import checking, compare_predictions
from lessons_src.exercises.guess import Guess

import numpy as np
import pytest

ROUGH = Guess(40, "Count again.", ((45, "One too many."), (0.4, "Give per cent.")), (30, 50))
CHOICE = Guess("rises", mistakes=(("falls", "Look again."),), choices=("falls", "rises"))


def told(guess, answer):
    return checking.verdict(guess.key(), answer)


# One guess.


@pytest.mark.parametrize("answer", [30, 39.9, 50.0, np.float32(50)])
def test_near_a_rough_answer_is_near_enough_and_told_so(answer):
    assert told(ROUGH, answer) == "right. Anything from 30 to 50 counts; the answer is 40."
    assert not ROUGH.agrees(answer)


@pytest.mark.parametrize("answer", [29.9, 50.1, -40, float("inf")])
def test_far_from_a_rough_answer_is_wrong(answer):
    assert told(ROUGH, answer) == "not yet. Count again."


def test_a_mistake_keeps_its_hint_where_it_is_near_enough():
    assert told(ROUGH, 45) == "not yet. One too many."
    assert told(ROUGH, 40) == "right."


@pytest.mark.parametrize("answer", [float("nan"), (40, 40), "40", True])
def test_what_is_no_number_is_never_near(answer):
    assert told(ROUGH, answer).startswith("not yet. ")


def test_the_rough_answer_is_told_with_two_decimals():
    assert told(Guess(2 / 3, "hint", accepted=(0.5, 1)), 1).endswith("the answer is 0.67.")


def test_a_choice_is_judged_by_its_position():
    assert told(CHOICE, 1) == "right."
    assert told(CHOICE, 0) == "not yet. Look again."
    assert CHOICE.agrees("rises") and not CHOICE.agrees("falls") and not CHOICE.agrees(1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"answer": "no", "choices": ("yes", "maybe"), "hint": "h"}, "'no'} cannot be chosen"),
        ({"answer": 4, "hint": "h", "accepted": (5, 6)}, "leaves out the answer, 4"),
        ({"answer": 4, "mistakes": ((5, "hint"),)}, "give a hint to the wrong answers"),
        ({"answer": "no", "choices": ("yes", "no")}, "give a hint to the wrong answers"),
    ],
)
def test_a_guess_that_cannot_be_judged_is_refused(fields, words):
    with pytest.raises(ValueError, match=words):
        Guess(**fields)


# Compared with what a page computes.


def test_the_comparison_prints_the_questions_in_order(capsys):
    compare_predictions("output_size", {4: [0, np.int64(1)], 1: 3})
    assert capsys.readouterr().out.splitlines() == [
        "1. side of the output: 3",
        "4. zeros on the left: 0; zeros on the right: 1",
    ]
    compare_predictions("pooling", {5: [(0, 8, 0, 0), (2, 2, 2, 2)]})
    assert "max pooling: (0, 8, 0, 0); average" in capsys.readouterr().out
    compare_predictions("vgg16", {2: 295_168, 5: 3.4756})
    assert capsys.readouterr().out.splitlines() == [
        "2. parameters: 295,168",
        "5. share of the dense layers, %: 3.476",
    ]
    compare_predictions("receptive_field", {4: "no"})
    assert capsys.readouterr().out == "4. the whole picture: no\n"


@pytest.mark.parametrize(
    ("chapter", "computed", "words"),
    [
        (
            "output_size",
            {1: 4},
            "output_size/predict/1, side of the output: the answer is 3, the page computed 4",
        ),
        ("output_size", {4: [1, 0]}, "zeros on the left: the answer is 0, the page computed 1"),
        ("output_size", {4: 1}, r"asks for \['zeros on the left', 'zeros on the right'\]"),
        (
            "output_size",
            {5: 1},
            "no prediction 'output_size/predict/5'; there are alexnet8/predict/1, ",
        ),
        ("receptive_field", {4: "yes"}, "the answer is no, the page computed yes"),
        ("lenet5", {4: [5, 90.96]}, "the page computed 5"),  # near enough for a reader alone
    ],
)
def test_the_comparison_refuses_what_differs(chapter, computed, words):
    with pytest.raises(ValueError, match=words):
        compare_predictions(chapter, computed)
