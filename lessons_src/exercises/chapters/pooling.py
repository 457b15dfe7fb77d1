"""Exercises and predictions: pooling."""

from lessons_src.arithmetic import conv_output_size
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _first_winner(window, upstream):
    winner = window.index(max(window))
    return [upstream if i == winner else 0 for i in range(len(window))]


def _every_winner(window, upstream):
    return [upstream if value == max(window) else 0 for value in window]


def _shared(window, upstream):
    winners = window.count(max(window))
    return [upstream / winners if value == max(window) else 0 for value in window]


def _average(window, upstream):
    return [upstream / len(window)] * len(window)


def _times_value(window, upstream):
    winner = window.index(max(window))
    return [upstream * value if i == winner else 0 for i, value in enumerate(window)]


def _one(window, upstream):
    winner = window.index(max(window))
    return [1 if i == winner else 0 for i in range(len(window))]


EXERCISES = {
    1: Exercise(
        answer=(-1, -3, -7, -9),
        hint="At the border a window has fewer cells. Which, and which of them is the largest?",
        mistakes=(
            (((-1, -3), (-7, -9)), "The numbers are right. Give all four in one tuple."),
            ((-1, 0, 0, 0), "Zeros would win against negative values; max pooling pads with −∞."),
            ((-3, -4.5, -7.5, -9), "Those are the averages of the four windows."),
            ((-5, -6, -8, -9), "Those are the smallest values: −1 is larger than −5."),
            ((-1, -2, -4, -5), "Those windows overlap; by default the step is the pool size, 2."),
        ),
    ),
    2: Exercise(
        answer=_first_winner,
        hint="Which cell would change the output if it changed a little?",
        mistakes=(
            (_every_winner, "Of several largest values only the first gets the gradient."),
            (
                _shared,
                "`GlobalMaxPooling2D` shares it among ties; `MaxPooling2D` has one winner.",
            ),
            (_average, "That is average pooling."),
            (
                _times_value,
                "The output is the winner itself: its derivative is 1, not its value.",
            ),
            (_one, "That is the derivative of the output; multiply it by `upstream`."),
        ),
        cases=(
            ([1, 3, 2, -2], 8),
            ([5, 5, 5, 1], 3),
            ([-4, -1, -2, -3], -2),
            ([0, 0, 0, 0], 1),
        ),
    ),
    3: Exercise(
        answer=100_663_296,
        hint="Count the inputs of the dense layer with and without pooling; the biases stay.",
        mistakes=(
            (102_764_544, "That is the dense layer before; after pooling 512 inputs remain."),
            (102_760_448, "Those are all weights of the layer; after pooling 512 inputs remain."),
            (2_101_248, "That is what remains. How many are saved?"),
            (2_097_152, "Those are the weights that remain. How many are saved?"),
            (100_667_392, "Global pooling takes no bias away: 4,096 of them stay."),
        ),
    ),
}

_FOUR = "Give four numbers, one for each cell: such as (1, 2, 3, 4)."

PREDICTIONS = {
    1: {
        "max pooling": Guess(
            answer=max(1, 3, 2, -2),
            hint="Which of the four numbers is the largest?",
            mistakes=(
                (1, "That is the average."),
                (4, "Nothing is added up: one of the four values is handed on."),
            ),
        ),
        "average pooling": Guess(
            answer=(1 + 3 + 2 - 2) / 4,
            hint="Add the four numbers with their signs, and divide by four.",
            mistakes=(
                (2, "The last number is −2: it lowers the sum."),
                (4, "That is the sum; divide it by the number of cells."),
                (3, "That is the largest."),
            ),
        ),
    },
    2: {
        "side, 2×2 windows": Guess(
            answer=conv_output_size(32, kernel=2, stride=2),
            hint="By default the windows lie side by side.",
            mistakes=(
                (31, "That is stride 1; by default the windows lie side by side."),
                (32, "Pooling thins out the places: each window gives one value."),
                (15, "Count windows, not steps."),
            ),
        ),
        "channels": Guess(
            answer=6,
            hint="Does a pooling window look at one channel or at all?",
            mistakes=(
                (1, "Pooling never mixes channels."),
                (3, "Only the sides are halved; channels are pooled one by one."),
                (24, "Each window gives one value for each channel."),
            ),
        ),
        "side, 3×3 windows": Guess(
            answer=conv_output_size(32, kernel=3, stride=2),
            hint="The left edge stands on columns 0, 2, 4, … Where is the last window that fits?",
            mistakes=(
                (16, "That takes padding: the sixteenth window would stick out by one pixel."),
                (10, "The stride is 2, not the window's side."),
                (14, "Count windows, not steps."),
                (15.5, "A size is a whole number: the last half window does not fit."),
            ),
        ),
    },
    3: {
        "parameters": Guess(
            answer=0,
            hint="What in this layer could be learned?",
            mistakes=(
                (4, "The window has four cells, and no weights."),
                (9, "The window has nine cells, and no weights."),
                (6, "A bias for each channel? Nothing is added."),
            ),
        ),
    },
    4: {
        "after max pooling, %": Guess(
            answer=0,
            hint="Which cell of a window that holds a piece of the hair wins?",
            mistakes=(
                (100, "White is the larger value, and each window has a white cell."),
                (50, "That is average pooling."),
                (25, "Nothing is averaged: the largest value is handed on."),
            ),
        ),
        "after average pooling, %": Guess(
            answer=50,
            hint="How many of the four cells of a window does the hair cover?",
            mistakes=(
                (0, "The average takes the dark cells into account."),
                (25, "The hair crosses the window from top to bottom: it covers two cells."),
                (75, "That is what covering three cells would give."),
                (0.5, "Give per cent."),
            ),
        ),
    },
    5: {
        "max pooling": Guess(
            answer=(0, 8, 0, 0),
            hint="If a cell changed a little, would the output of the pooling change?",
            mistakes=(
                (8, _FOUR),
                ((8, 8, 8, 8), "A small change of three of the cells changes nothing."),
                ((0, 24, 0, 0), "The output is the winner itself: its derivative is 1, not 3."),
                ((0, 1, 0, 0), "That is the derivative; multiply it by the gradient, 8."),
                ((2, 2, 2, 2), "That is average pooling."),
            ),
        ),
        "average pooling": Guess(
            answer=4 * (8 / 4,),
            hint="If a cell grows by 1, by how much does the average grow?",
            mistakes=(
                (2, _FOUR),
                ((8, 8, 8, 8), "Each cell has a quarter of the average."),
                ((2, 6, 4, -4), "The derivative of an average does not depend on the values."),
                ((0, 8, 0, 0), "That is max pooling."),
            ),
        ),
    },
}
