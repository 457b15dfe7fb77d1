"""Exercises and predictions: CIFAR-10 and your own data."""

import re
from math import sqrt

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _last_word(line):
    return int(line.split()[-1])


def _last_digit(line):
    return int(line.strip()[-1])


def _first_number(line):
    return int(re.findall(r"\d+", line)[0])


def _every_digit(line):
    return int("".join(re.findall(r"\d", line)))


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
        answer=_last_word,
        hint="Cut the line at white space and take the last piece.",
        mistakes=(
            (
                _last_digit,
                "A label may have several digits: take the last word, not the last character.",
            ),
            (_first_number, "The path may hold digits: the label is the last number of the line."),
            (_every_digit, "The path's digits are no part of the label: take the last word alone."),
        ),
        cases=(
            ("cat.png 3",),
            ("dog.png 12",),
            ("cat 1.png 3",),
            ("图 07.png\t7\n",),
            ("2024/cat 10.png   10",),
        ),
    ),
    3: Exercise(
        answer=9_024.0,
        hint="Solve SE² = p(1 − p)/n for n, with SE = 0.0025.",
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
    4: Exercise(
        answer=50,
        hint="Count the shifts in one direction, then both directions, then the flip.",
        mistakes=(
            (25, "Each shifted picture can also be mirrored."),
            (32, "From −2 to 2 there are five shifts, not four: 0 is one of them."),
            (18, "From −2 to 2 there are five shifts, not three."),
            (20, "Rows and columns shift independently: multiply 5 by 5."),
            (27, "The flip can go with every shift: multiply by 2."),
        ),
    ),
    5: Exercise(
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
}

_VALUES = 50_000 * 32 * 32 * 3


def _points(accuracy, images):
    return 100 * sqrt(accuracy * (1 - accuracy) / images)


_LINE = "cat 1.png 3"
_CLASS = ("stays", "may change")

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
        "pieces": Guess(
            answer=len(_LINE.split()),
            hint="`split()` cuts at every space.",
            mistakes=(
                (2, "The file's name has a space in it, too."),
                (4, "The point is no space."),
            ),
        ),
    },
    4: {
        "a mirrored car": Guess(
            answer="stays",
            mistakes=(("may change", "It drives the other way. What else could it be?"),),
            choices=_CLASS,
        ),
        "a mirrored letter b": Guess(
            answer="may change",
            mistakes=(("stays", "Draw a b and look at it in a mirror."),),
            choices=_CLASS,
        ),
        "a digit 6 turned by 180°": Guess(
            answer="may change",
            mistakes=(("stays", "Draw a 6 and turn the page upside down."),),
            choices=_CLASS,
        ),
        "a ship shifted by two pixels": Guess(
            answer="stays",
            mistakes=(("may change", "It lies two pixels further. What else could it be?"),),
            choices=_CLASS,
        ),
    },
}
