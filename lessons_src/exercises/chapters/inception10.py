"""Exercises and predictions: Inception10."""

from lessons_src.arithmetic import Window, conv_output_size, conv_params, receptive_field
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _unit_macs(side, channels, filters, stride):
    return (-(-side // stride)) ** 2 * (4 * channels * filters + 34 * filters**2)


def _before_the_stride(side, channels, filters, _):
    return _unit_macs(side, channels, filters, 1)


def _rounded_down(side, channels, filters, stride):
    return _unit_macs(side // stride, channels, filters, 1)


def _weights(_, channels, filters, __):
    return _unit_macs(1, channels, filters, 1)


def _nothing_reduced(side, channels, filters, stride):
    return (-(-side // stride)) ** 2 * (4 + 34) * channels * filters


def _one(side, channels, filters, stride):
    return (-(-side // stride)) ** 2 * channels * filters


def _three_ones(side, channels, filters, stride):
    return _unit_macs(side, channels, filters, stride) - _one(side, channels, filters, stride)


EXERCISES = {
    1: Exercise(
        answer=64 + 128 + 32 + 192,
        hint="Which layers' outputs are concatenated? And what does a pooling do to channels?",
        mistakes=(
            (64 + 128 + 32, "The pooling branch is concatenated, too."),
            (
                64 + 96 + 128 + 16 + 32 + 192,
                "The 1×1 before a large kernel are not concatenated.",
            ),
            (192, "That is what goes in; the branches add their own channels."),
            (64 + 128 + 32 + 32, "That is with a 1×1 of 32 filters after pooling; here is none."),
        ),
    ),
    2: Exercise(
        answer=_unit_macs,
        hint="A unit has six convolutions. How many weights does each have without its bias, and "
        "at how many pixels is each weight used?",
        mistakes=(
            (_before_the_stride, "The four 1×1 have the stride: after them the map is smaller."),
            (_rounded_down, "The side after the stride is ⌈side/stride⌉, rounded up."),
            (_weights, "Those are the weights; each is used at every pixel of the output."),
            (_nothing_reduced, "The 3×3 and 5×5 read the output of their 1×1: `filters` channels."),
            (_three_ones, "There are four 1×1: the pooling branch has one, too."),
        ),
        cases=((32, 16, 16, 2), (16, 64, 16, 1), (16, 64, 32, 2), (8, 128, 32, 1), (15, 8, 4, 2)),
    ),
    3: Exercise(
        answer=18,
        hint="Write down when the first number is the larger one. What can you divide by?",
        mistakes=(
            (17, "At 17 both are equal; the saving begins one above."),
            (16, "At 16 nothing is reduced, and the 1×1 only add weights."),
            (32, "Half as many channels is not needed: solve 34 · C > 2 · C + 34 · 16."),
            (544, "Divide by 34 − 2 as well."),
        ),
    ),
}

_ONE, _FIVE = conv_params(1, 16, 16), conv_params(5, 16, 16)
_BRANCH = _ONE + 4 * 16 + _FIVE + 4 * 16

PREDICTIONS = {
    1: {
        "side": Guess(
            answer=conv_output_size(32, kernel=1, stride=2, padding="same"),
            hint="How often does a branch take a step of two pixels?",
            mistakes=(
                (32, "The stride is 2."),
                (8, "Each branch has the stride once."),
                (15, "All layers pad: ⌈32/2⌉ windows."),
            ),
        ),
        "channels of a branch": Guess(
            answer=16,
            hint="How many filters does a branch end with?",
            mistakes=((64, "That is the unit; a branch has 16 filters."),),
        ),
        "channels of the unit": Guess(
            answer=4 * 16,
            hint="Four branches are laid one after the other on the channels.",
            mistakes=(
                (16, "Branches are concatenated, not added."),
                (48, "The branch with the pooling ends with a 1×1 convolution, too."),
                (80, "The input is no branch of its own."),
            ),
        ),
    },
    2: {
        "parameters": Guess(
            answer=_BRANCH,
            hint="Two convolutions with their biases, each with a normalization.",
            mistakes=(
                (_BRANCH - 2 * 4 * 16, "Each convolution is followed by a normalization."),
                (_BRANCH - 2 * 16, "Every convolution has a bias here."),
                (_FIVE + 4 * 16, "That is the 5×5; the 1×1 before it counts, too."),
                (
                    _BRANCH - 4 * 16,
                    "There are two normalizations, and running mean and variance count, too.",
                ),
            ),
        ),
    },
    3: {
        "pixels": Guess(
            answer=receptive_field([Window(3), Window(1, stride=2), Window(5)]).size,
            hint="How many pixels apart do neighbours stand after the 1×1 with its stride?",
            mistakes=(
                (7, "After the stride neighbours stand two pixels apart."),
                (13, "Five taps have four gaps."),
                (10, "The stem sees 3 pixels, and the 1×1 adds none."),
                (5, "That counts positions on the map before; the question asks for pixels."),
            ),
        ),
    },
}
