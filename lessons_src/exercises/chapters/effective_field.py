"""Exercises and predictions: effective field."""

from math import ceil

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _layers_needed(sigma):
    return ceil(3 * sigma**2 / 2)


def _rounded_down(sigma):
    return int(3 * sigma**2 / 2)


def _not_squared(sigma):
    return ceil(3 * sigma / 2)


def _variance_of_one(sigma):
    return sigma**2


def _half_the_field(sigma):
    return ceil(sigma / 2)


EXERCISES = {
    1: Exercise(
        answer=4,
        hint="The taps stand at −3 to 3. Their mean is 0: what is the mean of their squares?",
        mistakes=(
            (2, "That is the deviation, the root of the variance."),
            (28, "That is the sum of the squares; the variance is their mean."),
            (28 / 6, "Divide by the number of taps, which is 7."),
            (
                49 / 12,
                "That is the variance of a number anywhere in 7 pixels, not on one of 7 taps.",
            ),
            (48, "Divide by 12."),
        ),
    ),
    2: Exercise(
        answer=10 / 3,
        hint="How far apart are the second layer's taps, in pixels? The variances add up.",
        mistakes=(
            (4 / 3, "That is without the stride: the second layer's taps stand 2 pixels apart."),
            (2, "A step that is twice as long has a variance four times as large."),
            (16 / 3, "The first layer's own stride does not widen its own step."),
            (3.33, "Nearly: give four digits, or let Python divide."),
            (8 / 3, "That is the second layer's step alone."),
            ((10 / 3) ** 0.5, "That is the deviation, the root of the variance."),
        ),
    ),
    3: Exercise(
        answer=_layers_needed,
        hint="Which variance has one layer, and which have n of them? Solve for n, and round up.",
        mistakes=(
            (_rounded_down, "Round up: the deviation is to be at least σ."),
            (_not_squared, "Variances add up, and the variance is σ², not σ."),
            (_variance_of_one, "One step of a 3×3 layer has the variance 2/3, not 1."),
            (_half_the_field, "That is for the field, which grows with n; σ grows with its root."),
        ),
        cases=((1,), (2,), (3,), (4,), (10,)),
    ),
}

PREDICTIONS = {
    1: {
        "from the corner": Guess(
            answer=1,
            hint="Which units of the first map read the corner pixel?",
            mistakes=((2, "Along each axis there is one way, and 1 · 1 in both."),),
        ),
        "from the middle": Guess(
            answer=9,
            hint="Which units of the first map read the middle pixel? The unit reads them all.",
            mistakes=(
                (3, "That is along one axis; here there are two."),
                (6, "The ways along both axes are multiplied."),
                (25, "Those are the pixels of the field."),
            ),
        ),
    },
    2: {
        "side in pixels": Guess(
            answer=15,
            hint="Sixteen steps to one of three pixels each: how often do nearly all go one way?",
            mistakes=(
                (33, "That is the whole field."),
                (31, "At the ends of the field there are far fewer paths than in its middle."),
                (32, "If all pixels had as many paths; but the middle has most of them."),
                (7, "That is about half: 95 % need about twice as much."),
                (3, "That is one layer."),
            ),
            accepted=(13, 17),
        ),
    },
    3: {
        "factor": Guess(
            answer=2,
            hint="A path is a sum of independent steps. What adds up, and what is its root?",
            mistakes=(
                (4, "The number of layers grows by 4, and with it the variance."),
                (33 / 9, "That is the factor of the field."),
                (16, "The variance grows by 4; the width is its root."),
            ),
        ),
    },
    4: {
        "further ahead": Guess(
            answer="14 pixels",
            mistakes=(
                (
                    "26 pixels",
                    "A large figure has long edges and corners: how much of them does a small "
                    "field need to see?",
                ),
            ),
            choices=("14 pixels", "26 pixels"),
        ),
    },
}
