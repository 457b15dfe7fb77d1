"""Exercises and predictions: your own pictures."""

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _counts(labels, classes):
    return [labels.count(label) for label in range(classes)]


def _labels(lines):
    return [int(line.split()[-1]) for line in lines if line.strip()]


def _counted(lines, classes):
    return _counts(_labels(lines), classes)


def _by_last_digit(lines, classes):
    return _counts([int(line.strip()[-1]) for line in lines if line.strip()], classes)


def _by_first_number(lines, classes):
    labels = []
    for line in lines:
        digits = [letter if letter in "0123456789" else " " for letter in line]
        labels += [int(number) for number in "".join(digits).split()[:1]]
    return _counts(labels, classes)


def _of_classes_that_occur(lines, classes):
    labels = _labels(lines)
    return [labels.count(label) for label in sorted(set(labels))]


def _left(n):
    return max(0, n - 2 * max(1, n // 10))


def _without_at_least_one(n):
    return n - 2 * (n // 10)


def _one_split(n):
    return max(0, n - max(1, n // 10))


def _a_fifth(n):
    return max(0, n - max(1, n // 5))


def _below_none(n):
    return n - 2 * max(1, n // 10)


EXERCISES = {
    1: Exercise(
        answer=_counted,
        hint="Which part of a line is always the label? And what if a class has no picture?",
        mistakes=(
            (
                _by_last_digit,
                "A label may have several digits: take the last word, not the last character.",
            ),
            (_by_first_number, "The path may hold digits: the label is the last number of a line."),
            (_of_classes_that_occur, "A class without a picture has the count 0."),
        ),
        cases=(
            (["cat.png 0", "dog.png 1", "cat 1.png 0"], 2),
            (["图 07.png\t1\n", "", "2/cat 3.png   2"], 4),
            (["a.png 10", "b.png 0", "c.png 10", "d.png 3"], 11),
            (["a.png 0", "\n"], 1),
        ),
    ),
    2: Exercise(
        answer=50,
        hint="Count the shifts along one axis. What do the other axis and the flip do to a count?",
        mistakes=(
            (25, "Each shifted picture can also be mirrored."),
            (32, "From −2 to 2 there are five shifts, not four: 0 is one of them."),
            (18, "From −2 to 2 there are five shifts, not three."),
            (20, "Rows and columns shift independently: multiply 5 by 5."),
            (27, "The flip can go with every shift: multiply by 2."),
        ),
    ),
    3: Exercise(
        answer=_left,
        hint="Take away what validates and what tests, and look at the smallest n.",
        mistakes=(
            (
                _without_at_least_one,
                "Below 10 pictures, one is held out for each split all the same.",
            ),
            (_one_split, "Two splits are held out: one to validate, one to test."),
            (_a_fifth, "Two tenths, each rounded down, may be less than a fifth rounded down."),
            (_below_none, "With 1 picture none is left; a count is never below 0."),
        ),
        cases=((120,), (25,), (19,), (4,), (3,), (2,), (1,)),
    ),
    4: Exercise(
        answer=(4.0, 3.0),
        hint="Which layer is asked first, when you go from the result back to the picture?",
        mistakes=(
            (
                (3.6, 3.6),
                "That is one step, z(r − t); the layers zoom last, so they are asked first.",
            ),
            ((8.0, -3.0), "Where a picture moves down, the source lies further up: subtract t."),
            ((2.1666666666666665, 3.0), "A z above 1 makes the picture smaller: multiply by it."),
            ((3.0, 3.0), "Zoom the position, too: z is 1.2."),
        ),
    ),
    5: Exercise(
        answer=(-2.0, 0.0),
        hint="Put r into the matrix R, with the sine and cosine of −90°.",
        mistakes=(
            ((2.0, 0.0), "That is θ = +90°: the sine of −90° is −1."),
            ((0.0, -2.0), "That is half a turn; or are rows and columns swapped?"),
            ((0.0, 2.0), "A quarter turn moves every pixel but the centre."),
        ),
    ),
}

_LINE = "cat 1.png 3"
_CLASS = ("stays", "may change")

PREDICTIONS = {
    1: {
        "pieces": Guess(
            answer=len(_LINE.split()),
            hint="`split()` cuts at every space.",
            mistakes=(
                (2, "The file's name has a space in it, too."),
                (4, "The point is no space."),
            ),
        ),
    },
    2: {
        "left to train on": Guess(
            answer=(96, 21, 2),
            hint="A tenth of a class, rounded down, but at least one, goes to each of two splits.",
            mistakes=(
                ((108, 23, 3), "Two splits are held out: one to validate, one to test."),
                ((96, 20, 2), "A tenth of 25, rounded down, is 2; two splits take 4."),
                ((96, 21, 4), "At least one picture is held out for each split."),
                ((96, 21, 3), "At least one picture is held out for each of the two splits."),
            ),
        ),
    },
    3: {
        "batches": Guess(
            answer=3,
            hint="At which pictures does the class change, and in which batches are they?",
            mistakes=(
                (0, "100 is no multiple of 32: the change falls within a batch."),
                (4, "Between four classes there are three changes."),
                (13, "That would be so if the pictures were shuffled."),
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
