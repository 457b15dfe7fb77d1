"""Exercises and predictions: optimizers and losses."""

import math
from math import log, log2

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
        answer=-(log(0.5) + log(0.125)) / 2,
        hint="What is the loss of each image? The batch's loss is their mean.",
        mistakes=(
            ((log(0.5) + log(0.125)) / 2, "Such logarithms are negative: mind the minus."),
            (-log(0.5) - log(0.125), "That is the sum; the loss of a batch is the mean."),
            (-log((0.5 + 0.125) / 2), "First the logarithm of each probability, then the mean."),
            (2, "That is the logarithm to base 2; the loss takes the natural one."),
        ),
    ),
    2: Exercise(
        answer=_mean_loss,
        hint="How does an image's loss follow from its row and label? A batch has the mean.",
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
    3: Exercise(
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
    4: Exercise(
        answer=0.002,
        hint="Once the steps no longer change, the next step equals the last one. Write that down.",
        mistakes=(
            (0.0002, "That is the step of SGD, without a memory."),
            (0.00022, "Each further step adds, too: 1 + 0.9 + 0.9² + …"),
            (0.00038, "That is the second step; each further step adds, too."),
            (0.02, "That is the gradient; the rate is still missing."),
            (0.0018, "The newest gradient counts in full: 1 + 0.9 + 0.9² + …"),
        ),
    ),
}

PREDICTIONS = {
    1: {
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
    2: {
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
    3: {
        "rate": Guess(
            answer=0.2,
            hint="By which factor does a step multiply w? When is that factor's size above 1?",
            mistakes=(
                (0.1, "There the factor is 0: w is at the bottom after one step."),
                (1, "The slope is ten times w: a step subtracts 10 · rate · w."),
                (2, "The slope is ten times w: a step subtracts 10 · rate · w."),
                (10, "That is the steepness; the rate multiplies it."),
            ),
        ),
    },
}
