"""Exercises and predictions: past 90 %."""

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
        answer=0.005,
        hint="Coupled decay goes through the momentum, which adds it up 1/(1 − 0.9) times.",
        mistakes=(
            (0.0005, "That decays ten times too little: Keras applies it outside the momentum."),
            (0.00005, "The other way round: what skips the momentum must be larger, not smaller."),
            (0.00045, "Multiply by 1/(1 − 0.9), not by 0.9."),
            (0.00055, "The momentum adds up many steps: 1 + 0.9 + 0.81 + … = 10."),
        ),
    ),
    2: Exercise(
        answer=_rate,
        hint="Up from 0 at step 0 to the peak at step `warmup`, then down to 0 at step `steps`.",
        mistakes=(
            (_whole_run, "The rate falls from `warmup` on: over steps − warmup steps."),
            (_no_warmup, "Before `warmup` the rate rises."),
            (_stays, "After `warmup` the rate falls."),
            (_from_zero, "After `warmup` the rate falls from the peak; yours rises from 0."),
        ),
        cases=((0, 1.0, 10, 100), (5, 1.0, 10, 100), (10, 0.4, 10, 100), (55, 0.4, 10, 100)),
    ),
    3: Exercise(
        answer=0.82,
        hint="(1 − 0.2) for the right class, and its share of the 0.2 that is spread over all ten.",
        mistakes=(
            (0.8, "The 0.2 is spread over all ten classes, the right one included."),
            (0.02, "That is the target of a wrong class."),
            (0.98, "0.8 stays on the right class, which also gets a tenth of 0.2."),
        ),
    ),
    4: Exercise(
        answer=(3 * (24 / 32) ** 2 + 4) / 7,
        hint="A convolution's work grows with the area: (24/32)² in the small epochs.",
        mistakes=(
            ((3 * 24 / 32 + 4) / 7, "Work grows with the area, so square the 24/32."),
            ((24 / 32) ** 2, "Only three of the seven epochs are small."),
            (1 - (3 * (24 / 32) ** 2 + 4) / 7, "That is what is saved; what is left?"),
            ((4 * (24 / 32) ** 2 + 3) / 7, "Three epochs are small and four are full."),
        ),
    ),
    5: Exercise(
        answer=0.09,
        hint="Each bin's |accuracy − confidence|, weighted by its share of the answers.",
        mistakes=(
            (0.1125, "Weight the bins by their answers: 80 and 20 of 100."),
            (-0.03, "Take the distance in each bin; signs must not cancel."),
            (0.03, "Take the distance in each bin before you add; signs must not cancel."),
            (0.225, "Weight each bin's distance by its share of the answers before you add."),
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
