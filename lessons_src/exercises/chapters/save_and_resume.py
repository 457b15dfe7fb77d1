"""Exercises and predictions: save and resume."""

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _written_after(accuracies, best):
    epochs = []
    for epoch, accuracy in enumerate(accuracies, 1):
        if accuracy > best:
            epochs.append(epoch)
            best = accuracy
    return epochs


def _from_zero(accuracies, best):
    return [epoch - 1 for epoch in _written_after(accuracies, best)]


def _forgetful(accuracies, best):
    return _written_after(accuracies, 0)


def _best_stays(accuracies, best):
    return [epoch for epoch, accuracy in enumerate(accuracies, 1) if accuracy > best]


def _ties_too(accuracies, best):
    epochs = []
    for epoch, accuracy in enumerate(accuracies, 1):
        if accuracy >= best:
            epochs.append(epoch)
            best = accuracy
    return epochs


EXERCISES = {
    1: Exercise(
        answer=(4, 0.5),
        hint="Which state is the last one that was saved? Which epoch comes after it?",
        mistakes=(
            ((3, 0.5), "The seventh epoch was cut, so it is computed again."),
            ((3.5, 0), "Nothing is saved within an epoch: the seventh begins anew."),
            ((3.5, 0.5), "Nothing is saved within an epoch: the seventh begins anew."),
            ((4, 0), "Half of the seventh epoch had been computed, and is computed again."),
            ((4, 1), "The seventh epoch was only half done when it was cut."),
            ((10, 6.5), "The state of the first six epochs is not lost."),
        ),
    ),
    2: Exercise(
        answer=_written_after,
        hint="Go through the epochs, and change `best` whenever the file is written.",
        mistakes=(
            (_from_zero, "Count the epochs from 1."),
            (_forgetful, "Begin at `best`: that is what a new callback forgets."),
            (_best_stays, "After the file is written, its accuracy is the best so far."),
            (_ties_too, "An equal accuracy is no improvement."),
        ),
        cases=(
            ([0.3, 0.5, 0.4, 0.6], 0.45),
            ([0.3, 0.5, 0.5, 0.4], 0.0),
            ([0.4, 0.3], 0.6),
        ),
    ),
    3: Exercise(
        answer=(4 * 198_506 / 1e6, 4 * (198_506 + 2 * 198_494) / 1e6),
        hint="How many bytes has one number of 32 bits? Count the numbers first.",
        mistakes=(
            ((0.198506, 0.595494), "Those are millions of numbers; each takes 4 bytes."),
            (
                (0.794024, 1.588),
                "Adam keeps two numbers for each trained parameter, and the weights count, too.",
            ),
            ((6.352192, 19.055808), "Those are bits; a byte has 8."),
        ),
    ),
}

PREDICTIONS = {
    1: {
        "the same result": Guess(
            answer="no",
            mistakes=(
                (
                    "yes",
                    "The weights come back. What else did the run hold after two epochs?",
                ),
            ),
            choices=("yes", "no"),
        ),
    },
    2: {
        "first step": Guess(
            answer="longer",
            mistakes=(
                ("about as long", "What does Adam divide by, if it has seen one gradient alone?"),
                ("shorter", "What does Adam divide by, if it has seen one gradient alone?"),
            ),
            choices=("longer", "about as long", "shorter"),
        ),
    },
    3: {
        "weights": Guess(
            answer=36,
            hint="NumPy shows a few rows and columns at each side of a large array. How many?",
            mistakes=(
                (196_608, "NumPy shortens an array of more than 1,000 numbers."),
                (1_000, "Above 1,000 numbers NumPy shows the edges alone."),
                (9, "Three rows and three columns are shown at *each* side."),
                (6, "Six rows are shown, and six columns of each."),
                (12, "Six rows are shown, and six columns of each."),
            ),
        ),
    },
}
