"""Exercises and predictions: CIFAR-10."""

from math import sqrt

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _sum_of_variances(p, n, q, m):
    return (p * (100 - p) / n + q * (100 - q) / m) ** 0.5


def _sum_of_errors(p, n, q, m):
    return (p * (100 - p) / n) ** 0.5 + (q * (100 - q) / m) ** 0.5


def _first_alone(p, n, q, m):
    return (p * (100 - p) / n) ** 0.5


def _variance(p, n, q, m):
    return p * (100 - p) / n + q * (100 - q) / m


def _as_shares(p, n, q, m):
    return (p * (100 - p) / n + q * (100 - q) / m) ** 0.5 / 100


def _of_one_large_set(p, n, q, m):
    return ((p + q) / 2 * (100 - (p + q) / 2) / (n + m)) ** 0.5


EXERCISES = {
    1: Exercise(
        answer=(30.72, 122.88),
        hint="Images · rows · columns · colours are the values; each takes one byte, or four as a "
        "float32.",
        mistakes=(
            ((10.24, 40.96), "Each pixel has three values: red, green and blue."),
            ((153.6, 614.4), "That is the training set; the test set has 10,000 images."),
            ((30.72, 245.76), "That is float64; a float32 takes four bytes."),
            ((30.72, 30.72), "A float32 takes four bytes, not one."),
            ((30_720_000, 122_880_000), "These are bytes; a megabyte is a million of them."),
        ),
    ),
    2: Exercise(
        answer=9_024.0,
        hint="Which formula links the standard error to the number of images? Write the quarter "
        "of a point as a share.",
        mistakes=(
            (23, "Square the standard error: n = p(1 − p)/SE²."),
            (22.56, "Square the standard error: n = p(1 − p)/SE²."),
            (
                1_900,
                "The error falls with the root of n: 4.75 times smaller takes 4.75² times more.",
            ),
            (150_400, "Multiply by 1 − p, too: 0.94 · 0.06."),
        ),
    ),
    3: Exercise(
        answer=0.52,
        hint="NumPy compares all pairs. What is the chance that two images have the same class?",
        mistakes=(
            (1, "That would be right for labels of shape (1000,); the column gives all pairs."),
            (0.25, "That would be right if the four classes were equally frequent."),
            (0.1, "That is the page's example of ten equal classes; here one has 70 %."),
            (0.7, "That is the accuracy of always answering with the first class."),
            (0.49, "That is the first class alone; pairs of the other classes agree, too."),
        ),
    ),
    4: Exercise(
        answer=(0.36, 100 * sqrt(180 + 144 - 36**2 / 10_000) / 10_000),
        hint="Images that both get right or both wrong add nothing. Which counts are left?",
        mistakes=(
            ((0.36, 0.24), "That is the error of one network alone; count where the two disagree."),
            ((0.0036, 0.0018), "These are shares; give percentage points."),
            ((36, 18), "Divide both by the number of images."),
            ((3.24, 0.18), "324 images differ, but part of them for either side: take b − c."),
            ((0.36, 0.34), "That is for two different test sets; here the images are the same."),
        ),
    ),
    5: Exercise(
        answer=_sum_of_variances,
        hint="Of independent numbers the variances add up, not the standard deviations.",
        mistakes=(
            (_sum_of_errors, "Errors do not add up; their squares do."),
            (_first_alone, "The second accuracy moves, too."),
            (_variance, "That is the variance: take its square root."),
            (_as_shares, "p and q are given in per cent, and so is the result."),
            (_of_one_large_set, "That is the error of one accuracy on all images together."),
        ),
        cases=((94, 10_000, 94, 10_000), (93.5, 10_000, 96, 2_000), (50, 100, 75, 400)),
    ),
}

_VALUES = 50_000 * 32 * 32 * 3


def _points(accuracy, images):
    return 100 * sqrt(accuracy * (1 - accuracy) / images)


_JUDGED = ("too low", "right", "too high")

PREDICTIONS = {
    1: {
        "one byte per value, MB": Guess(
            answer=_VALUES * 1 / 10**6,
            hint="Images times pixels times colours, in bytes; then in millions.",
            mistakes=(
                (_VALUES / 3 / 10**6, "Each pixel has three colours."),
                (_VALUES / 2**20, "Divide by a million; 1,048,576 bytes are a mebibyte."),
                (_VALUES, "Those are bytes; the question asks for millions of bytes."),
            ),
        ),
        "as float32, MB": Guess(
            answer=_VALUES * 4 / 10**6,
            hint="How many bytes does a number of 32 bits take?",
            mistakes=(
                (_VALUES * 8 / 10**6, "That is float64: 32 bits are fewer bytes."),
                (_VALUES * 32 / 10**6, "32 bits, not 32 bytes."),
                (_VALUES / 10**6, "A float32 takes more than one byte."),
            ),
        ),
    },
    2: {
        "10,000 images, points": Guess(
            answer=_points(0.94, 10_000),
            hint="The variance of one answer, 0 or 1, is p(1 − p). What is it of a mean of n?",
            mistakes=(
                (_points(0.94, 10_000) / 100, "That is a share; give percentage points."),
                (_points(0.94, 1), "That is for one image: divide by the root of their number."),
                (100 * 0.94 * 0.06 / 10_000, "That is the variance; take its square root."),
            ),
            accepted=(0.2, 0.3),
        ),
        "400 images, points": Guess(
            answer=_points(0.94, 400),
            hint="The error falls with the square root of the number of images.",
            mistakes=(
                (_points(0.94, 400) / 100, "That is a share; give percentage points."),
                (
                    25 * _points(0.94, 10_000),
                    "25 times fewer images give 5 times the error, not 25 times.",
                ),
                (_points(0.94, 1), "That is for one image: divide by the root of their number."),
            ),
            accepted=(1.1, 1.3),
        ),
    },
    3: {
        "difference of two, points": Guess(
            answer=sqrt(2) * _points(0.94, 10_000),
            hint="Both accuracies move by one standard error. What adds up, the errors or their "
            "squares?",
            mistakes=(
                (_points(0.94, 10_000), "That is one accuracy alone; the other moves, too."),
                (0.24, "That is one accuracy alone; the other moves, too."),
                (2 * _points(0.94, 10_000), "Variances add up, not standard deviations."),
                (0.48, "Variances add up, not standard deviations."),
                (0, "The network is the same, but the images are not."),
            ),
            accepted=(0.31, 0.37),
        ),
    },
    4: {
        "its validation accuracy": Guess(
            answer="too high",
            mistakes=(
                ("right", "Each single one is right on average, but the best of ten was chosen."),
                ("too low", "Which of ten equal networks is chosen: one with good luck or bad?"),
            ),
            choices=_JUDGED,
        ),
        "its test accuracy": Guess(
            answer="right",
            mistakes=(
                ("too high", "The luck was with the validation images. Does it go on?"),
                ("too low", "The network is as good as the others. What would lower it?"),
            ),
            choices=_JUDGED,
        ),
    },
}
