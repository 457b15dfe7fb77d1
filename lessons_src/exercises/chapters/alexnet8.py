"""Exercises and predictions: AlexNet8."""

from lessons_src.arithmetic import conv_macs, conv_output_size, conv_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _grouped_params(kernel, channels, filters, groups):
    return filters * (kernel**2 * channels // groups + 1)


def _one_group(kernel, channels, filters, groups):
    return filters * (kernel**2 * channels + 1)


def _without_biases(kernel, channels, filters, groups):
    return filters * kernel**2 * channels // groups


def _one_groups_filters(kernel, channels, filters, groups):
    return filters // groups * (kernel**2 * channels // groups + 1)


def _shared_biases(kernel, channels, filters, groups):
    return filters * (kernel**2 * channels + 1) // groups


EXERCISES = {
    1: Exercise(
        answer=663_936,
        hint="How deep is a kernel that reads one card? How many kernels do both cards have?",
        mistakes=(
            (1_327_488, "That is one group: each kernel would read all 384 channels."),
            (663_552, "The weights are right; each of the 384 kernels has a bias, too."),
            (331_968, "That is one group's share; there are two such halves."),
            (885_120, "That is the third convolution, which reads the 256 channels of both cards."),
        ),
    ),
    2: Exercise(
        answer=9_639_178 + 128 * (9 * 384 + 1) + 4 * 128 * 2048,
        hint="Two layers change: which one reads the map of the fifth convolution?",
        mistakes=(
            (
                9_639_178 + 128 * (9 * 384 + 1),
                "The first dense layer reads the new channels, too: 2 · 2 · 128 inputs more.",
            ),
            (
                9_639_178 + 128 * 9 * 384 + 4 * 128 * 2048,
                "Each of the 128 new kernels has a bias.",
            ),
            (
                9_639_178 + 128 * (9 * 384 + 1) + 128 * 2048,
                "The feature map has 2 × 2 pixels when it is flattened, not one.",
            ),
            (
                9_639_178 + 128 * (9 * 384 + 1) + 25 * 128 * 2048,
                "The last pooling comes before the dense layer: 2 × 2 pixels, not 5 × 5.",
            ),
        ),
    ),
    3: Exercise(
        answer=_grouped_params,
        hint="How many channels does one filter read? Do groups change how many filters there are?",
        mistakes=(
            (_one_group, "Divide the channels that a kernel reads by the groups."),
            (_without_biases, "Add a bias for each filter."),
            (_one_groups_filters, "Those are the filters of one group; count those of all groups."),
            (
                _shared_biases,
                "Groups divide the weights, not the biases: there is one bias per filter.",
            ),
        ),
        cases=((5, 96, 256, 2), (3, 384, 384, 2), (3, 64, 64, 4), (3, 8, 12, 1)),
    ),
    4: Exercise(
        answer=100 / 5**0.75,
        hint="Which channels are at most two away from channel 0? The channel itself counts, too.",
        mistakes=(
            (100 / 7**0.75, "That is a channel in the middle, with two neighbours on each side."),
            (100 / 4**0.75, "The channel itself is part of the sum: three squares."),
            (100 / 8**0.75, "n = 5 is the whole window: two neighbours on each side, not five."),
            (20.0, "Do not forget the exponent 0.75."),
            (100 / 3**0.75, "k = 2 is added to the sum."),
        ),
    ),
}

_WEIGHTS = conv_params(3, in_channels=96, filters=256, bias=False)
_LAYERS = (
    *(f"conv {number}" for number in range(1, 6)),
    *(f"dense {number}" for number in range(1, 4)),
)

PREDICTIONS = {
    1: {
        "side after the convolution": Guess(
            answer=conv_output_size(14, kernel=3),
            hint="Nothing is padded: how many windows of 3 fit along 14 pixels?",
            mistakes=(
                (14, "That takes padding."),
                (11, "Count windows, not steps."),
            ),
        ),
        "side after the pooling": Guess(
            answer=conv_output_size(conv_output_size(14, kernel=3), kernel=3, stride=2),
            hint="The left edge stands on columns 0, 2, 4, … Where is the last window that fits?",
            mistakes=(
                (6, "That is a 2×2 window, or padding; a sixth 3×3 window would stick out."),
                (4, "The stride is 2, and windows are counted, not steps."),
                (5.5, "A size is a whole number: half a window does not fit."),
            ),
        ),
        "channels": Guess(
            answer=256,
            hint="How many kernels are there? Does pooling change the channels?",
            mistakes=((96, "Those are the channels that the convolution reads."),),
        ),
    },
    2: {
        "of the convolution": Guess(
            answer=conv_params(3, in_channels=96, filters=256),
            hint="Count one kernel with its bias first; it reads all 96 channels.",
            mistakes=(
                (_WEIGHTS, "The weights are right; each kernel has a bias, too."),
                (conv_params(3, 1, 256), "Each kernel reads 96 channels."),
                (_WEIGHTS + 96, "There is a bias for each kernel, not for each input channel."),
            ),
        ),
        "of its normalization": Guess(
            answer=4 * 256,
            hint="4 numbers per channel; which channels are normalized?",
            mistakes=(
                (4 * 96, "It normalizes the channels that come out of the convolution."),
                (2 * 256, "The running mean and the running variance count, too."),
            ),
        ),
    },
    3: {
        "multiply-adds": Guess(
            answer=conv_macs(14, kernel=3, in_channels=96, filters=256),
            hint="How often is each weight used?",
            mistakes=(
                (14 * 14 * _WEIGHTS, "Each weight is used once per output pixel, not per input."),
                (12 * 12 * 9 * 256, "Each kernel reads 96 channels."),
                (12 * 12 * 9 * 96, "That is one kernel's map; there are 256 kernels."),
                (12 * 12 * (_WEIGHTS + 256), "Biases are added, not multiplied."),
            ),
        ),
    },
    4: {
        "most parameters": Guess(
            answer="dense 2",
            hint="A dense layer has a weight for each pair of an input and a unit. Which layer has "
            "the most pairs?",
            mistakes=(("dense 1", "It reads 2×2×256 values: fewer than 2,048."),),
            choices=_LAYERS,
        ),
        "most multiply-adds": Guess(
            answer="conv 4",
            hint="Multiply the output pixels by the weights of a kernel and by the kernels.",
            mistakes=(
                (
                    "conv 2",
                    "Close. It has more pixels, 12×12 instead of 5×5, but fewer channels.",
                ),
                ("dense 2", "Its weights are many, but each is used only once."),
            ),
            choices=_LAYERS,
        ),
    },
}
