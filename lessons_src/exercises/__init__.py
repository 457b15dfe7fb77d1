"""The chapters' exercises: `check` tells whether an answer is right, or which mistake it shows.

An exercise knows its answer and the typical wrong ones, each with the hint that mends it. Where the
answer is a function, so are the wrong ones; two functions are the same if they agree on `cases`.
The exercises of a chapter stand in a module of their own.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from lessons_src.exercises import (
    chapter01,
    chapter02,
    chapter03,
    chapter04,
    chapter05,
    chapter06,
    chapter07,
    chapter08,
    chapter09,
    chapter10,
    chapter11,
    chapter12,
    chapter13,
    chapter14,
    chapter15,
    chapter16,
)
from lessons_src.exercises.exercise import Exercise

EXERCISES: dict[str, Exercise] = (
    chapter01.EXERCISES
    | chapter02.EXERCISES
    | chapter03.EXERCISES
    | chapter04.EXERCISES
    | chapter05.EXERCISES
    | chapter06.EXERCISES
    | chapter07.EXERCISES
    | chapter08.EXERCISES
    | chapter09.EXERCISES
    | chapter10.EXERCISES
    | chapter11.EXERCISES
    | chapter12.EXERCISES
    | chapter13.EXERCISES
    | chapter14.EXERCISES
    | chapter15.EXERCISES
    | chapter16.EXERCISES
)


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
