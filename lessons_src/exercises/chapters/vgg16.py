"""Exercises and predictions: VGG16."""

from lessons_src.arithmetic import conv_macs, conv_output_size, conv_params, dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _stack_ratio(field):
    return 9 * (field - 1) / 2 / field**2


def _one_layer(field):
    return 9 / field**2


def _as_many_as_pixels(field):
    return 9 * field / 3 / field**2


def _upside_down(field):
    return 1 / _stack_ratio(field)


def _one_layer_too_many(field):
    return 9 * (field + 1) / 2 / field**2


EXERCISES = {
    1: Exercise(
        answer=6_554_112,
        hint="First count one kernel, which reaches through all channels; what else comes with it?",
        mistakes=(
            (6_553_600, "The weights are right; each of the 512 kernels has a bias, too."),
            (3_277_312, "The first convolution of the group reads 256 channels, the second 512."),
            (6_556_160, "Leave the batch normalization out."),
            (13_312, "A kernel is as deep as its input: 5 × 5 × 512, not 5 × 5."),
            (2_359_808, "That is with kernels of 3×3, as the table has it."),
        ),
    ),
    2: Exercise(
        answer=5,
        hint="By how many pixels does one more 3×3 convolution widen the field?",
        mistakes=(
            (4, "Four see 1 + 2 · 4 = 9 pixels."),
            (6, "Six see 13 pixels, two more than needed."),
            (3, "Three see 7: each adds two pixels, not four."),
            (10, "Each adds two pixels, one on either side, not one."),
        ),
    ),
    3: Exercise(
        answer=_stack_ratio,
        hint="First find how many layers reach the field; C² is in both counts.",
        mistakes=(
            (_one_layer, "The stack has more than one layer: (field − 1) / 2."),
            (_as_many_as_pixels, "Kernels in a stack overlap: each adds 2 pixels, not 3."),
            (_upside_down, "The other way round: the stack's weights over the large kernel's."),
            (_one_layer_too_many, "(field − 1) / 2 layers: a field of 3 takes one."),
        ),
        cases=((3,), (5,), (7,), (11,)),
    ),
    4: Exercise(
        answer=102_764_544 / 138_357_544,
        hint="*The network of 2014* says how many numbers it reads; the share is of all layers.",
        mistakes=(
            (123_642_856 / 138_357_544, "That is the share of all three dense layers."),
            (100 * 102_764_544 / 138_357_544, "Right, in per cent; the answer is a fraction of 1."),
            (102_764_544 / 123_642_856, "Divide by all parameters, not by the dense ones."),
            (2_101_248 / 138_357_544, "The last feature map has 7 × 7 pixels, not one."),
        ),
    ),
    5: Exercise(
        answer=9_947_210,
        hint="Which groups lose a convolution, and what goes with each that is removed?",
        mistakes=(
            (9_952_330, "Batch normalization goes with its convolution: 4 numbers per channel."),
            (9_948_490, "Each of the convolutions has one bias per filter, too."),
            (12_309_066, "Groups 4 and 5 both lose a convolution of 512 channels."),
            (15_262_026, "That is VGG16 itself, with three convolutions in groups 3 to 5."),
        ),
    ),
}

_DENSE = dense_params(512, 512) + dense_params(512, 512) + dense_params(512, 10)
_GROUPS = ((2, 3, 64), (2, 64, 128), (3, 128, 256), (3, 256, 512), (3, 512, 512))
_CONVS = [
    (channels if place == 0 else filters, filters)
    for count, channels, filters in _GROUPS
    for place in range(count)
]
_TOTAL = _DENSE + sum(conv_params(3, *conv) + 4 * conv[1] for conv in _CONVS)
_WEIGHTS = conv_params(3, in_channels=128, filters=256, bias=False)

PREDICTIONS = {
    1: {
        "side": Guess(
            answer=conv_output_size(8, kernel=3, padding="same"),
            hint="The padding is chosen so that the side stays at stride 1.",
            mistakes=((6, "That is without padding."), (4, "The pooling comes later.")),
        ),
        "channels": Guess(
            answer=256,
            hint="How many kernels are there?",
            mistakes=((128, "Those are the channels that it reads."),),
        ),
    },
    2: {
        "parameters": Guess(
            answer=conv_params(3, in_channels=128, filters=256),
            hint="Count one kernel with its bias first; it reads all 128 channels.",
            mistakes=(
                (_WEIGHTS, "The weights are right; each kernel has a bias, too."),
                (_WEIGHTS + 128, "There is a bias for each kernel, not for each input channel."),
                (conv_params(3, 1, 256), "Each kernel reads 128 channels."),
            ),
        ),
    },
    3: {
        "multiply-adds": Guess(
            answer=conv_macs(8, kernel=3, in_channels=128, filters=256, padding="same"),
            hint="How often is each weight used?",
            mistakes=(
                (6 * 6 * _WEIGHTS, "With padding there are 8×8 output pixels."),
                (8 * 8 * (_WEIGHTS + 256), "Biases are added, not multiplied."),
                (8 * 8 * 9 * 256, "Each kernel reads 128 channels."),
                (_WEIGHTS, "Those are the weights; each is used at every output pixel."),
            ),
        ),
    },
    4: {
        "group 3, parameters": Guess(
            answer=conv_params(3, in_channels=256, filters=256),
            hint="The second convolution reads what the first one gives.",
            mistakes=(
                (conv_params(3, 128, 256), "The second convolution reads 256 channels."),
                (2 * _WEIGHTS, "The weights are right; each kernel has a bias, too."),
            ),
        ),
        "group 3, multiply-adds": Guess(
            answer=conv_macs(8, kernel=3, in_channels=256, filters=256, padding="same"),
            hint="As for the first convolution, with the channels that this one reads.",
            mistakes=((8 * 8 * _WEIGHTS, "The second convolution reads 256 channels."),),
        ),
        "group 2, parameters": Guess(
            answer=conv_params(3, in_channels=128, filters=128),
            hint="It reads 128 channels and has 128 kernels.",
            mistakes=(
                (conv_params(3, 64, 128), "It is the second of its group: it reads 128 channels."),
                (_WEIGHTS // 2, "The weights are right; each kernel has a bias, too."),
            ),
        ),
        "group 2, multiply-adds": Guess(
            answer=conv_macs(16, kernel=3, in_channels=128, filters=128, padding="same"),
            hint="The map has 16×16 pixels here.",
            mistakes=((8 * 8 * _WEIGHTS // 2, "Before the pooling the map has 16×16 pixels."),),
        ),
    },
    5: {
        "share of the dense layers, %": Guess(
            answer=100 * _DENSE / _TOTAL,
            hint="After five poolings one pixel of 512 channels is left for the dense layers.",
            mistakes=(
                (_DENSE / _TOTAL, "Give per cent."),
                (100 - 100 * _DENSE / _TOTAL, "That is the share of all other layers."),
            ),
            accepted=(1, 8),
        ),
    },
}
