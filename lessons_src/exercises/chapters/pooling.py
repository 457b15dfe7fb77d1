"""Exercises of chapter 06, pooling."""

from lessons_src.exercises.exercise import Exercise


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
    "06/1": Exercise(
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
    "06/2": Exercise(
        answer=(14, 14, 96),
        hint="How many windows of 3, two pixels apart, fit along 30 pixels? The channels stay.",
        mistakes=(
            ((15, 15, 96), "That is padding='same', or a 2×2 window; here the window is 3×3."),
            ((10, 10, 96), "The step is 2, not the pool size: these windows overlap."),
            ((28, 28, 96), "That is stride 1. Every second window is left out."),
            ((14, 14), "The sides are right. How many channels come out?"),
            ((14, 14, 1), "Each channel is pooled on its own: 96 channels in, 96 out."),
            ((13, 13, 96), "⌊(30 − 3) / 2⌋ counts the steps; there is one window more."),
        ),
    ),
    "06/3": Exercise(
        answer=_first_winner,
        hint="Everything goes to one cell of the window, the others get 0.",
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
    "06/4": Exercise(
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
    "06/5": Exercise(
        answer=(0.8, 1.0),
        hint="Go in two steps. Half of a window's cells lie on the line, each time.",
        mistakes=(
            (
                (0.6, 1.0),
                "That is after one average pooling; the second halves the contrast.",
            ),
            ((0.8, 0.2), "Max pooling keeps the brightest cell of each window, not the darkest."),
            ((0.6, 0.2), "Two poolings, and max keeps the brightest cell, not the darkest."),
            ((0.2, 1.0), "An average mixes: half of the window's cells are background."),
            ((0.05, 1.0), "The background's half counts, too: it is 1, not 0."),
        ),
    ),
}
