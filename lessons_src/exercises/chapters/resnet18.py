"""Exercises of chapter 14, ResNet18."""

from lessons_src.exercises.exercise import Exercise


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
    "14/1": Exercise(
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
    "14/2": Exercise(
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
    "14/3": Exercise(
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
    "14/4": Exercise(
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
    "14/5": Exercise(
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
