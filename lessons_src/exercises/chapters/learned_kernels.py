"""Exercises and predictions: learned kernels."""

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess

_IMAGE = [[1, 2, 0, 4, 1], [0, 3, 1, 1, 5], [2, 1, 4, 0, 3], [1, 6, 2, 2, 0]]
_GRADIENT = [[1, -2, 3], [0, 1, 5]]


def _weight_gradient(image, gradient, i, j):
    total = 0
    for y, row in enumerate(gradient):
        for x, value in enumerate(row):
            total += image[y + i][x + j] * value
    return total


def _turned(image, gradient, i, j):
    turned = [list(reversed(row)) for row in reversed(gradient)]
    return _weight_gradient(image, turned, i, j)


def _first_weight(image, gradient, i, j):
    return _weight_gradient(image, gradient, 0, 0)


def _swapped(image, gradient, i, j):
    return _weight_gradient(image, gradient, j, i)


def _mean(image, gradient, i, j):
    return _weight_gradient(image, gradient, i, j) / (len(gradient) * len(gradient[0]))


EXERCISES = {
    1: Exercise(
        answer=(45, 1),
        hint="In how many windows does the pixel lie, and under which weight each time?",
        mistakes=(
            ((5, 5), "That is the weight under which a pixel lies in the middle of its window."),
            ((45, 9), "The corner lies in one window, at its upper left. Which weight is there?"),
            ((9, 1), "You counted the windows. Each counts with the weight that the pixel has."),
            ((45, 45), "The corner does not lie in all nine windows."),
            ((1, 45), "You have exchanged the two pixels."),
        ),
    ),
    2: Exercise(
        answer=(-1, 2),
        hint="Lay the kernel on each of the four positions: which pixel is under its upper right "
        "weight? The bias is added at each position.",
        mistakes=(
            ((3, 2), "You turned G. At the first position the weight meets the first number of G."),
            ((4, 2), "That is the upper left weight's."),
            ((1, 2), "That is the lower left weight's."),
            ((2, 2), "At the first position the upper right weight lies on row 0, column 1."),
            ((-1, 4), "The bias is added to four outputs, and each counts with its number in G."),
            ((-1, 1), "The first is right. The bias is added to every output: add up all of G."),
            (-1, "That is the first number. What is the gradient of the bias?"),
        ),
    ),
    3: Exercise(
        answer=_weight_gradient,
        hint="Go through the outputs. Which pixel does the weight (i, j) meet at output (y, x)?",
        mistakes=(
            (_turned, "You turn G: that is not needed for the weights."),
            (_first_weight, "You compute the gradient of the first weight, whatever i and j are."),
            (_swapped, "You swap i and j: i is the row."),
            (_mean, "Add the products up; a mean is in G already, if the loss has one."),
        ),
        cases=tuple((_IMAGE, _GRADIENT, i, j) for i in range(3) for j in range(3)),
    ),
    4: Exercise(
        answer=0.1 * 2 / 3 * (2 * 1 + 4 * 2 + 6 * 3),
        hint="What is the derivative of (w · 2 − 4)² for w, at w = 0? There are three such terms, "
        "and the loss is their mean.",
        mistakes=(
            (0.1 / 3 * 28, "The derivative of a square brings a factor of 2."),
            (0.1 * 2 * 28, "The loss is the mean over the three outputs, not their sum."),
            (-0.1 * 2 / 3 * 28, "A step goes against the gradient."),
            (2 / 3 * 28, "The step is the gradient times the learning rate."),
            (0.1 * 2 / 3 * 12, "Each error counts with the pixel that the weight meets there."),
            (2, "That is where it ends after many steps."),
        ),
    ),
}

_YES_NO = ("yes", "no")

PREDICTIONS = {
    1: {
        "use the weight": Guess(
            answer=9,
            hint="At how many positions does the kernel lie?",
            mistakes=((1, "All positions share the kernel's weights."),),
        ),
        "use the corner pixel": Guess(
            answer=1,
            hint="Which windows contain the corner?",
            mistakes=((9, "Only a window that contains the corner can use it."),),
        ),
        "use the middle pixel": Guess(
            answer=9,
            hint="Which of the nine windows leaves the middle out?",
            mistakes=((1, "Its window is not the middle one alone: which others contain it?"),),
        ),
    },
    2: {
        "for one weight": Guess(
            answer=9 * 2,
            hint="If the weight grows by 1, by how much does each output grow?",
            mistakes=(
                (2, "That is its share in one output; the loss adds nine."),
                (9, "In each output the weight is multiplied by a pixel."),
                (2 * 9 * 9, "That is for all nine weights together."),
            ),
        ),
        "for the bias": Guess(
            answer=9,
            hint="If the bias grows by 1, by how much does each output grow?",
            mistakes=(
                (1, "That is its share in one output; the loss adds nine."),
                (18, "The bias is added; it meets no pixel."),
            ),
        ),
    },
    3: {
        "can learn it": Guess(
            answer="yes",
            mistakes=(("no", "Nobody tells the layer which kernel to have, only which outputs."),),
            choices=_YES_NO,
        ),
    },
    4: {
        "must be right": Guess(
            answer="no",
            mistakes=(("yes", "Can an equation say what two others have said already?"),),
            choices=_YES_NO,
        ),
    },
}
