"""Exercises and predictions: ResNet18."""

from lessons_src.arithmetic import conv_macs, conv_output_size, conv_params, dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _unit_macs(side, channels, filters, stride):
    pixels = (side // stride) ** 2
    projected = channels != filters or stride != 1
    return pixels * (9 * channels * filters + 9 * filters**2 + projected * channels * filters)


def _share(units, most):
    paths, of_a_number = 0, 1  # that pass so many branches, from none on: n over k
    for branches in range(most + 1):
        paths += of_a_number
        of_a_number = of_a_number * (units - branches) // (branches + 1)
    return paths / 2**units


def _exactly(units, most):
    return _share(units, most) - (_share(units, most - 1) if most else 0)


def _fewer(units, most):
    return _share(units, most - 1) if most else 0


def _counted(units, most):
    return 2**units * _share(units, most)


def _all_lengths_alike(units, most):
    return (most + 1) / (units + 1)


EXERCISES = {
    1: Exercise(
        answer=64 * 128 + 128 * 256 + 256 * 512 + 4 * (128 + 256 + 512),
        hint="Which units project? What does each of their projections consist of?",
        mistakes=(
            (
                64 * 128 + 128 * 256 + 256 * 512,
                "Each projection has a batch normalization, too: 4 numbers per channel.",
            ),
            (
                64 * 128 + 128 * 256 + 256 * 512 + 2 * (128 + 256 + 512),
                "Running mean and variance count as well: 4 per channel.",
            ),
            (
                64 * 128 + 128 * 256 + 256 * 512 + 5 * (128 + 256 + 512),
                "No convolution of this network has a bias.",
            ),
            (
                9 * (64 * 128 + 128 * 256 + 256 * 512) + 4 * (128 + 256 + 512),
                "A projection's kernel is 1×1, not 3×3.",
            ),
            (
                64 * 64 + 64 * 128 + 128 * 256 + 256 * 512 + 4 * (64 + 128 + 256 + 512),
                "Stage 1 keeps the shape, so nothing is projected there.",
            ),
        ),
    ),
    2: Exercise(
        answer=95,
        hint="A stride spreads the windows of the layers after it, not its own. Which convolutions "
        "now come before the stride that came after it?",
        mistakes=(
            (109, "That is the field with the stride in the first convolution."),
            (93, "Do not forget the stem: the field begins at 3."),
            (81, "In each of these stages two convolutions, not three, still see the old jump."),
            (35, "From a stride on, neighbours lie farther apart in the picture."),
        ),
    ),
    3: Exercise(
        answer=_share,
        hint="How many paths does a chain have in all? One more unit lets each path go on in two "
        "ways: what does each of them do to the number of branches?",
        mistakes=(
            (_exactly, "That is the share of paths with exactly that many branches."),
            (_fewer, "Paths with just that many branches count, too."),
            (_counted, "Divide by the number of all paths."),
            (_all_lengths_alike, "There are more paths of middle length than of the extremes."),
        ),
        cases=((3, 1), (8, 4), (8, 0), (54, 27), (5, 5)),
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
        "the gradient": Guess(
            answer="explodes",
            mistakes=(
                (
                    "vanishes",
                    "Normalization subtracts the mean that ReLU makes, and divides by what is "
                    "left. What does that division do in the backward pass?",
                ),
            ),
            choices=("vanishes", "explodes"),
        ),
    },
}
