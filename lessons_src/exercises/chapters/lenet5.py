"""Exercises and predictions: LeNet5."""

from lessons_src.arithmetic import conv_macs, conv_output_size, conv_params, dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess

EXERCISES = {
    1: Exercise(
        answer=2_416,
        hint="Each of the 16 kernels is 5 × 5 × 6, and each has one bias.",
        mistakes=(
            (2_400, "The weights are right; each of the 16 kernels has a bias, too."),
            (416, "A kernel is as deep as its input: 5 × 5 × 6, not 5 × 5."),
            (
                1_516,
                "That is the network of 1998, whose kernels read only some of the six channels.",
            ),
        ),
    ),
    2: Exercise(
        answer=16,
        hint="Each layer adds (kernel − 1) × jump; a stride of 2 doubles the jump after it.",
        mistakes=(
            (14, "That is the field of `conv2`; `pool2` adds (2 − 1) × 2 pixels."),
            (10, "The second convolution's taps are 2 input pixels apart, not 1."),
            (11, "Strides spread the taps of later layers: mind the jump."),
            (20, "The field of `pool2` grows by its jump before its own stride: 2, not 4 or more."),
        ),
    ),
    3: Exercise(
        answer=352_800,
        hint="Output pixels × weights of a kernel × kernels: 28 · 28 · 75 · 6.",
        mistakes=(
            (117_600, "The kernels span three colour channels: 5 · 5 · 3 products, not 5 · 5."),
            (460_800, "That is 32 · 32 output pixels; without padding there are 28 · 28."),
            (357_504, "Biases are added, not multiplied: they are no multiply-adds."),
            (58_800, "That is one kernel's work; there are six."),
        ),
    ),
    4: Exercise(
        answer=59_134 / 62_006,
        hint="Add the parameters of the three dense layers and divide by 62,006.",
        mistakes=(
            (48_120 / 62_006, "That is `dense1` alone; there are three dense layers."),
            (100 * 59_134 / 62_006, "Right, in per cent; the answer is a fraction of 1."),
            (2_872 / 62_006, "That is the share of the convolutions."),
        ),
    ),
    5: Exercise(
        answer=16,
        hint="Go backwards: `pool2` needs one pixel, so `conv2` must leave two, …",
        mistakes=(
            (14, "With 14 pixels `conv2` leaves one, and a 2 × 2 pool needs two."),
            (12, "12 is what `conv1` must leave; it takes off four pixels itself."),
            (15, "With 15 pixels `conv1` leaves 11, `pool1` 5 and `conv2` 1: too few to pool."),
            (32, "32 pixels work, but fewer do, too."),
        ),
    ),
}

_CONVS = ((32, 5, 3, 6), (14, 5, 6, 16))
_DENSE = ((400, 120), (120, 84), (84, 10))
_PARAMS = [conv_params(*conv[1:]) for conv in _CONVS]
_MACS = [conv_macs(*conv) for conv in _CONVS]
_ALL_PARAMS = sum(_PARAMS) + sum(dense_params(*sizes) for sizes in _DENSE)
_ALL_MACS = sum(_MACS) + sum(inputs * units for inputs, units in _DENSE)
_SHARE_OF_PARAMS = 100 * sum(_PARAMS) / _ALL_PARAMS
_SHARE_OF_MACS = 100 * sum(_MACS) / _ALL_MACS

PREDICTIONS = {
    1: {
        "side": Guess(
            answer=conv_output_size(14, kernel=5),
            hint="Nothing is padded: how many windows of 5 fit along 14 pixels?",
            mistakes=(
                (14, "That takes padding."),
                (9, "Count windows, not steps."),
                (5, "That is after the pooling."),
            ),
        ),
        "channels": Guess(
            answer=16,
            hint="How many kernels are there?",
            mistakes=((6, "Those are the channels that it reads."),),
        ),
    },
    2: {
        "parameters": Guess(
            answer=_PARAMS[1],
            hint="Count one kernel with its bias first; it reads all six channels.",
            mistakes=(
                (16 * 5 * 5 * 6, "The weights are right; each kernel has a bias, too."),
                (16 * (5 * 5 + 1), "Each kernel reads six channels."),
                (16 * 5 * 5 * 6 + 6, "There is a bias for each kernel, not for each input."),
                (5 * 5 * 6 + 1, "That is one kernel with its bias; there are 16."),
            ),
        ),
    },
    3: {
        "multiply-adds": Guess(
            answer=_MACS[1],
            hint="How often is each weight used?",
            mistakes=(
                (100 * _PARAMS[1], "Biases are added, not multiplied."),
                (
                    14 * 14 * 2_400,
                    "Each weight is used once per output pixel, of which "
                    "there are fewer than 14×14.",
                ),
                (100 * 150, "That is one kernel's map; there are 16 kernels."),
                (100 * 16 * 25, "Each kernel reads six channels."),
                (2_400, "Those are the weights; each is used at every output pixel."),
            ),
        ),
    },
    4: {
        "share of the parameters, %": Guess(
            answer=_SHARE_OF_PARAMS,
            hint="The first dense layer alone has 400 · 120 weights.",
            mistakes=(
                (_SHARE_OF_PARAMS / 100, "Give per cent."),
                (100 - _SHARE_OF_PARAMS, "That is the share of the dense layers."),
            ),
            accepted=(2, 10),
        ),
        "share of the multiply-adds, %": Guess(
            answer=_SHARE_OF_MACS,
            hint="A dense layer uses each of its weights once, a convolution at each output pixel.",
            mistakes=(
                (_SHARE_OF_MACS / 100, "Give per cent."),
                (100 - _SHARE_OF_MACS, "That is the share of the dense layers."),
            ),
            accepted=(85, 97),
        ),
    },
}
