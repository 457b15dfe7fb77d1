"""What one number or choice of a chapter's predictions consists of."""

from dataclasses import dataclass
from typing import Any

from lessons_src.exercises.checking import verdict
from lessons_src.exercises.exercise import Exercise


@dataclass(frozen=True)
class Guess:
    """One number, or one choice, that a question of a Predict section asks the reader to predict.

    Attributes:
        answer: What the chapter computes later: a number, a tuple of numbers, or one of the
            choices.
        hint: What to say to a wrong answer that is none of the typical ones.
        mistakes: Typical wrong answers, each with its hint.
        accepted: The least and the most that count as right, where a rough answer is enough.
        choices: What can be chosen; none where the answer is a number.

    Raises:
        ValueError: For an answer or a mistake that cannot be chosen, an answer that is not
            accepted, or if no hint is left for some wrong answer.
    """

    answer: Any
    hint: str = ""
    mistakes: tuple[tuple[Any, str], ...] = ()
    accepted: tuple[float, float] | None = None
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        named = {self.answer, *(mistake for mistake, _ in self.mistakes)}
        if self.choices and not named <= set(self.choices):
            raise ValueError(f"{named - set(self.choices)} cannot be chosen among {self.choices}")
        if self.accepted and not self.accepted[0] <= self.answer <= self.accepted[1]:
            raise ValueError(f"accepted={self.accepted} leaves out the answer, {self.answer!r}")
        if not self.hint and named != set(self.choices):
            raise ValueError(f"give a hint to the wrong answers beside {named}")

    def key(self) -> dict[str, Any]:
        """Return the guess as plain data, choices as their positions, for `verdict`."""
        mistakes = tuple((self._value(mistake), hint) for mistake, hint in self.mistakes)
        exercise = Exercise(self._value(self.answer), self.hint, mistakes)
        return exercise.key() | {"accepted": self.accepted}

    def agrees(self, value: Any) -> bool:
        """Say whether a value is the answer itself, not merely accepted.

        Args:
            value: A number, a tuple of numbers, or the words of a choice.
        """
        if self.choices:
            return bool(value == self.answer)
        return verdict(self.key(), value) == "right."

    def _value(self, answer: Any) -> Any:
        return self.choices.index(answer) if self.choices else answer
