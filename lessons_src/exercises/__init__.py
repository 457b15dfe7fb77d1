"""The chapters' exercises: `check` tells whether an answer is right, or which mistake it shows.

An exercise knows its answer and the typical wrong ones, each with the hint that mends it. Where the
answer is a function, so are the wrong ones; two functions are the same if they agree on `cases`.
The exercises of a chapter are `EXERCISES` in the module of its name in `chapters`, which is found
by itself.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import Any

from lessons_src.exercises import chapters
from lessons_src.exercises.checking import verdict
from lessons_src.exercises.exercise import Exercise


def collect(modules: Iterable[ModuleType]) -> Mapping[str, Exercise]:
    """Return the exercises of all chapters, by "chapter/number" in order; nothing can change them.

    Args:
        modules: The chapters' modules.

    Raises:
        ValueError: For a module without `EXERCISES`, or an exercise that two modules have.
    """
    found: dict[str, tuple[Exercise, str]] = {}
    for module in modules:
        exercises = getattr(module, "EXERCISES", None)
        if not exercises:
            raise ValueError(f"{module.__name__} has no EXERCISES; add them, or move the module")
        for name, exercise in exercises.items():
            if name in found:
                raise ValueError(f"{name} is in {found[name][1]} and in {module.__name__}")
            found[name] = exercise, module.__name__
    return MappingProxyType({name: exercise for name, (exercise, _) in sorted(found.items())})


EXERCISES = collect(
    import_module(f"{chapters.__name__}.{found.name}") for found in iter_modules(chapters.__path__)
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
    print(f"{exercise}: {verdict(EXERCISES[exercise].key(), answer)}")
