"""lessons_src.exercises: right answers pass, typical mistakes get their hint."""

from lessons_src.exercises import EXERCISES, check

import numpy as np
import pytest


def said(capsys, exercise, answer):
    check(exercise, answer)
    return capsys.readouterr().out


@pytest.mark.parametrize("name", EXERCISES)
def test_the_answer_is_right_and_nothing_else(capsys, name):
    exercise = EXERCISES[name]
    assert said(capsys, name, exercise.answer) == f"{name}: right.\n"
    assert len(exercise.mistakes) >= 2
    for mistake, hint in exercise.mistakes:
        assert said(capsys, name, mistake) == f"{name}: not yet. {hint}\n"


@pytest.mark.parametrize("name", EXERCISES)
def test_no_answer_is_no_error(capsys, name):
    assert "no answer yet" in said(capsys, name, ...)


def test_an_empty_function_is_no_answer(capsys):
    def output_size(size, kernel, stride, padding): ...

    assert "no answer yet" in said(capsys, "03/3", output_size)


def test_a_wrong_function_is_shown_where_it_fails(capsys):
    out = said(capsys, "03/3", lambda size, kernel, stride, padding: 1)
    assert "For (5, 1, 1, 'valid') the answer is 5, yours gives 1." in out


def test_a_function_that_raises_is_shown_what_it_raised(capsys):
    out = said(capsys, "03/3", lambda size: 1)
    assert "TypeError" in out


@pytest.mark.parametrize("answer", ["13", None, [13, 13], (13,), {}, lambda: 13, float("nan")])
def test_odd_answers_are_wrong_but_no_error(capsys, answer):
    assert "not yet" in said(capsys, "03/1", answer)


@pytest.mark.parametrize("answer", [13, 13.0, np.int64(13), np.array(13)])
def test_numbers_of_any_type_are_right(capsys, answer):
    assert said(capsys, "03/1", answer) == "03/1: right.\n"


def test_lists_are_as_good_as_tuples(capsys):
    assert said(capsys, "03/2", [0, 1]) == "03/2: right.\n"


def test_whole_numbers_are_compared_exactly(capsys):
    assert "not yet" in said(capsys, "10/3", 352_801)  # a thousandth off would be 353


def test_functions_may_return_arrays(capsys):
    answer = lambda size, kernel, stride, padding: np.array([1, 2])  # noqa: E731
    assert "not yet" in said(capsys, "03/3", answer)


def test_an_unknown_exercise_is_refused():
    with pytest.raises(ValueError, match="'03/99'.*03/1"):
        check("03/99", 1)
