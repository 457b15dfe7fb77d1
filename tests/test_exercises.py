"""lessons_src.exercises: the verdict depends on the answer alone, and mistakes get their hints."""

import ast
import json
import re
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from itertools import count
from pathlib import Path
from types import SimpleNamespace

from lessons_src.exercises import EXERCISES, chapters, check, checking, collect
from lessons_src.exercises.exercise import Exercise

import numpy as np
import pytest

BOOK = Path(__file__).parents[1] / "book"
CALL = re.compile(r'check\("(\w+/\d)"')


@pytest.fixture
def told(capsys):
    """What `check` tells about an answer, without the exercise's number."""

    def told(exercise, answer):
        check(exercise, answer)
        number, words = capsys.readouterr().out.split(": ", 1)
        assert number == exercise and words.endswith("\n")
        return words.removesuffix("\n")

    return told


def field(chain):
    """Solve receptive_field/3."""
    size, jump = 1, 1
    for kernel, stride in chain:
        size += (kernel - 1) * jump
        jump *= stride
    return size


def output_size(size, kernel, stride, padding):
    """Solve output_size/3."""
    return -(-size // stride) if padding == "same" else (size - kernel) // stride + 1


@pytest.mark.parametrize("name", EXERCISES)
def test_the_answer_is_right_and_nothing_else(told, name):
    exercise = EXERCISES[name]
    assert told(name, exercise.answer) == "right."
    assert len(exercise.mistakes) >= 2
    for mistake, hint in exercise.mistakes:
        assert told(name, mistake) == f"not yet. {hint}"
    assert told(name, ...).startswith("no answer yet.")


# What a function does with its arguments is its own affair.


def pops(chain):
    size, jump = 1, 1
    while chain:
        kernel, stride = chain.pop(0)
        size += (kernel - 1) * jump
        jump *= stride
    return size


def clears(chain):
    found = field(chain)
    chain.clear()
    return found


KEPT: list = []


def keeps(chain):
    for earlier in KEPT:
        earlier.append((9, 9))
    KEPT.append(chain)
    return field(chain)


@pytest.mark.parametrize("answer", [field, pops, clears, keeps])
def test_a_right_function_stays_right_whatever_it_does_to_its_arguments(told, answer):
    before = deepcopy(EXERCISES["receptive_field/3"].cases)
    assert [told("receptive_field/3", answer) for _ in range(3)] == 3 * ["right."]
    assert EXERCISES["receptive_field/3"].cases == before


def test_a_wrong_function_that_empties_its_arguments_stays_wrong(told):
    def whole_kernels(chain):
        size, jump = 0, 1
        while chain:
            kernel, stride = chain.pop(0)
            size += kernel * jump
            jump *= stride
        return size

    hint = "not yet. A kernel of k taps adds k − 1 jumps, and the start is one pixel."
    assert [told("receptive_field/3", whole_kernels) for _ in range(3)] == 3 * [hint]


def test_a_key_is_made_without_changing_the_cases():
    cases = (([3, 1, 2],), ([5, 4],))
    key = Exercise(lambda row: row.pop(), "hint", ((lambda row: row.pop(0), "hint"),), cases).key()
    assert (key["answer"], key["mistakes"]) == ([2, 4], [([3, 5], "hint")])
    assert key["cases"] == [([3, 1, 2],), ([5, 4],)]


def test_a_result_may_be_the_argument_itself(told):
    def in_place(window, upstream):
        winner = window.index(max(window))
        for i in range(len(window)):
            window[i] = upstream if i == winner else 0
        return window

    assert [told("pooling/2", in_place) for _ in range(2)] == 2 * ["right."]


def test_rows_within_a_list_are_copied_too(told):
    def output_pixel(image, kernel, bias, row, column):
        for pixels in image:
            pixels[:] = [0] * len(pixels)
        return 0

    with_zeros = told("convolution/3", output_pixel)
    assert with_zeros.startswith("not yet.") and told("convolution/3", output_pixel) == with_zeros
    assert told("convolution/3", EXERCISES["convolution/3"].answer) == "right."


# What a function keeps from call to call is found.


def counts(size, kernel, stride, padding, calls=[]):  # noqa: B006 (the mistake on trial)
    calls.append(size)
    return output_size(size, kernel, stride, padding) + len(calls) - 1


def from_a_list(answers):
    """Return a function that gives one answer after the other, whatever it is asked."""
    left = iter(answers)
    return lambda *_: next(left)


IN_ORDER = [output_size(*case) for case in EXERCISES["output_size/3"].cases]


@pytest.mark.parametrize("answer", [counts, from_a_list(count()), from_a_list(100 * IN_ORDER)])
def test_a_function_that_remembers_is_told_so_each_time(told, answer):
    words = told("output_size/3", answer)
    assert words.startswith("not yet. Your function gives different results for the same arguments")
    assert told("output_size/3", answer) == words


# Whatever is no number equals none.


def test_an_empty_function_is_no_answer(told):
    def dots(size, kernel, stride, padding): ...
    def returns_dots(size, kernel, stride, padding):
        return ...

    assert (
        told("output_size/3", dots)
        == told("output_size/3", returns_dots)
        == told("output_size/3", ...)
    )
    assert told("convolution/2", (4_672, ...)) == told("convolution/2", ...)


def test_a_wrong_function_is_shown_where_it_fails(told):
    words = told("output_size/3", lambda size, kernel, stride, padding: 1)
    assert "For (5, 1, 1, 'valid') the answer is 5, yours gives 1. Try" in words
    words = told("pooling/2", lambda window, upstream: (0, "x", None, [1, 0.5]))
    assert "For ([1, 3, 2, -2], 8) the answer is [0, 8, 0, 0], yours gives (0, 'x'," in words


def raises(error):
    def answer(*_):
        raise error

    return answer


def without_end(size, kernel, stride, padding):
    return without_end(size, kernel, stride, padding)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda size: 1, "yours raises TypeError: <lambda>() takes 1 positional argument but 4"),
        (lambda size, *_: size[0], "yours raises TypeError: 'int' object is not subscriptable."),
        (raises(ZeroDivisionError("by 0")), "yours raises ZeroDivisionError: by 0."),
        (raises(AssertionError), "yours raises AssertionError."),
        (raises(StopIteration), "yours raises StopIteration."),
        (raises(SystemExit(3)), "yours raises SystemExit: 3."),
        (raises(MemoryError), "yours raises MemoryError."),
        (without_end, "yours raises RecursionError: maximum recursion depth exceeded"),
    ],
)
def test_a_function_that_raises_is_told_what(told, answer, words):
    first = told("output_size/3", answer)
    assert words in first and first.startswith("not yet. For (5, 1, 1, 'valid') the answer is 5")
    assert told("output_size/3", answer) == first


def test_the_interrupt_key_still_works():
    with pytest.raises(KeyboardInterrupt):
        check("output_size/3", raises(KeyboardInterrupt))


def test_a_function_may_print(capsys):
    check("receptive_field/3", lambda chain: print("looking") or field(chain))
    assert capsys.readouterr().out.splitlines()[-1] == "receptive_field/3: right."


def test_an_iterator_is_no_answer_and_is_not_used_up(told):
    zeros_and_ones = iter((0, 1))
    words = told("output_size/2", zeros_and_ones)
    assert (
        words == told("output_size/2", zeros_and_ones)
        and "a tuple of numbers, yours is a value" in words
    )
    assert list(zeros_and_ones) == [0, 1]
    assert "yours gives a value of type generator" in told(
        "pooling/2", lambda window, upstream: (0 for _ in window)
    )


@pytest.mark.parametrize(
    "answer",
    ["13", b"13", None, True, {}, {13}, 13 + 0j, lambda: 13, (x for x in [13]), "3" * 10_000, int],
)
def test_what_is_no_number_is_told_so(told, answer):
    words = told("output_size/1", answer)
    assert words.startswith("not yet. The answer is a number or a tuple of numbers, yours is ")
    assert len(words) < 200 and " at 0x" not in words


@pytest.mark.parametrize(
    "answer",
    [
        *([13, 13], (13,), [[13]], 13.01, -13, float("nan"), float("inf"), 10**5_000, 1e300),
        *(np.full(10**6, 13), np.array([13]), Fraction(27, 2), Decimal("NaN"), range(10**12), ()),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_other_numbers_are_wrong(told, answer):
    words = told("output_size/1", answer)
    assert words.startswith("not yet. ") and len(words) < 250


@pytest.mark.parametrize(
    "answer",
    [13, 13.0, np.int64(13), np.float32(13), np.array(13), Fraction(26, 2), Decimal(13)],
)
def test_numbers_of_any_type_are_right(told, answer):
    assert told("output_size/1", answer) == "right."


@pytest.mark.parametrize(
    "answer",
    [(1, 2), [1, 2], range(1, 3), np.array([1, 2]), [np.int64(1), 2.0], np.arange(1.0, 3.0)],
)
def test_lists_ranges_and_arrays_are_as_good_as_tuples(told, answer):
    assert told("output_size/2", answer) == "right."


def test_what_was_handed_in_is_named(told):
    kind = "not yet. The answer is a number or a tuple of numbers, yours is"
    assert told("output_size/1", lambda: 13) == f"{kind} a function."
    assert told("output_size/1", {}) == f"{kind} a value of type dict."
    assert told("output_size/1", ["x", (None,)]) == f"{kind} ['x', (None,)]."
    assert told("output_size/3", 13) == "not yet. The answer is a function, yours is 13."


def test_truth_values_are_no_numbers(told):
    assert "yours is (False, True)" in told("output_size/2", (False, True))
    words = told("comparison/3", lambda costs, *_: [cost == min(costs) for cost in costs])
    assert "is [1, 1, 1, 0, 1], yours gives [True, False, False, False, False]." in words


def test_tensors_are_read_as_arrays(told):
    tensor = SimpleNamespace(numpy=lambda: np.array([1, 2]))  # as TensorFlow's
    unreadable = SimpleNamespace(numpy=raises(RuntimeError))  # as PyTorch's with a gradient
    assert told("output_size/2", tensor) == "right."
    assert "yours is a value of type SimpleNamespace" in told("output_size/2", unreadable)


def test_nested_rows_must_have_the_same_shape(told):
    assert told("convolution/4", np.array([[0, 0, 0], [0, 0, 1], [0, 0, 0]])) == "right."
    assert "Give them as three rows of three." in told("convolution/4", [0, 0, 0, 0, 0, 1, 0, 0, 0])
    assert told("convolution/4", [[0, 0, 0], [0, 0, 1], [0, 0]]).startswith("not yet.")


def test_whole_numbers_are_compared_exactly_and_others_within_a_thousandth(told):
    assert told("lenet5/1", 47_031).startswith("not yet.")  # a thousandth of it would be 47
    exact = 100 / 5**0.75
    assert told("alexnet8/4", 1.0009 * exact) == told("alexnet8/4", 0.9991 * exact) == "right."
    for factor in (1.0011, 0.9989):
        assert told("alexnet8/4", factor * exact).startswith("not yet.")


def test_huge_and_endless_results_are_cut_short(told):
    endless: list = []
    endless.append(endless)
    for result in (endless, list(range(10**6)), 10**5_000, "x" * 10**6, [[0] * 900] * 900):
        words = told("output_size/3", lambda *_, result=result: result)
        assert words.startswith("not yet. For (5, 1, 1, 'valid') the answer is 5, yours gives ")
        assert len(words) < 400


def test_an_unknown_exercise_is_refused():
    with pytest.raises(ValueError, match="'pooling/99'.*pooling/1"):
        check("pooling/99", 1)


# The exercises of all chapters.


def test_nobody_can_change_the_exercises():
    with pytest.raises(TypeError):
        EXERCISES["output_size/1"] = EXERCISES["output_size/2"]
    with pytest.raises(AttributeError):
        EXERCISES["output_size/1"].answer = 14


def test_exercises_are_in_order():
    assert list(EXERCISES) == sorted(EXERCISES)


def test_a_module_without_exercises_and_a_number_given_twice_are_refused():
    one = SimpleNamespace(__name__="chapters.one", EXERCISES={2: "second", 1: "first"})
    assert list(collect([one], "EXERCISES", "").items()) == [
        ("one/1", "first"),
        ("one/2", "second"),
    ]
    with pytest.raises(ValueError, match="empty has no EXERCISES"):
        collect([one, SimpleNamespace(__name__="empty")], "EXERCISES", "")
    with pytest.raises(ValueError, match="one has no PREDICTIONS"):
        collect([one], "PREDICTIONS", "predict/")


def test_each_notebook_asks_the_exercises_of_the_module_of_its_name():
    modules = [path.stem for path in Path(chapters.__file__).parent.glob("[!_]*.py")]
    asked = {}
    for path in BOOK.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
        if found := CALL.findall(code):
            asked[path.stem] = found
    assert asked == {m: [name for name in EXERCISES if name.startswith(f"{m}/")] for m in modules}


def test_the_rule_needs_nothing_that_a_small_python_lacks():
    """MicroPython must run the same file: no NumPy, dataclasses or typing, and no strict zip."""
    tree = ast.parse(Path(checking.__file__).read_text(encoding="utf-8"))
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["from copy import deepcopy"]
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg == "strict"]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_rule_judges_alike_by_what_a_file_can_hold(name):
    exercise = EXERCISES[name]
    key = exercise.key()
    cases = key.pop("cases")
    stored = json.loads(json.dumps(key)) | {"cases": cases}
    assert checking.verdict(stored, exercise.answer) == "right."
    for mistake, hint in exercise.mistakes:
        assert checking.verdict(stored, mistake) == f"not yet. {hint}"
