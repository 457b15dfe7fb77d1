"""What an exercise consists of."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lessons_src.exercises.checking import plain


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        answer: The right answer: a number, a tuple of numbers, or a function.
        hint: What to say to a wrong answer that is none of the typical ones.
        mistakes: Typical wrong answers, each with its hint.
        cases: Arguments with which functions are compared; none where the answer is no function.
    """

    answer: Any
    hint: str
    mistakes: tuple[tuple[Any, str], ...]
    cases: tuple[tuple, ...] = ()

    def key(self) -> dict[str, Any]:
        """Return the exercise as plain data: functions as their results on the cases."""
        return {
            "answer": self._plain(self.answer),
            "hint": self.hint,
            "mistakes": [(self._plain(mistake), hint) for mistake, hint in self.mistakes],
            "cases": list(self.cases),
        }

    def _plain(self, answer: Any) -> Any:
        if callable(answer):
            return [plain(answer(*deepcopy(case))) for case in self.cases]
        return plain(answer)
