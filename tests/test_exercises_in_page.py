"""lessons_src.exercises.in_page: what a page's reader types is judged as `check` judges it."""

from lessons_src.exercises import EXERCISES
from lessons_src.exercises.in_page import judge

import pytest

HEAD = "def output_size(size, kernel, stride, padding):\n    "


def value(source):
    return judge(EXERCISES["output_size/1"].key(), source)


def function(source):
    return judge(EXERCISES["output_size/3"].key(), source, "output_size")


@pytest.mark.parametrize("source", ["13", " (32 - 7) // 2 + 1\n", "ceil(12.5)"])
def test_an_expression_is_an_answer(source):
    assert value(source) == "right."


@pytest.mark.parametrize("source", ["", "  \n"])
def test_nothing_is_no_answer_and_a_page_has_no_cell_to_run(source):
    assert value(source) == function(source) == "no answer yet. Type yours, then press Check."
    assert value("...").startswith("no answer yet")


@pytest.mark.parametrize(("source", "said"), [("1,300", True), ("1,3", True), ("(1, 3)", False)])
def test_a_comma_within_a_number_is_pointed_out(source, said):
    words = value(source)
    assert words.startswith(f"not yet. Python reads {source} as several numbers: ") == said
    assert words.startswith("not yet. ") and ("On which columns can" in words) != said


def test_a_comma_between_numbers_is_none_of_its_business():
    pair = EXERCISES["output_size/2"].key()
    assert judge(pair, "1,2") == "right."
    assert "several numbers" not in judge(pair, "1,1")


@pytest.mark.parametrize("source", ["3 +", "answer = 13", "one two"])
def test_what_is_no_expression_gets_an_example(source):
    assert value(source).startswith("not yet. Python does not understand this. Write a number")


def test_a_mistake_gets_its_hint():
    [hint] = [hint for mistake, hint in EXERCISES["output_size/1"].mistakes if mistake == 14]
    assert value("14") == f"not yet. {hint}"


def test_an_error_gets_its_last_line():
    assert value("1 / 0") == "not yet. Python says ZeroDivisionError: division by zero."
    assert function("raise SystemExit(3)") == "not yet. Python says SystemExit: 3."
    assert function("def (").startswith("not yet. Python says SyntaxError: ")


def test_a_function_is_judged_by_its_name():
    body = 'if padding == "same":\n        return ceil(size / stride)\n    '
    assert function(HEAD + body + "return (size - kernel) // stride + 1") == "right."
    assert function("def other(): ...") == (
        "not yet. The function `output_size` is missing: keep its first line."
    )


@pytest.mark.parametrize("body", ["return np.ceil(size)", "import numpy\n    return numpy.nan"])
def test_numpy_is_said_to_be_missing(body):
    words = function(HEAD + body)
    assert words.startswith("not yet. ") and " The Python of this page has no NumPy: " in words
    assert "NumPy" not in function(HEAD + "return 1")


def test_a_right_answer_that_names_numpy_is_right():
    assert value("13  # np.ceil would do, too") == "right."


@pytest.mark.parametrize("length", [10_000, 10_001])
def test_ten_thousand_characters_are_the_most(length):
    too_long = value("13" + " " * (length - 2)) != "right."
    assert too_long == (length > 10_000)
    if too_long:
        assert value("9" * length) == (
            "not yet. An answer has at most 10,000 characters, yours has 10,001."
        )
