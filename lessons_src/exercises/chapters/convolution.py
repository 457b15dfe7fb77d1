"""Exercises and predictions: convolution."""

from lessons_src.arithmetic import conv_macs, conv_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess

_IMAGE = [[1, 2, 0, 4, 1], [0, 3, 1, 1, 5], [2, 1, 4, 0, 3], [1, 6, 2, 2, 0], [0, 2, 5, 1, 3]]
_KERNEL = [[0, 1, 2], [-1, 0, 1], [3, 0, -2]]


def _output_pixel(image, kernel, bias, row, column):
    total = bias
    for i, weights in enumerate(kernel):
        for j, weight in enumerate(weights):
            total += image[row + i][column + j] * weight
    return total


def _without_bias(image, kernel, bias, row, column):
    return _output_pixel(image, kernel, 0, row, column)


def _flipped(image, kernel, bias, row, column):
    turned = [list(reversed(weights)) for weights in reversed(kernel)]
    return _output_pixel(image, turned, bias, row, column)


def _bias_for_each_tap(image, kernel, bias, row, column):
    return _output_pixel(image, kernel, bias * len(kernel) ** 2, row, column)


def _transposed(image, kernel, bias, row, column):
    return _output_pixel(image, kernel, bias, column, row)


EXERCISES = {
    1: Exercise(
        answer=-11,
        hint="Multiply cell by cell, add the nine products, then add the bias once.",
        mistakes=(
            (-14, "The nine products are right. The bias is missing."),
            (17, "You turned the kernel by 180°. Conv2D uses it as it is."),
            (13, "The bias is added once per sum, not once per product."),
            (-17, "The sum of products is right; the bias of 3 is added, not subtracted."),
        ),
    ),
    2: Exercise(
        answer=(4_672, 903_168),
        hint="Begin with one kernel: how deep is it? For the second number, ask how many positions "
        "it has, and what it multiplies at each.",
        mistakes=(
            ((4_608, 903_168), "The second is right. Each of the 64 kernels has a bias, too."),
            (
                (4_672, 915_712),
                "The first is right. A bias is added, not multiplied: leave it out.",
            ),
            (
                (4_672, 1_179_648),
                "The output is smaller than the input: 14 · 14 positions, not 16 · 16.",
            ),
            ((640, 112_896), "A kernel is as deep as its input: 3 · 3 · 8 weights, not 3 · 3."),
            ((73, 14_112), "That is one kernel; there are 64."),
            ((4_616, 903_168), "There is a bias for each kernel, not for each input channel."),
            ((4_672, 4_608), "The weights are used at each of 14 · 14 positions."),
            (
                (915_712, 903_168),
                "All positions share the kernels: 14 · 14 is no factor of the first number.",
            ),
            (4_672, "That is the first number. How many multiply-adds does the layer take?"),
        ),
    ),
    3: Exercise(
        answer=_output_pixel,
        hint="The window begins at (row, column) and is as large as the kernel.",
        mistakes=(
            (_without_bias, "The window and the products are right; add the bias."),
            (_flipped, "You turn the kernel: that is convolution proper, not what Conv2D does."),
            (_bias_for_each_tap, "You add the bias inside the sum: it counts once, not k² times."),
            (_transposed, "You swap row and column: `image[row]` is a whole row of the image."),
        ),
        cases=tuple((_IMAGE, _KERNEL, 2, row, column) for row in range(3) for column in range(3)),
    ),
    4: Exercise(
        answer=((0, 0, 0), (0, 0, 1), (0, 0, 0)),
        hint="One weight is 1, the others are 0. Which pixel of the window is to be copied?",
        mistakes=(
            (
                ((0, 0, 0), (1, 0, 0), (0, 0, 0)),
                "This copies the pixel to the left of the middle: the picture moves to the right.",
            ),
            (((0, 0, 0), (0, 1, 0), (0, 0, 0)), "This copies the middle: nothing moves."),
            (
                (0, 0, 0, 0, 0, 1, 0, 0, 0),
                "The weights are right. Give them as three rows of three.",
            ),
            (
                ((0, 0, 0), (0, 0, 0), (0, 1, 0)),
                "This copies the pixel below the middle: the picture moves up.",
            ),
            (
                ((0, 1, 0), (0, 0, 0), (0, 0, 0)),
                "This copies the pixel above the middle: the picture moves down.",
            ),
        ),
    ),
}

_PER_IMAGE = conv_macs(32, kernel=3, in_channels=3, filters=16)

PREDICTIONS = {
    1: {
        "output": Guess(
            answer=9 * 2 * 1 + 1,
            hint="Multiply pixel by weight, nine times; add the products, then the bias.",
            mistakes=(
                (18, "The nine products are right; the bias is still to be added."),
                (27, "The bias is added once to the sum, not to each pixel or product."),
                (3, "That is one product and the bias; the window has nine pixels."),
            ),
        ),
    },
    2: {
        "each output": Guess(
            answer=0,
            hint="Write the nine products of one window: three columns, three signs.",
            mistakes=(
                (21, "That is the right column alone; the left one is subtracted."),
                (42, "The left column's weights are −1: its products are negative."),
                (-21, "That is the left column alone; the right one is added."),
                (7, "A kernel whose weights add up to 1 would keep the 7. These do not."),
            ),
        ),
    },
    3: {
        "weights": Guess(
            answer=conv_params(3, in_channels=3, filters=1, bias=False),
            hint="The kernel reads all channels of its window, each with weights of its own.",
            mistakes=(
                (9, "Those are the weights for one channel; the picture has three."),
                (28, "The question asks for weights; the bias is none of them."),
                (3, "A 3×3 square has nine weights, and there is one for each channel."),
            ),
        ),
        "channels of the output": Guess(
            answer=1,
            hint="How many numbers does one kernel give for one window?",
            mistakes=(
                (3, "The products of the three channels are added up to one number."),
                (27, "The 27 products are added up to one number."),
            ),
        ),
    },
    4: {
        "parameters": Guess(
            answer=conv_params(3, in_channels=3, filters=16),
            hint="Count one kernel with its bias first; there are 16 of them.",
            mistakes=(
                (16 * 27, "The weights are right; each kernel has a bias, too."),
                (16 * 27 + 1, "Each of the 16 kernels has a bias of its own."),
                (16 * 10, "A kernel for a colour picture has three times nine weights."),
                (28, "That is one kernel with its bias; the layer has 16."),
            ),
        ),
        "for a picture twice as wide": Guess(
            answer=conv_params(3, in_channels=3, filters=16),
            hint="Does any of the weights belong to one place of the picture?",
            mistakes=(
                (2 * 16 * 28, "There are more windows, but all use the same kernels."),
                (4 * 16 * 28, "There are more windows, but all use the same kernels."),
            ),
        ),
    },
    5: {
        "multiplications": Guess(
            answer=_PER_IMAGE,
            hint="How many outputs are there in all, and how many multiplications does one take?",
            mistakes=(
                (_PER_IMAGE // 16, "That is one kernel's map; there are 16 kernels."),
                (_PER_IMAGE // 3, "Each window has three channels: 27 products, not 9."),
                (_PER_IMAGE * 1024 // 900, "The outputs are 30×30; not every pixel gets one."),
                (30 * 30 * 16 * 28, "A bias is added, not multiplied."),
                (30 * 30 * 16, "That counts the outputs; each takes several multiplications."),
            ),
        ),
    },
}
