"""Exercises and predictions: ResNet18."""

from lessons_src.arithmetic import conv_macs, conv_output_size, conv_params, dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _unit_macs(side, channels, filters, stride):
    pixels = (side // stride) ** 2
    projected = channels != filters or stride != 1
    return pixels * (9 * channels * filters + 9 * filters**2 + projected * channels * filters)


def _without_projection(side, channels, filters, stride):
    return (side // stride) ** 2 * (9 * channels * filters + 9 * filters**2)


def _always_projected(side, channels, filters, stride):
    return (side // stride) ** 2 * (10 * channels * filters + 9 * filters**2)


def _at_the_input_size(side, channels, filters, stride):
    return stride**2 * _unit_macs(side, channels, filters, stride)


def _stride_in_the_second(side, channels, filters, stride):
    first = side**2 * 9 * channels * filters
    projected = channels != filters or stride != 1
    rest = 9 * filters**2 + projected * channels * filters
    return first + (side // stride) ** 2 * rest


EXERCISES = {
    1: Exercise(
        answer=2 * 9 * 128**2 + 2 * 4 * 128,
        hint="Two 3×3 convolutions without bias, and two batch normalizations of 4 numbers "
        "per channel. The identity has no parameters.",
        mistakes=(
            (2 * 9 * 128**2, "Batch normalization has parameters, too: 4 per channel, twice."),
            (
                2 * 9 * 128**2 + 2 * 2 * 128,
                "Running mean and variance count as well: 4 per channel.",
            ),
            (9 * 128**2 + 4 * 128, "That is one convolution; the unit has two."),
            (2 * 9 * 128**2 + 2 * 5 * 128, "No convolution of this network has a bias."),
            (
                2 * 9 * 128**2 + 128**2 + 3 * 4 * 128,
                "The shape does not change, so nothing is projected.",
            ),
        ),
    ),
    2: Exercise(
        answer=128 * 256 + 4 * 256,
        hint="A 1×1 convolution from 128 to 256 channels without bias, and its batch "
        "normalization.",
        mistakes=(
            (128 * 256, "The projection has a batch normalization, too: 4 numbers per channel."),
            (128 * 256 + 256, "There is no bias; the normalization has 4 numbers per channel."),
            (9 * 128 * 256 + 4 * 256, "The projection's kernel is 1×1, not 3×3."),
            (128 * 256 + 2 * 256, "Running mean and variance count as well: 4 per channel."),
            (0, "That is the zero-padded shortcut; ResNet18 projects."),
        ),
    ),
    3: Exercise(
        answer=_unit_macs,
        hint="Output pixels, (side // stride)², times the weights of both 3×3 and of the "
        "projection, where there is one.",
        mistakes=(
            (_without_projection, "Where the shape changes, count the projection, too."),
            (_always_projected, "A unit that keeps its shape has no projection."),
            (
                _at_the_input_size,
                "The first convolution has the stride: both work on the smaller output.",
            ),
            (_stride_in_the_second, "The stride sits on the first convolution, not the second."),
        ),
        cases=((32, 64, 64, 1), (32, 64, 128, 2), (16, 128, 128, 1), (8, 256, 512, 2)),
    ),
    4: Exercise(
        answer=25,
        hint="Each 3×3 adds 2 · jump. The stride of stage 2's first convolution doubles the jump "
        "after it.",
        mistakes=(
            (21, "Do not forget the stem: the field begins at 3."),
            (23, "The stem, four convolutions of stage 1 and four of stage 2 are nine."),
            (27, "The strided convolution adds 2 · 1: its own stride counts only after it."),
            (19, "From the stride on, taps lie 2 input pixels apart."),
            (11, "That is the field after stage 1."),
        ),
    ),
    5: Exercise(
        answer=152,
        hint="Three layers per bottleneck unit, and two more: the stem and the last dense layer.",
        mistakes=(
            (150, "The stem and the dense layer have weights, too."),
            (102, "A bottleneck unit has three layers, not two."),
            (156, "Projections lie beside the longest path; they are not counted."),
            (50, "That is the number of units."),
        ),
    ),
}

_KERNELS = (
    conv_params(3, in_channels=64, filters=128, bias=False),
    conv_params(3, in_channels=128, filters=128, bias=False),
    conv_params(1, in_channels=64, filters=128, bias=False),
)
_UNIT = sum(_KERNELS) + 3 * 4 * 128


def _unit_params(channels, filters):
    convs = [(3, channels), (3, filters), *([(1, channels)] if channels != filters else [])]
    return sum(conv_params(*conv, filters, bias=False) + 4 * filters for conv in convs)


# Of the stages: side, channels and stride of the first unit, and filters.
_STAGES = ((32, 64, 1, 64), (32, 64, 2, 128), (16, 128, 2, 256), (8, 256, 2, 512))
_PARAMS = [_unit_params(c, f) + _unit_params(f, f) for _, c, _, f in _STAGES]
_MACS = [_unit_macs(n, c, f, s) + _unit_macs(n // s, f, f, 1) for n, c, s, f in _STAGES]
_ALL_PARAMS = conv_params(3, 3, 64, bias=False) + 4 * 64 + sum(_PARAMS) + dense_params(512, 10)
_ALL_MACS = conv_macs(32, 3, 3, 64, padding="same") + sum(_MACS) + 512 * 10
_SHARE_OF_PARAMS = 100 * _PARAMS[-1] / _ALL_PARAMS
_SHARE_OF_MACS = 100 * _MACS[-1] / _ALL_MACS

PREDICTIONS = {
    1: {
        "side": Guess(
            answer=conv_output_size(32, kernel=3, stride=2, padding="same"),
            hint="One of the two convolutions has the stride.",
            mistakes=(
                (32, "The stride is 2."),
                (8, "Only the first convolution has the stride."),
                (15, "The convolutions pad: ⌈32/2⌉ windows."),
            ),
        ),
        "channels": Guess(
            answer=128,
            hint="How many filters are there?",
            mistakes=(
                (64, "Those are the channels that come in."),
                (192, "The two paths are added, not concatenated."),
            ),
        ),
    },
    2: {
        "parameters": Guess(
            answer=_UNIT,
            hint="Two 3×3 convolutions and a 1×1, none with a bias, each with a normalization.",
            mistakes=(
                (_UNIT - _KERNELS[2] - 4 * 128, "The shape changes: the shortcut projects, too."),
                (_UNIT - 3 * 4 * 128, "Each convolution is followed by a normalization."),
                (_UNIT - 4 * 128, "The projection has a normalization, too."),
                (_UNIT - 3 * 2 * 128, "Running mean and variance count, too: 4 per channel."),
                (_UNIT + 3 * 128, "No convolution of this network has a bias."),
            ),
        ),
    },
    3: {
        "multiply-adds": Guess(
            answer=_unit_macs(32, 64, 128, 2),
            hint="How often is each weight of a kernel used?",
            mistakes=(
                (16 * 16 * sum(_KERNELS[:2]), "The projection multiplies, too."),
                (32 * 32 * sum(_KERNELS), "Each weight is used once per output pixel: 16×16."),
                (
                    32 * 32 * _KERNELS[0] + 16 * 16 * sum(_KERNELS[1:]),
                    "The first convolution has the stride: its outputs are 16×16.",
                ),
                (16 * 16 * _UNIT, "Normalizations are no multiply-adds of a kernel."),
            ),
        ),
    },
    4: {
        "share of the parameters, %": Guess(
            answer=_SHARE_OF_PARAMS,
            hint="From stage to stage the channels double: what happens to the kernels' weights?",
            mistakes=(
                (25, "The stages do not share alike: a kernel's weights grow fourfold."),
                (_SHARE_OF_PARAMS / 100, "Give per cent."),
                (50, "Twice the channels in and twice the channels out: fourfold, not twofold."),
            ),
            accepted=(65, 85),
        ),
        "share of the multiply-adds, %": Guess(
            answer=_SHARE_OF_MACS,
            hint="The weights grow fourfold from stage to stage. What happens to the pixels?",
            mistakes=(
                (75, "A weight of stage 4 is used at 4×4 pixels only."),
                (_SHARE_OF_MACS / 100, "Give per cent."),
            ),
            accepted=(18, 30),
        ),
    },
    5: {
        "training error": Guess(
            answer="rises",
            mistakes=(
                (
                    "falls",
                    "A deeper network could copy a shallower one. Does training find the copy?",
                ),
            ),
            choices=("falls", "rises"),
        ),
        "the gradients vanish": Guess(
            answer="no",
            mistakes=(
                ("yes", "What does the normalization after each convolution do to the signals?"),
            ),
            choices=("yes", "no"),
        ),
    },
}
