"""The chapters' exercises: `check` tells whether an answer is right, or which mistake it shows.

The questions that a chapter asks at its beginning, its predictions, are kept and judged alike:
`compare_predictions` holds them to what the page computes later.

An exercise knows its answer and the typical wrong ones, each with the hint that mends it. Where the
answer is a function, so are the wrong ones; two functions are the same if they agree on `cases`.
The exercises of a chapter are `EXERCISES`, by number, in the module of its name in `chapters`,
which is found by itself; beside them, `PREDICTIONS` holds by question and by label what is to be
predicted.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import Any

from lessons_src.exercises import chapters
from lessons_src.exercises.checking import plain, verdict
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def collect(modules: Iterable[ModuleType], attribute: str, prefix: str) -> Mapping[str, Any]:
    """Return what the modules of all chapters hold, by "chapter/prefix number"; it is read-only.

    Args:
        modules: The chapters' modules.
        attribute: "EXERCISES" or "PREDICTIONS".
        prefix: What stands before the number in a name.

    Raises:
        ValueError: For a module without the attribute.
    """
    found: dict[str, Any] = {}
    for module in modules:
        held = getattr(module, attribute, None)
        if not held:
            raise ValueError(f"{module.__name__} has no {attribute}; add them, or move the module")
        chapter = module.__name__.rpartition(".")[2]
        found |= {f"{chapter}/{prefix}{number}": held[number] for number in sorted(held)}
    return MappingProxyType(found)


MODULES = [
    import_module(f"{chapters.__name__}.{found.name}") for found in iter_modules(chapters.__path__)
]
EXERCISES: Mapping[str, Exercise] = collect(MODULES, "EXERCISES", "")
PREDICTIONS: Mapping[str, Mapping[str, Guess]] = collect(MODULES, "PREDICTIONS", "predict/")


def check(exercise: str, answer: Any) -> None:
    """Print whether an answer is right, or a hint.

    Args:
        exercise: "chapter/number", such as "pooling/1".
        answer: A number, a tuple or list of numbers, or a function; `...` for none yet.

    Raises:
        ValueError: For an exercise that does not exist.
    """
    if exercise not in EXERCISES:
        raise ValueError(f"no exercise {exercise!r}; there are {', '.join(EXERCISES)}")
    print(f"{exercise}: {verdict(EXERCISES[exercise].key(), answer)}")


def compare_predictions(chapter: str, computed: Mapping[int, Any]) -> None:
    """Print the answers to a chapter's predictions beside what they are, as the page computed them.

    Args:
        chapter: Its name, such as "pooling".
        computed: By the question's number, the number that the page computed or the choice that it
            decided for; a list of them, in order, where the question asks for several.

    Raises:
        ValueError: For a question that does not exist, for fewer or more values than the question
            asks for, or for a value that differs from the answer by which readers are judged.
    """
    for question, values in sorted(computed.items()):
        name = f"{chapter}/predict/{question}"
        if name not in PREDICTIONS:
            raise ValueError(f"no prediction {name!r}; there are {', '.join(PREDICTIONS)}")
        guesses = PREDICTIONS[name]
        values = values if isinstance(values, list) else [values]
        if len(values) != len(guesses):
            raise ValueError(f"{name} asks for {list(guesses)}, the page computed {values}")
        for (label, guess), value in zip(guesses.items(), values, strict=True):
            if not guess.agrees(value):
                raise ValueError(
                    f"{name}, {label}: the answer is {guess.answer}, the page computed {value}"
                )
        told = "; ".join(map(_told, guesses, values))
        print(f"{question}. {told}")  # in one piece, which no page breaks in two


def _told(label: str, value: Any) -> str:
    """Return a label and its value in words."""
    if isinstance(value, str):
        return f"{label}: {value}"
    value = plain(value)
    if isinstance(value, float):
        return f"{label}: {value:,.4g}"
    return f"{label}: {value:,}" if isinstance(value, int) else f"{label}: {value}"
