"""What an exercise consists of."""

from dataclasses import dataclass
from typing import Any


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
