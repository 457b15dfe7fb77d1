"""Exercises and predictions: from dense to convolution."""

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _windows(signal, k):
    return [signal[i : i + k] for i in range(len(signal) - k + 1)]


def _one_too_few(signal, k):
    return [signal[i : i + k] for i in range(len(signal) - k)]


def _running_out(signal, k):
    return [signal[i : i + k] for i in range(len(signal))]


def _side_by_side(signal, k):
    return [signal[i : i + k] for i in range(0, len(signal) - k + 1, k)]


def _transposed(signal, k):
    return [list(column) for column in zip(*_windows(signal, k), strict=True)]


EXERCISES = {
    1: Exercise(
        answer=(7, 10, 28),
        hint="A row for each position of the kernel, a column for each number of the signal. Where "
        "does the kernel stand in a row?",
        mistakes=(
            ((10, 7, 28), "A row belongs to an output, a column to an input."),
            (
                (6, 10, 24),
                "Put the kernel at the right end: how many steps did it take from the "
                "left end, and how many positions is that?",
            ),
            ((7, 10, 70), "Those are all cells. In most of them there is no weight."),
            ((7, 10, 4), "There are four different numbers, but they stand in each row."),
            ((10, 10, 40), "Without padding the kernel stays inside the signal."),
        ),
    ),
    2: Exercise(
        answer=10,
        hint="Which output is matrix row 4, by row and column? On which pixel does the weight lie?",
        mistakes=(
            (
                9,
                "That is where the lower left weight stands, and the lower right one if the pieces "
                "moved by one from each row to the next; at a new picture row they jump.",
            ),
            (5, "That is where the upper left weight stands."),
            (6, "That is where the upper right weight stands."),
            (8, "Row 2, column 2 is right; but a picture row has four pixels, not three."),
            (11, "Columns are counted from 0."),
            ((2, 2), "That is the pixel. Where is it in the flattened picture?"),
        ),
    ),
    3: Exercise(
        answer=_windows,
        hint="How many windows fit? The last one ends with the last number.",
        mistakes=(
            (_one_too_few, "The last window is missing: one begins at position len(signal) − k."),
            (_running_out, "The last windows run out of numbers: they are shorter than k."),
            (_side_by_side, "Windows overlap: each begins one number after the one before."),
            (
                _transposed,
                "Each inner list should be a window: yours hold the first numbers of all "
                "windows, then the second ones.",
            ),
        ),
        cases=(([3, 1, 4, 1, 5], 3), ([2, 7, 1, 8], 2), ([1, 6, 1], 3), ([5, 9, 2, 6, 5], 4)),
    ),
    4: Exercise(
        answer=4,
        hint="By how much must the second layer's input move? And the picture, for this?",
        mistakes=(
            (
                2,
                "That moves the first layer's output by one. The second layer needs it to move "
                "by two.",
            ),
            (1, "A layer of stride 2 does not move along with a shift by one."),
            (3, "One step is two steps of the layer before. Follow it back through both layers."),
            (8, "There are two layers, and each doubles the step."),
        ),
    ),
}

_YES_NO = ("yes", "no")
_DENSE, _LOCAL = 32 * 32 * 3 * 30 * 30, 27 * 30 * 30

PREDICTIONS = {
    1: {
        "dense": Guess(
            answer=8 * 6,
            hint="Every output reads every input, each with a weight of its own.",
            mistakes=(
                (8 * 6 + 6, "The layers of this page have no biases."),
                (8 + 6, "There is a weight for each pair of an input and an output."),
            ),
        ),
        "each output reads 3 inputs": Guess(
            answer=6 * 3,
            hint="Count the weights of one output first.",
            mistakes=(
                (8 * 3, "There are six outputs; the inputs are only read."),
                (3, "Each output still has weights of its own."),
            ),
        ),
        "all outputs share": Guess(
            answer=3,
            hint="How many different numbers does one output need, and what do the others add?",
            mistakes=(
                (18, "These are the weights before they are shared."),
                (1, "The three inputs of a window have different weights."),
            ),
        ),
    },
    2: {
        "reading nearby divides by": Guess(
            answer=_DENSE / _LOCAL,
            hint="How many numbers does an output read before, and how many afterwards?",
            mistakes=(
                (32 * 32 / 9 / 3, "Do not forget the channels of the picture: all three are read."),
                (32 * 32 * 3 / 9, "A window has three channels, too."),
                (27, "That is what an output reads now. Compare it with what it read before."),
            ),
            accepted=(112, 115),
        ),
        "sharing divides by": Guess(
            answer=_LOCAL / 27,
            hint="How many outputs use the same weights?",
            mistakes=(
                (32 * 32, "The window has fewer positions than the picture has pixels."),
                (27, "These are the weights that are left."),
            ),
        ),
    },
    3: {
        "saves multiplications": Guess(
            answer="no",
            mistakes=(("yes", "How many products does one output add up, before and after?"),),
            choices=_YES_NO,
        ),
    },
    4: {
        "moves along": Guess(
            answer="the shared one alone",
            mistakes=(
                (
                    "local and shared",
                    "Another output sees the pattern now. Does it have the same weights?",
                ),
                (
                    "all three",
                    "Does a dense layer use the same weights for a pixel and for the next?",
                ),
            ),
            choices=("all three", "local and shared", "the shared one alone"),
        ),
    },
    5: {
        "times as many": Guess(
            answer=_LOCAL / (32 * 32 * 3),
            hint="How many windows are there, and how many numbers does one hold?",
            mistakes=(
                (
                    27,
                    "A window of 27 numbers stands for one position, of which all channels "
                    "together give one.",
                ),
                (900 * 9 / (32 * 32 * 3), "Each window has three channels."),
            ),
            accepted=(7.9, 9),
        ),
    },
}
