"""Exercises of chapter 12, VGG16."""

from lessons_src.exercises.exercise import Exercise


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
    "12/1": Exercise(
        answer=2_359_808,
        hint="512 kernels, each 3 × 3 × 512 and with one bias.",
        mistakes=(
            (2_359_296, "The weights are right; each of the 512 kernels has a bias, too."),
            (1_180_160, "That is the first convolution of the group, which reads 256 channels."),
            (2_361_856, "Leave the batch normalization out."),
            (5_120, "A kernel is as deep as its input: 3 × 3 × 512, not 3 × 3."),
        ),
    ),
    "12/2": Exercise(
        answer=5,
        hint="The first sees 3 pixels; each further one adds 2.",
        mistakes=(
            (4, "Four see 1 + 2 · 4 = 9 pixels."),
            (6, "Six see 13 pixels, two more than needed."),
            (3, "Three see 7: each adds two pixels, not four."),
            (10, "Each adds two pixels, one on either side, not one."),
        ),
    ),
    "12/3": Exercise(
        answer=_stack_ratio,
        hint="How many 3×3 layers reach the field? Each has 9 C² weights.",
        mistakes=(
            (_one_layer, "The stack has more than one layer: (field − 1) / 2."),
            (_as_many_as_pixels, "Kernels in a stack overlap: each adds 2 pixels, not 3."),
            (_upside_down, "The other way round: the stack's weights over the large kernel's."),
            (_one_layer_too_many, "(field − 1) / 2 layers: a field of 3 takes one."),
        ),
        cases=((3,), (5,), (7,), (11,)),
    ),
    "12/4": Exercise(
        answer=102_764_544 / 138_357_544,
        hint="It reads 7 · 7 · 512 numbers and has 4,096 units; divide by 138,357,544.",
        mistakes=(
            (123_642_856 / 138_357_544, "That is the share of all three dense layers."),
            (100 * 102_764_544 / 138_357_544, "Right, in per cent; the answer is a fraction of 1."),
            (102_764_544 / 123_642_856, "Divide by all parameters, not by the dense ones."),
            (2_101_248 / 138_357_544, "The last feature map has 7 × 7 pixels, not one."),
        ),
    ),
    "12/5": Exercise(
        answer=9_947_210,
        hint="Remove one convolution of 256 and two of 512 channels, with their normalization.",
        mistakes=(
            (9_952_330, "Batch normalization goes with its convolution: 4 numbers per channel."),
            (9_948_490, "Each of the convolutions has one bias per filter, too."),
            (12_309_066, "Groups 4 and 5 both lose a convolution of 512 channels."),
            (15_262_026, "That is VGG16 itself, with three convolutions in groups 3 to 5."),
        ),
    ),
}
