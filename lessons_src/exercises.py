"""The chapters' exercises: `check` tells whether an answer is right, or which mistake it shows.

An exercise knows its answer and the typical wrong ones, each with the hint that mends it. Where the
answer is a function, so are the wrong ones; two functions are the same if they agree on `cases`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        answer: The right answer: a number, a tuple of numbers, or a function.
        hint: What to say to a wrong answer that is none of the typical ones.
        mistakes: Typical wrong answers, each with its hint.
        cases: Arguments with which functions are compared.
    """

    answer: Any
    hint: str
    mistakes: tuple[tuple[Any, str], ...]
    cases: tuple[tuple, ...] = ()


def _floor_of_all(size, kernel, stride, padding):
    return size // stride if padding == "same" else (size - kernel + 1) // stride


def _no_ceiling_for_same(size, kernel, stride, padding):
    return size // stride if padding == "same" else ceil((size - kernel + 1) / stride)


def _size_kept_by_same(size, kernel, stride, padding):
    return size if padding == "same" else ceil((size - kernel + 1) / stride)


def _output_size(size, kernel, stride, padding):
    return ceil(size / stride) if padding == "same" else ceil((size - kernel + 1) / stride)


EXERCISES = {
    "03/1": Exercise(
        answer=13,
        hint="Count the positions of the window's left edge: 0, 2, 4, … up to 32 − 7.",
        mistakes=(
            (12, "⌊(32 − 7) / 2⌋ counts the steps; the windows are one more than the steps."),
            (26, "That is the size at stride 1. Every second window is left out."),
            (16, "That is padding='same'; here nothing is padded."),
            (12.5, "A size is a whole number: the last window must fit completely."),
        ),
    ),
    "03/2": Exercise(
        answer=(0, 1),
        hint="The output has ⌈32/2⌉ pixels; the last window ends at (16 − 1)·2 + 3.",
        mistakes=(
            ((1, 1), "One zero a side is right at stride 1. At stride 2 one zero is enough."),
            ((1, 0), "TensorFlow puts the odd zero after the image, not before it."),
            ((0, 0), "Without a zero only 15 windows fit, and 'same' asks for 16."),
        ),
    ),
    "03/3": Exercise(
        answer=_output_size,
        hint="Try your function on (5, 3, 2, 'same') and (6, 3, 2, 'valid') by hand.",
        mistakes=(
            (_floor_of_all, "You round down; a window that begins inside still counts: ⌈·⌉."),
            (_no_ceiling_for_same, "'valid' is right; 'same' rounds up too: ⌈size / stride⌉."),
            (_size_kept_by_same, "'same' keeps the size at stride 1 only."),
        ),
        cases=tuple(
            (size, kernel, stride, padding)
            for size in (5, 6, 32)
            for kernel in (1, 3, 5)
            for stride in (1, 2, 3)
            for padding in ("valid", "same")
        ),
    ),
    "03/4": Exercise(
        answer=9,
        hint="Draw three taps, four pixels apart, and count from the first to the last.",
        mistakes=(
            (12, "Three taps have two gaps, not three: 2 · 4, and the last tap itself."),
            (8, "2 · 4 is the distance from first to last tap; the span includes both ends."),
            (3, "That is the number of taps; dilation spreads them."),
        ),
    ),
    "03/5": Exercise(
        answer=227,
        hint="Solve ⌊(n − 11) / 4⌋ + 1 = 55 for the smallest n.",
        mistakes=(
            (224, "⌊(224 − 11) / 4⌋ + 1 = 54. The paper's own numbers do not fit."),
            (220, "220 = 55 · 4 belongs to padding='same'."),
            (231, "54 steps of 4, and then the window itself: not 55 steps."),
        ),
    ),
    "10/1": Exercise(
        answer=2_416,
        hint="Each of the 16 kernels is 5 × 5 × 6, and each has one bias.",
        mistakes=(
            (2_400, "The weights are right; each of the 16 kernels has a bias, too."),
            (416, "A kernel is as deep as its input: 5 × 5 × 6, not 5 × 5."),
            (1_516, "That is the 1998 network, where a map read only some of the six below it."),
        ),
    ),
    "10/2": Exercise(
        answer=16,
        hint="Each layer adds (kernel − 1) × jump; a stride of 2 doubles the jump after it.",
        mistakes=(
            (14, "That is the field of `conv2`; `pool2` adds (2 − 1) × 2 pixels."),
            (10, "The second convolution's taps are 2 input pixels apart, not 1."),
            (11, "Strides spread the taps of the layers above: mind the jump."),
            (20, "The field of `pool2` grows by its jump before its own stride: 2, not 4 or more."),
        ),
    ),
    "10/3": Exercise(
        answer=352_800,
        hint="Output pixels × weights of a kernel × kernels: 28 · 28 · 75 · 6.",
        mistakes=(
            (117_600, "The kernels span three colour channels: 5 · 5 · 3 products, not 5 · 5."),
            (460_800, "That is 32 · 32 output pixels; without padding there are 28 · 28."),
            (357_504, "Biases are added, not multiplied: they are no multiply-adds."),
            (58_800, "That is one kernel's work; there are six."),
        ),
    ),
    "10/4": Exercise(
        answer=59_134 / 62_006,
        hint="Add the parameters of the three dense layers and divide by 62,006.",
        mistakes=(
            (48_120 / 62_006, "That is `dense1` alone; there are three dense layers."),
            (100 * 59_134 / 62_006, "Right, in per cent; the answer is a fraction of 1."),
            (2_872 / 62_006, "That is the share of the convolutions."),
        ),
    ),
    "10/5": Exercise(
        answer=16,
        hint="Go backwards: `pool2` needs one pixel, so `conv2` must leave two, …",
        mistakes=(
            (14, "With 14 pixels `conv2` leaves one, and a 2 × 2 pool needs two."),
            (12, "12 is what `conv1` must leave; it takes off four pixels itself."),
            (15, "With 15 pixels `conv1` leaves 11, `pool1` 5 and `conv2` 1: too few to pool."),
            (32, "32 pixels work, but fewer do, too."),
        ),
    ),
}


def check(exercise: str, answer: Any) -> None:
    """Print whether an answer is right, or a hint.

    Args:
        exercise: "chapter/number", such as "03/1".
        answer: A number, a tuple or list of numbers, or a function; `...` for none yet.

    Raises:
        ValueError: For an exercise that does not exist.
    """
    if exercise not in EXERCISES:
        raise ValueError(f"no exercise {exercise!r}; there are {', '.join(EXERCISES)}")
    print(f"{exercise}: {_verdict(EXERCISES[exercise], answer)}")


def _verdict(exercise: Exercise, answer: Any) -> str:
    """Return what to tell the reader."""
    if answer is ... or (callable(answer) and _returns_nothing(answer, exercise.cases)):
        return "no answer yet. Put yours in place of the dots and run the cell again."
    if callable(exercise.answer) != callable(answer):
        kind = "a function" if callable(exercise.answer) else "a number or a tuple of numbers"
        return f"not yet. The answer is {kind}, yours is {answer!r}."
    if _same(answer, exercise.answer, exercise.cases):
        return "right."
    for mistake, hint in exercise.mistakes:
        if _same(answer, mistake, exercise.cases):
            return f"not yet. {hint}"
    return f"not yet. {_first_failure(answer, exercise)}{exercise.hint}"


def _same(answer: Any, other: Any, cases: tuple[tuple, ...]) -> bool:
    """Return whether two answers agree; numbers within a thousandth of each other do."""
    if callable(other):
        return all(_same(_call(answer, case), other(*case), ()) for case in cases)
    try:
        ours, theirs = np.asarray(answer), np.asarray(other)
    except ValueError:  # a ragged list
        return False
    if ours.dtype.kind not in "iuf" or ours.shape != theirs.shape:
        return False
    return np.allclose(ours, theirs, rtol=1e-3, atol=0)


def _call(function: Callable, case: tuple) -> Any:
    """Return the function's result, or the exception it raised, which equals no answer."""
    try:
        return function(*case)
    except Exception as error:
        return error


def _returns_nothing(function: Callable, cases: tuple[tuple, ...]) -> bool:
    """Return whether a function is still the empty one that the page began with."""
    return bool(cases) and all(_call(function, case) in (None, ...) for case in cases)


def _first_failure(answer: Any, exercise: Exercise) -> str:
    """Say for which arguments a function goes wrong, and how."""
    for case in exercise.cases:
        result, expected = _call(answer, case), exercise.answer(*case)
        if not _same(result, expected, ()):
            arguments = ", ".join(map(repr, case))
            return f"For ({arguments}) the answer is {expected}, yours gives {result!r}. "
    return ""
