"""Exercises and predictions: small kernels."""

from lessons_src.arithmetic import conv_macs, conv_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _stack_share(n):
    return 9 * n / (2 * n + 1) ** 2


def _sum_of_kernels(n):
    return 9 * n / (3 * n) ** 2


def _one_pixel_per_layer(n):
    return 9 * n / (n + 2) ** 2


def _upside_down(n):
    return (2 * n + 1) ** 2 / (9 * n)


def _side_not_area(n):
    return 3 * n / (2 * n + 1)


EXERCISES = {
    1: Exercise(
        answer=27 / 49,
        hint="How many 3×3 layers see 7 pixels? Count both's weights for one pair of channels.",
        mistakes=(
            (18 / 49, "Two 3×3 layers see 5 pixels; 7 need one more."),
            (9 / 49, "That is one 3×3 layer, which sees 3 pixels."),
            (49 / 27, "That is the other way round: the 7×7 layer's weights over the stack's."),
            (22 / 49, "That is what is saved; the question is the stack's share."),
            (0.55, "Nearly: give three digits, or let Python divide."),
        ),
    ),
    2: Exercise(
        answer=6,
        hint="Write the weights of each of the three layers with C in them, and compare.",
        mistakes=(
            (5, "At 5 channels the two have 360 weights and the one 375: not more yet."),
            (16 / 3, "That is where they would be equal; channels are whole numbers."),
            (2, "The picture has 3 channels: the first kernel of either stack has 3 channels in."),
            (3, "That is as many out as in, where it is 18 · 9 against 25 · 9."),
        ),
    ),
    3: Exercise(
        answer=_stack_share,
        hint="Which side has the field after n layers? The large kernel has that side.",
        mistakes=(
            (_sum_of_kernels, "The field is smaller than the sum of the kernels: a layer adds 2."),
            (_one_pixel_per_layer, "A 3×3 layer widens the field by one pixel on each side."),
            (
                _upside_down,
                "That is the other way round: the one layer's weights over the stack's.",
            ),
            (_side_not_area, "Those are sides; a kernel has as many weights as its square."),
        ),
        cases=((1,), (2,), (3,), (5,), (10,)),
    ),
    4: Exercise(
        answer=13,
        hint="Write the side of each layer's output with x in it, and try one x after the other.",
        mistakes=(
            (12, "At 12 the three need 1,800 and the one 1,764: nearly."),
            (10, "At 10 two 3×3 layers need as many as one 5×5; here there are three layers."),
            (11, "At 11 two 3×3 layers need fewer than one 5×5; here there are three layers."),
            (7, "There the 7×7 just fits: one output, 49 multiply-adds. And the three layers?"),
            (14, "A side smaller by one is enough."),
        ),
    ),
}

_TWO_SMALL = conv_macs(8, 3, 1, 1) + conv_macs(6, 3, 1, 1)
_ONE_LARGE = conv_macs(8, 5, 1, 1)
_SHARE = 2 * conv_macs(8, 3, 1, 1, padding="same") / conv_macs(8, 5, 1, 1, padding="same")

PREDICTIONS = {
    1: {
        "two 3×3 layers": Guess(
            answer=_TWO_SMALL,
            hint="Outputs times nine, for each of the two layers. What sides do the maps have?",
            mistakes=(
                (18 * 8**2, "Without padding the outputs are fewer than the inputs."),
                (2 * 9 * 6**2, "The second layer reads a smaller map, so it has fewer outputs."),
                (18, "Those are the weights; each is used at every output."),
            ),
        ),
        "one 5×5 layer": Guess(
            answer=_ONE_LARGE,
            hint="Outputs times 25. What side does the output have without padding?",
            mistakes=(
                (25 * 8**2, "Without padding the outputs are fewer than the inputs."),
                (25, "Those are the weights; each is used at every output."),
            ),
        ),
    },
    2: {
        "per cent": Guess(
            answer=100 * _SHARE,
            hint="All three layers have as many outputs. What does one output cost in each layer?",
            mistakes=(
                (36, "That is one of the two 3×3 layers."),
                (0.72, "That is the share as a fraction; the question is per cent."),
                (60, "Count weights: a kernel has as many as its square."),
                (28, "That is what the two save; the question is what they need."),
                (117, "That is without padding on 8×8; now all maps have one size."),
            ),
        ),
    },
    3: {
        "three 3×3 layers": Guess(
            answer=3 * conv_params(3, 1, 1, bias=False),
            hint="How many weights has one kernel of 3×3?",
            mistakes=(
                (9, "That is one of the three layers."),
                (81, "The layers' weights add up; they do not multiply."),
                (30, "That is with biases."),
            ),
        ),
        "one 7×7 layer": Guess(
            answer=conv_params(7, 1, 1, bias=False),
            hint="A kernel has as many weights as its square.",
            mistakes=((14, "7 + 7 is no area."), (50, "That is with a bias.")),
        ),
    },
    4: {
        "any 5×5 kernel": Guess(
            answer="no",
            mistakes=(("yes", "How many numbers can be chosen in each of the two cases?"),),
            choices=("yes", "no"),
        ),
    },
}
