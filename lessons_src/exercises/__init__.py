"""The chapters' exercises: `check` tells whether an answer is right, or which mistake it shows.

An exercise knows its answer and the typical wrong ones, each with the hint that mends it. Where the
answer is a function, so are the wrong ones; two functions are the same if they agree on `cases`.
The exercises of a chapter stand in a module of its name; every module here that has `EXERCISES` is
found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from lessons_src.exercises.checking import verdict
from lessons_src.exercises.exercise import Exercise

_modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
_found = {
    name: exercise
    for module in _modules
    for name, exercise in getattr(module, "EXERCISES", {}).items()
}
EXERCISES: dict[str, Exercise] = dict(sorted(_found.items()))


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
    print(f"{exercise}: {verdict(EXERCISES[exercise], answer)}")
