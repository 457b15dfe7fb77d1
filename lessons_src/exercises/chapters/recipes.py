"""Exercises and predictions: recipes, one change at a time."""

from math import ceil, log

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _rate(step, peak, warmup, steps):
    if step < warmup:
        return peak * step / warmup
    return peak * (steps - step) / (steps - warmup)


def _whole_run(step, peak, warmup, steps):
    return peak * step / warmup if step < warmup else peak * (steps - step) / steps


def _no_warmup(step, peak, warmup, steps):
    return peak * (steps - step) / steps


def _stays(step, peak, warmup, steps):
    return peak * min(step / warmup, 1)


def _from_zero(step, peak, warmup, steps):
    if step < warmup:
        return peak * step / warmup
    return peak * (step - warmup) / (steps - warmup)


EXERCISES = {
    1: Exercise(
        answer=0.004,
        hint="How many times over does a momentum of 0.85 count what goes through it?",
        mistakes=(
            (0.0006, "That decays too little: Keras applies it past the momentum."),
            (0.006, "Ten times belongs to a momentum of 0.9; this one is 0.85."),
            (0.00009, "The other way round: what skips the momentum must be larger, not smaller."),
            (0.00051, "The momentum multiplies the last step's sum, not the decay."),
        ),
    ),
    2: Exercise(
        answer=_rate,
        hint="Two straight pieces meet at the peak: which step is the first one's end?",
        mistakes=(
            (_whole_run, "The rate falls from `warmup` on: over steps − warmup steps."),
            (_no_warmup, "Before `warmup` the rate rises."),
            (_stays, "After `warmup` the rate falls."),
            (_from_zero, "After `warmup` the rate falls from the peak; yours rises from 0."),
        ),
        cases=((0, 1.0, 10, 100), (5, 1.0, 10, 100), (10, 0.4, 10, 100), (55, 0.4, 10, 100)),
    ),
    3: Exercise(
        answer=0.1,
        hint="Write the target of the right class as a formula of the share, and solve it.",
        mistakes=(
            (0.075, "The right class gets its part of the share back."),
            (0.3, "The share is spread over all four classes, the right one included."),
            (0.025, "That is the target of a wrong class."),
        ),
    ),
    4: Exercise(
        answer=2 - 4.303 / 3**0.5,
        hint="How far the interval reaches depends on the spread of the gains and on their number.",
        mistakes=(
            (2 - 4.303, "The mean of three gains varies less than one gain does."),
            (2 - 4.303 * (2 / 3) ** 0.5 / 3**0.5, "Divide the squares by n − 1: 2, not 3."),
            (2 - 1.96 / 3**0.5, "1.96 is for many seeds; with three, t is given."),
            (2 + 4.303 / 3**0.5, "That is the upper end."),
            (1, "The interval reaches beyond the smallest of three gains."),
        ),
    ),
}

_WORK_LEFT = 100 * ((24 / 32) ** 2 + 1) / 2
_HALF_LIFE = ceil(log(1 / 2) / log(1 - 0.1 * 0.005))

PREDICTIONS = {
    1: {
        "rate at step 100": Guess(
            answer=0.4 * 100 / 200,
            hint="How far is step 100 on the way up, which takes 200 steps?",
            mistakes=(
                (0.4, "That is the peak, at step 200."),
                (0.04, "The rise takes 200 steps, not 1,000."),
            ),
        ),
        "rate at step 600": Guess(
            answer=0.4 * (1_000 - 600) / (1_000 - 200),
            hint="The way down takes the steps from 200 to 1,000.",
            mistakes=(
                (0.16, "The fall begins at step 200, not at step 0."),
                (0.24, "That is what the rise would give over 1,000 steps."),
                (0.4, "The rate falls as soon as it has reached its peak."),
            ),
        ),
    },
    2: {
        "right class": Guess(
            answer=1 - 0.1 + 0.1 / 10,
            hint="The 0.1 that is taken away is shared out among all classes.",
            mistakes=(
                (0.9, "The right class gets its part of the 0.1 back."),
                (1, "The target is no longer certain."),
            ),
        ),
        "each wrong class": Guess(
            answer=0.1 / 10,
            hint="The 0.1 that is taken away is shared out among all classes.",
            mistakes=(
                (0.1 / 9, "The right class gets a part as well: ten parts, not nine."),
                (0.1, "The 0.1 is shared out among the classes."),
                (0, "The target is no longer certain."),
            ),
        ),
    },
    3: {
        "work left, %": Guess(
            answer=_WORK_LEFT,
            hint="The work grows with the number of pixels; and only half of the epochs are small.",
            mistakes=(
                (56.25, "That is a small epoch; the other half of them is as before."),
                (75, "That is the side; count pixels, and only half of the epochs are small."),
                (87.5, "The work goes with the square of the side."),
                (_WORK_LEFT / 100, "Give per cent."),
            ),
            accepted=(77, 79),
        ),
    },
    4: {
        "steps": Guess(
            answer=_HALF_LIFE,
            hint="After n steps (1 − 0.0005)ⁿ of the weight is left.",
            mistakes=(
                (1_000, "Each step takes a share of what is left, not of the beginning."),
                (2_000, "That is 1/0.0005, where about a third is left."),
                (log(2) / 0.005, "The decay is multiplied by the rate, 0.1."),
            ),
            accepted=(1_380, 1_392),
        ),
    },
}
