"""Exercises and predictions: six steps."""

import math
from math import log, log2

from lessons_src.arithmetic import conv_params, dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _mean_loss(rows, labels):
    losses = [-math.log(row[label]) for row, label in zip(rows, labels, strict=True)]
    return sum(losses) / len(losses)


def _sum_of_losses(rows, labels):
    return _mean_loss(rows, labels) * len(rows)


def _without_minus(rows, labels):
    return -_mean_loss(rows, labels)


def _base_ten(rows, labels):
    return _mean_loss(rows, labels) / math.log(10)


def _log_of_mean(rows, labels):
    return -math.log(sum(row[label] for row, label in zip(rows, labels, strict=True)) / len(rows))


EXERCISES = {
    1: Exercise(
        answer=math.log(10),
        hint="The loss is −ln of the probability of the true class, here 1/10.",
        mistakes=(
            (-math.log(10), "ln(1/10) is negative; the loss is −ln(1/10)."),
            (1, "That is the logarithm to base 10; the loss uses the natural one."),
            (0.1, "That is the probability; the loss is −ln of it."),
            (math.log2(10), "That is the logarithm to base 2; the loss uses the natural one."),
            (0.9, "That is the share of wrong answers; the loss is −ln(1/10)."),
        ),
    ),
    2: Exercise(
        answer=(1_407, 8),
        hint="45,000 / 32 is 1,406.25: how many batches hold all images, the last one not full?",
        mistakes=(
            ((1_406, 32), "1,406 batches hold 44,992 images; the other 8 make a smaller batch."),
            ((1_406, 8), "The 8 images left over make one more step."),
            ((1_407, 32), "1,407 full batches would be 45,024 images."),
            ((1_563, 16), "That is for 50,000 images; 5,000 of them are for validation."),
        ),
    ),
    3: Exercise(
        answer=210_116,
        hint="Only `predictions` changes: 128 weights and a bias for each class.",
        mistakes=(
            (211_406, "Subtract the 1,290 parameters of the old layer."),
            (210_026, "Each of the 100 classes has a bias, too: 129 parameters per class."),
            (210_016, "Each of the 100 classes has a bias, too: 129 parameters per class."),
            (12_900, "That is the last layer; add the layers before it."),
            (1_985_060, "Only the last layer grows with the classes, not the whole network."),
        ),
    ),
    4: Exercise(
        answer=_mean_loss,
        hint="Of each row take the probability at its label; average −ln of these.",
        mistakes=(
            (_sum_of_losses, "Keras divides by the number of images: take the mean."),
            (_without_minus, "Logarithms of probabilities are negative: the minus is missing."),
            (_base_ten, "Take the natural logarithm, `np.log` or `math.log`."),
            (_log_of_mean, "First the logarithm of each probability, then the mean."),
        ),
        cases=(
            ([[0.5, 0.5]], [1]),
            ([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]], [0, 2]),
            ([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]], [2, 1]),
        ),
    ),
    5: Exercise(
        answer=(0.00002, 0.001),
        hint="SGD: rate times gradient. Adam: rate times mean over root of mean square, both "
        "corrected, and after one step these are the gradient and its size.",
        mistakes=(
            (
                (0.00002, 0.00002),
                "Adam divides by the gradient's size: it moves by the rate.",
            ),
            ((0.001, 0.001), "SGD multiplies the rate by the gradient, 0.02."),
            (
                (0.00002, 0.00316228),
                "Without the correction: 0.1 g / √(0.001 g²). Divide by 1 − 0.9 and 1 − 0.999.",
            ),
            ((0.02, 0.001), "SGD's step is the gradient times the rate, 0.001."),
        ),
    ),
}

_PARTS = (
    conv_params(5, in_channels=3, filters=6),
    4 * 6,
    dense_params(16 * 16 * 6, 128),
    dense_params(128, 10),
)
_BASELINE = sum(_PARTS)

PREDICTIONS = {
    1: {
        "parameters": Guess(
            answer=_BASELINE,
            hint="Four layers have parameters. What shape does the first dense layer read?",
            mistakes=(
                (_BASELINE - 4 * 6, "Batch normalization has 4 numbers for each channel."),
                (_BASELINE - 2 * 6, "The running statistics are parameters, too."),
                (
                    _BASELINE - 6 - 128 - 10,
                    "Each kernel and each dense unit has a bias.",
                ),
                (
                    _BASELINE + dense_params(32 * 32 * 6, 128) - _PARTS[2],
                    "The pooling halves both sides before the dense layer.",
                ),
                (
                    _BASELINE + dense_params(14 * 14 * 6, 128) - _PARTS[2],
                    "The convolution pads: its map keeps 32×32.",
                ),
            ),
        ),
        "not trained": Guess(
            answer=2 * 6,
            hint="Which layer stores numbers that no gradient reaches? How many for each channel?",
            mistakes=(
                (4 * 6, "γ and β of the normalization are trained."),
                (6, "The normalization stores a mean and a variance for each channel."),
                (0, "What does batch normalization store for inference?"),
            ),
        ),
    },
    2: {
        "loss": Guess(
            answer=-log(1 / 10),
            hint="The loss is −ln of the probability of the right class.",
            mistakes=(
                (log(1 / 10), "The loss is positive: mind the minus."),
                (1, "That is the logarithm to base 10; the loss takes the natural one."),
                (log2(10), "That is the logarithm to base 2; the loss takes the natural one."),
                (0.1, "That is the probability; the loss is −ln of it."),
                (0.9, "The loss is no share of wrong answers: it is −ln of a probability."),
            ),
            accepted=(2.25, 2.35),
        ),
    },
    3: {
        "label": Guess(
            answer="3",
            mistakes=(
                (
                    "[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]",
                    "What does the word sparse say about all these zeros?",
                ),
            ),
            choices=("3", "[0, 0, 0, 1, 0, 0, 0, 0, 0, 0]"),
        ),
    },
    4: {
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
}
