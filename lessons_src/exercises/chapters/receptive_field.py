"""Exercises and predictions: receptive field."""

from lessons_src.arithmetic import Window, receptive_field
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _field(chain):
    size, jump = 1, 1
    for kernel, stride in chain:
        size += (kernel - 1) * jump
        jump *= stride
    return size


def _own_stride(chain):
    size, jump = 1, 1
    for kernel, stride in chain:
        jump *= stride
        size += (kernel - 1) * jump
    return size


def _whole_kernels(chain):
    size, jump = 0, 1
    for kernel, stride in chain:
        size += kernel * jump
        jump *= stride
    return size


def _no_strides(chain):
    return 1 + sum(kernel - 1 for kernel, _ in chain)


def _last_stride_alone(chain):
    size, jump = 1, 1
    for kernel, stride in chain:
        size += (kernel - 1) * jump
        jump = stride
    return size


EXERCISES = {
    1: Exercise(
        answer=9,
        hint="How far does each further layer reach beyond the one before it, on both sides?",
        mistakes=(
            (12, "That is the sum of the kernels. A layer adds k − 1 pixels, not k."),
            (8, "That is what the layers add. Before any layer a unit sees one pixel."),
            (81, "That is the area; the question is the side."),
            (7, "That is three layers."),
        ),
    ),
    2: Exercise(
        answer=(19, 4),
        hint="Write size and jump after each of the three layers; each uses the jump before it.",
        mistakes=(
            ((11, 4), "That is after the pooling, or the last kernel's jump of 4 was left out."),
            ((29, 4), "A layer's size grows with the jump before it, not with its own stride."),
            ((15, 4), "The pooling has a stride, too: the last kernel's taps are 4 pixels apart."),
            ((11, 1), "That is without strides: after a stride the taps are further apart."),
            ((4, 19), "Give the size first, then the jump."),
            ((19, 1), "The size is right. The jump is the product of all strides so far."),
            ((19, 2), "The size is right. The jump is the product of all strides so far."),
        ),
    ),
    3: Exercise(
        answer=_field,
        hint="Keep two numbers, size and jump, both 1 at first, and go through the layers.",
        mistakes=(
            (_own_stride, "You multiply the jump too early: a stride counts for later layers."),
            (_whole_kernels, "A kernel of k taps adds k − 1 jumps, and the start is one pixel."),
            (_no_strides, "You leave the strides out: after a stride the taps are further apart."),
            (
                _last_stride_alone,
                "The jump is the product of all earlier strides, not the last one.",
            ),
        ),
        cases=(
            ([(3, 1), (3, 1)],),
            ([(5, 1), (2, 2), (5, 1), (2, 2)],),
            ([(3, 2), (3, 2), (3, 1)],),
            ([(1, 2), (5, 1)],),
            ([],),
        ),
    ),
    4: Exercise(
        answer=15.5,
        hint="Find the first and the last pixel that unit 2 sees, and take the middle of the two.",
        mistakes=(
            (16, "Sixteen pixels have no middle pixel: the middle lies between two of them."),
            (8, "That is the first pixel that unit 2 sees."),
            (23, "That is the last pixel that unit 2 sees."),
            (24, "A field of size 16 ends 15 pixels after its first pixel."),
            (7.5, "That is where unit 0 looks."),
            (11.5, "That is where unit 1 looks: units are counted from 0."),
        ),
    ),
    5: Exercise(
        answer=31,
        hint="How many pixels lie from the first to the last tap of each kernel? The stride is 1 "
        "everywhere.",
        mistakes=(
            (9, "That is without dilation: dilated taps stand further apart."),
            (30, "That is what the layers add. Before any layer a unit sees one pixel."),
            (17, "That is the span of the last kernel alone."),
            (15, "That is the sum of the dilations: a kernel of three has two gaps."),
            (151, "A dilation is no stride: it does not widen the fields of later layers."),
            (32, "Two gaps per kernel and one pixel make an odd number."),
        ),
    ),
}

_POOLED = [Window(3), Window(2, stride=2), Window(3)]

PREDICTIONS = {
    1: {
        "after two layers": Guess(
            answer=receptive_field(2 * [Window(3)]).size,
            hint="One unit of the second map reads three of the first. Which pixels do these read?",
            mistakes=(
                (6, "Neighbouring windows share pixels; count each pixel once."),
                (9, "Neighbouring windows overlap: three of them span fewer than nine pixels."),
                (25, "That is the whole square; the question asks for one axis."),
                (3, "That is one layer."),
            ),
        ),
        "after five layers": Guess(
            answer=receptive_field(5 * [Window(3)]).size,
            hint="By how many pixels did the second layer widen the field of the first?",
            mistakes=(
                (15, "Neighbouring windows overlap: only the first layer brings three pixels."),
                (10, "Each layer adds two, and there is one pixel to begin with."),
                (13, "That is six layers."),
                (121, "That is the whole square; the question asks for one axis."),
                (3**5, "The windows of neighbours overlap, so the field does not triple."),
            ),
        ),
    },
    2: {
        "after the convolution": Guess(
            answer=receptive_field(_POOLED[:1]).size,
            hint="The unit reads one window of the image.",
            mistakes=((9, "That is the whole window; the question asks for one axis."),),
        ),
        "after the pooling": Guess(
            answer=receptive_field(_POOLED[:2]).size,
            hint="The unit reads two neighbours, and each of them sees the window before it.",
            mistakes=(
                (6, "The windows of the two neighbours overlap."),
                (5, "The stride matters to the next layer, not to this one."),
                (2, "That counts units of the map before; the question asks for pixels."),
            ),
        ),
        "after the second convolution": Guess(
            answer=receptive_field(_POOLED).size,
            hint="The unit reads three neighbours. How many pixels apart do neighbours stand after "
            "the pooling?",
            mistakes=(
                (6, "After the pooling neighbours stand two pixels apart, not one."),
                (12, "The fields of the three neighbours overlap."),
                (7, "The field before the last kernel is 4 pixels long, not 3."),
            ),
        ),
    },
    3: {
        "pixels apart": Guess(
            answer=receptive_field(3 * [Window(3, stride=2)]).jump,
            hint="Neighbours of the first map begin two pixels apart. And those of the second?",
            mistakes=(
                (
                    6,
                    "Strides do not add up: each one doubles the distance so far.",
                ),
                (2, "That is the first map; each further stride doubles the distance."),
                (4, "That is the second map."),
                (3, "That is the number of layers."),
            ),
        ),
    },
    4: {
        "the whole picture": Guess(
            answer="no",
            mistakes=(
                (
                    "yes",
                    "Follow the field through 5×5, 2×2 with stride 2, 5×5 and 2×2 with stride 2.",
                ),
            ),
            choices=("yes", "no"),
        ),
    },
}
