"""Exercises and predictions: what a network learned."""

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _tempered(probabilities, temperature):
    raised = [p ** (1 / temperature) for p in probabilities]
    return [value / sum(raised) for value in raised]


def _not_shared(probabilities, temperature):
    return [p ** (1 / temperature) for p in probabilities]


def _power(probabilities, temperature):
    raised = [p**temperature for p in probabilities]
    return [value / sum(raised) for value in raised]


def _divided(probabilities, temperature):
    return [p / temperature for p in probabilities]


EXERCISES = {
    1: Exercise(
        answer=0.09,
        hint="How far is each bin from the diagonal, and how many of all answers does it hold?",
        mistakes=(
            (0.1125, "Weight the bins by their answers: 80 and 20 of 100."),
            (-0.03, "Take the distance in each bin; signs must not cancel."),
            (0.03, "Take the distance in each bin before you add; signs must not cancel."),
            (0.225, "Weight each bin's distance by its share of the answers before you add."),
        ),
    ),
    2: Exercise(
        answer=_tempered,
        hint="A probability is exp(score) over a sum. What does it become when scores are divided?",
        mistakes=(
            (_not_shared, "Probabilities add up to 1."),
            (_power, "Dividing scores by T is raising probabilities to the power 1/T."),
            (_divided, "The scores are divided, not the probabilities."),
        ),
        cases=(([0.8, 0.2], 0.5), ([0.5, 0.3, 0.2], 2.0), ([0.7, 0.2, 0.1], 1.0)),
    ),
    3: Exercise(
        answer=80 / 85,
        hint="Which cells of the matrix hold the pictures that were called cat?",
        mistakes=(
            (0.8, "That is the share of the cats that were called cat: a row."),
            (0.95, "That is the share of the dogs that were called dog."),
            (85 / 200, "That is the share of all pictures that were called cat."),
            (5 / 85, "Those are the dogs among them."),
        ),
    ),
}

PREDICTIONS = {
    1: {
        "points": Guess(
            answer=20,
            hint="How sure is it on average, and how often is it right?",
            mistakes=(
                (0.2, "Give points: per cent minus per cent."),
                (60, "That is how often it is right."),
                (-20, "It is sure more often than it is right: too sure."),
            ),
        ),
    },
    2: {
        "the 0.8": Guess(
            answer=0.64 / (0.64 + 0.04),
            hint="Square both, and divide by their sum.",
            mistakes=(
                (0.64, "Divide by the sum, so that both add up to 1 again."),
                (0.89, "That is the power 1.5; the power here is 2."),
            ),
            accepted=(0.93, 0.95),
        ),
    },
    3: {
        "positions": Guess(
            answer=9,
            hint="One weight per map: what is left to differ within a map?",
            mistakes=(
                (1_024, "That is the picture; the map is small and only enlarged."),
                (3, "The map has rows and columns."),
            ),
        ),
    },
}
