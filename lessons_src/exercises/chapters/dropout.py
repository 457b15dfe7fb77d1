"""Exercises and predictions: dropout."""

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _paper(value, kept, p, training):
    return value * kept if training else value * p


def _keras(value, kept, p, training):
    return value * kept / p if training else value


def _scaled_twice(value, kept, p, training):
    return value * kept / p if training else value * p


def _never_scaled(value, kept, p, training):
    return value * kept if training else value


def _p_as_rate(value, kept, p, training):
    return value * kept if training else value * (1 - p)


def _always_dropped(value, kept, p, training):
    return value * kept


EXERCISES = {
    1: Exercise(
        answer=0.6,
        hint="What share of the values passes both layers?",
        mistakes=(
            (0.7, "Rates do not add up: the second layer halves only what the first has kept."),
            (0.1, "That is the chance that both masks drop a value; one of them is enough."),
            (0.4, "That is the share that passes both; the rate is the share that is dropped."),
            (0.35, "That is the mean of the rates; one layer more can only drop more values."),
            (0.5, "The second layer alone does that; the first has dropped values already."),
        ),
    ),
    2: Exercise(
        answer=(100, 25),
        hint="Which two formulas of *Mean and variance* hold, with w = x = 1?",
        mistakes=(
            ((80, 16), "That is the number of kept values; each of them counts 1.25."),
            ((80, 25), "The variance is right; the scaling keeps the mean at the full sum."),
            ((100, 16), "Scaling by 1.25 multiplies the variance by 1.25², too."),
            ((100, 20), "The factor is squared: 16 · 1.25², not 16 · 1.25."),
            ((100, 5), "5 is the standard deviation; the variance is its square."),
        ),
    ),
    3: Exercise(
        answer=_paper,
        hint="Try value 3 with p = 0.8: what comes out in training, kept and dropped? Then what "
        "at inference?",
        mistakes=(
            (_keras, "That is how Keras does it. The paper does not scale in training."),
            (_scaled_twice, "You scale twice: by 1/p in training, and again by p at inference."),
            (
                _never_scaled,
                "At inference every value arrives: multiply it by p, so that the mean agrees.",
            ),
            (_p_as_rate, "In the paper p is the probability of being kept, not of being dropped."),
            (_always_dropped, "At inference nothing is dropped; there the mask plays no part."),
        ),
        cases=tuple(
            (value, kept, p, training)
            for value in (3.0, -1.5)
            for kept in (True, False)
            for p in (0.8, 0.5)
            for training in (True, False)
        ),
    ),
    4: Exercise(
        answer=0.5,
        hint="At inference, what does the next layer receive in the one network and in the other?",
        mistakes=(
            (2, "Keras' outputs are already twice the paper's: the factor must undo that."),
            (
                1,
                "At inference Keras passes the whole output on, the paper half of it: they differ.",
            ),
            (0.25, "Once is enough: each kernel follows one dropout layer."),
        ),
    ),
}

PREDICTIONS = {
    1: {
        "smallest value in training": Guess(
            answer=0,
            hint="What becomes of a value that is dropped?",
            mistakes=(
                (0.5, "A value is dropped as a whole, or kept."),
                (1, "Each value has an even chance to be dropped."),
            ),
        ),
        "largest value in training": Guess(
            answer=1 / (1 - 0.5),
            hint="The mean is to stay as it was, although half of the values are dropped.",
            mistakes=(
                (1, "Then the mean would fall to a half in training. Keras keeps it."),
                (1.5, "The kept values make up for as many dropped ones."),
                (0.5, "The kept values are multiplied by more than 1 in training."),
            ),
        ),
        "each value at inference": Guess(
            answer=1,
            hint="In training the layer already took care of the mean.",
            mistakes=(
                (0.5, "That is the paper's way; Keras scales in training instead."),
                (2, "At inference nothing is dropped, so nothing needs to be made up for."),
                (0, "At inference nothing is dropped."),
            ),
        ),
    },
    2: {
        "zeros": Guess(
            answer=round(0.2 * 1_000),
            hint="Each value is dropped with a probability of 0.2.",
            mistakes=(
                (800, "The rate is the share that is dropped, not the share that is kept."),
                (20, "Two in ten, of a thousand."),
            ),
        ),
        "each of the others": Guess(
            answer=1 / (1 - 0.2),
            hint="The kept values are scaled so that the mean stays.",
            mistakes=(
                (1.2, "Dividing by 1 − 0.2 is not the same as adding 0.2."),
                (1, "Then the mean would fall to 0.8."),
                (5, "Divide by the share that is kept, not by the rate."),
                (0.8, "The kept values become larger, not smaller."),
            ),
        ),
        "mean": Guess(
            answer=1,
            hint="Add up what you expect: zeros, and the scaled values.",
            mistakes=(
                (0.8, "The kept values are scaled."),
                (1.25, "Some of the values are zero."),
            ),
        ),
    },
    3: {
        "parameters": Guess(
            answer=0,
            hint="What in this layer could be learned?",
            mistakes=(
                (1, "The rate is chosen by you, not learned."),
                (1_000, "The mask is drawn anew at each step, not learned."),
            ),
        ),
    },
    4: {
        "share kept, %": Guess(
            answer=round(100 * (1 - 0.8)),
            hint="Is the argument of `Dropout` the share that stays, or the share that goes?",
            mistakes=(
                (80, "`Dropout` takes the probability of being dropped."),
                (0.2, "Give per cent."),
            ),
        ),
        "factor": Guess(
            answer=1 / (1 - 0.8),
            hint="One divided by the share that is kept.",
            mistakes=(
                (1.25, "That would be right if 80 % were kept."),
                (0.2, "The kept values become larger: divide by that share."),
                (0.8, "The kept values become larger, not smaller."),
            ),
        ),
    },
}
