"""Exercises and predictions: batch normalization."""

from math import ceil, floor, log

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _steps(momentum, share):
    return ceil(log(share) / log(momentum))


def _rounded_down(momentum, share):
    return floor(log(share) / log(momentum))


def _share_of_the_way(momentum, share):
    return ceil(log(1 - share) / log(momentum))


def _time_constant(momentum, share):
    return ceil(1 / (1 - momentum))


def _linear(momentum, share):
    return ceil((1 - share) / (1 - momentum))


def _not_rounded(momentum, share):
    return log(share) / log(momentum)


EXERCISES = {
    1: Exercise(
        answer=4,
        hint="What are this batch's mean and variance? γ and β come after the standardizing.",
        mistakes=(
            (2.5, "You divided by the variance; divide by its square root."),
            (1, "That is the standardized value. Scale it by γ and shift it by β."),
            (3, "Scaled, but not shifted: add β."),
            (6, "β comes after the scaling; γ does not multiply it."),
            (3.598, "You divided the squares by 3. The layer divides by the number of values, 4."),
            (15.993, "That is inference with a fresh layer's running statistics, 0 and 1."),
        ),
    ),
    2: Exercise(
        answer=(1.9, 1.76),
        hint="With which two numbers does a new layer begin, and which share of them stays at each "
        "step?",
        mistakes=(
            ((1.0, 1.4), "That is after one step."),
            ((9.9, 4.96), "You kept 0.1 of the stored value; momentum 0.9 keeps 0.9 of it."),
            ((1.9, 1.2348), "You stored the standard deviation. The layer stores the variance."),
            ((1.9, 0.95), "The running variance starts at 1, not at 0."),
            ((10, 5), "That is the batch; the running statistics are still far from it."),
        ),
    ),
    3: Exercise(
        answer=_steps,
        hint="What share of the start is left after one step, after two, after n?",
        mistakes=(
            (_rounded_down, "After that many steps more than `share` is left: round up."),
            (
                _share_of_the_way,
                "That leaves 1 − share of the start; `share` is to be left.",
            ),
            (_time_constant, "That is where about 37 % is left, whatever `share` is."),
            (
                _linear,
                "The steps shrink with the distance that is left: what is left is momentumⁿ.",
            ),
            (_not_rounded, "The number of steps is whole: round up."),
        ),
        cases=((0.99, 0.01), (0.9, 0.01), (0.999, 0.01), (0.9, 0.5), (0.5, 0.1)),
    ),
    4: Exercise(
        answer=(0.0, 1.0),
        hint="Training mode standardizes by this batch: what are its mean and its variance? "
        "Inference uses the running ones.",
        mistakes=(
            ((1.0, 0.0), "The other way round: the mode left on is training mode."),
            ((1.0, 1.0), "In training mode the running statistics play no part in the output."),
            ((0.0, 1 / 3), "9 is the variance; divide by the standard deviation, 3."),
            ((7.0, 1.0), "In training mode, too, the batch's mean, 7, is subtracted."),
        ),
    ),
}

PREDICTIONS = {
    1: {
        "in training mode": Guess(
            answer=(9 - 5) / 4**0.5,
            hint="Subtract the mean of the batch, then divide. By what?",
            mistakes=(
                (1, "You divided by the variance; divide by its square root."),
                (4, "The mean is gone; now divide by the standard deviation."),
                (9, "In training mode the layer standardizes by this batch."),
            ),
        ),
        "at inference": Guess(
            answer=(9 - 0) / 1**0.5,
            hint="At inference the layer uses its stored statistics. With what do they begin?",
            mistakes=(
                (2, "At inference the batch plays no part; the stored statistics do."),
                (4, "The mean of this batch is not stored: the layer was never trained."),
                (0, "The stored mean begins at 0; the value is not the mean."),
            ),
        ),
    },
    2: {
        "stored mean": Guess(
            answer=0.99 * 0 + 0.01 * 5,
            hint="Momentum is the share of the stored value that stays.",
            mistakes=(
                (0.99 * 5, "You kept 0.01 of the stored value; momentum 0.99 keeps 0.99 of it."),
                (5, "One step takes over only a small share of the batch's mean."),
                (2.5, "Old and new do not count alike: the momentum is 0.99."),
            ),
        ),
        "stored variance": Guess(
            answer=0.99 * 1 + 0.01 * 4,
            hint="Momentum is the share of the stored value that stays; the variance starts at 1.",
            mistakes=(
                (0.01 * 1 + 0.99 * 4, "You swapped the shares: 0.99 of the stored value stays."),
                (0.01 * 4, "The stored variance starts at 1, not at 0."),
                (0.99 * 1 + 0.01 * 2, "The layer stores the variance, not its square root."),
                (4, "One step takes over only a small share of the batch's variance."),
            ),
        ),
    },
    3: {
        "steps": Guess(
            answer=_steps(0.99, 0.01),
            hint="What share of the distance to 5 does one step leave? And two steps?",
            mistakes=(
                (
                    100,
                    "The steps become shorter: each takes 1 % of the distance that is left.",
                ),
                (99, "The steps become shorter: each takes 1 % of the distance that is left."),
                (458, "After 458 steps slightly more than 1 % is left."),
                (_steps(0.99, 0.99), "That is 1 % of the way; 1 % of it is to be left."),
            ),
        ),
    },
    4: {
        "parameters": Guess(
            answer=4 * 64,
            hint="What does the layer keep for each channel: to train, and for inference?",
            mistakes=(
                (2 * 64, "Those are γ and β. What does the layer store for inference?"),
                (64, "There are several numbers for each channel."),
                (4, "Those are the numbers of one channel; there are 64."),
            ),
        ),
        "trained": Guess(
            answer=2 * 64,
            hint="Which of the layer's numbers does the gradient reach?",
            mistakes=(
                (4 * 64, "Each step moves the running statistics, but no gradient reaches them."),
                (64, "Each channel has a scale and a shift."),
                (2, "Those are the numbers of one channel; there are 64."),
            ),
        ),
    },
}
