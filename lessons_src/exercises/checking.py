"""The rule that judges an answer, and the words in which it does."""

from collections.abc import Callable
from typing import Any

from lessons_src.exercises.exercise import Exercise

import numpy as np


def verdict(exercise: Exercise, answer: Any) -> str:
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
    """Return whether two answers agree: whole numbers exactly, others within a thousandth."""
    if callable(other):
        return all(_same(_call(answer, case), other(*case), ()) for case in cases)
    try:
        ours, theirs = np.asarray(answer), np.asarray(other)
    except ValueError:  # a ragged list
        return False
    if ours.dtype.kind not in "iuf" or ours.shape != theirs.shape:
        return False
    return np.allclose(ours, theirs, rtol=0 if theirs.dtype.kind in "iu" else 1e-3, atol=0)


def _call(function: Callable, case: tuple) -> Any:
    """Return the function's result, or the exception it raised, which equals no answer."""
    try:
        return function(*case)
    except Exception as error:
        return error


def _returns_nothing(function: Callable, cases: tuple[tuple, ...]) -> bool:
    """Return whether a function is still the empty one that the page began with."""
    return bool(cases) and all(
        result is None or result is ... for result in (_call(function, case) for case in cases)
    )


def _first_failure(answer: Any, exercise: Exercise) -> str:
    """Say for which arguments a function goes wrong, and how."""
    for case in exercise.cases:
        result, expected = _call(answer, case), exercise.answer(*case)
        if not _same(result, expected, ()):
            arguments = ", ".join(map(repr, case))
            return f"For ({arguments}) the answer is {expected}, yours gives {result!r}. "
    return ""
