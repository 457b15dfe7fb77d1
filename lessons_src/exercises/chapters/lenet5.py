"""Exercises and predictions: LeNet5."""

from lessons_src.arithmetic import conv_macs, conv_output_size, conv_params, dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess

EXERCISES = {
    1: Exercise(
        answer=47_030,
        hint="A kernel counts twice: by its weights, and by the side of the map it leaves.",
        mistakes=(
            (64_310, "`conv2` is right. But what does `dense1` read now?"),
            (44_726, "`dense1` is right. But `conv2` has larger kernels, too."),
            (4_720, "That is `conv2` alone."),
            (33_590, "The maps of `conv2` have a side of 14 − 7 + 1."),
        ),
    ),
    2: Exercise(
        answer=19,
        hint="Each layer adds (kernel − 1) × jump; a stride of 2 doubles the jump after it.",
        mistakes=(
            (16, "That is with windows of 2×2."),
            (15, "That is the field of `conv2`; `pool2` has one, too."),
            (13, "Strides spread the taps of later layers: mind the jump."),
            (23, "`pool2` grows the field by the jump before its own stride."),
        ),
    ),
    3: Exercise(
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
    5: {
        "product of four slopes": Guess(
            answer=0.25**4,
            hint="Each slope multiplies what the ones before it have left.",
            mistakes=(
                (0.25, "That is one sigmoid; the gradient passes four."),
                (1.0, "Slopes multiply, they do not add up."),
                (
                    0.25**3,
                    "That is three; it passes those of `dense2`, `dense1`, `conv2`, `conv1`.",
                ),
                (0.25**5, "The last layer has a softmax; the sigmoids are four."),
            ),
        ),
    },
}
