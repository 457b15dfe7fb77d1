"""Exercises and predictions: output size and padding."""

from math import ceil

from lessons_src.arithmetic import conv_output_size, same_padding
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _floor_of_all(size, kernel, stride, padding):
    return size // stride if padding == "same" else (size - kernel + 1) // stride


def _steps_not_windows(size, kernel, stride, padding):
    return ceil(size / stride) if padding == "same" else (size - kernel) // stride


def _no_ceiling_for_same(size, kernel, stride, padding):
    return size // stride if padding == "same" else ceil((size - kernel + 1) / stride)


def _size_kept_by_same(size, kernel, stride, padding):
    return size if padding == "same" else ceil((size - kernel + 1) / stride)


def _output_size(size, kernel, stride, padding):
    return ceil(size / stride) if padding == "same" else ceil((size - kernel + 1) / stride)


EXERCISES = {
    1: Exercise(
        answer=13,
        hint="On which columns can the window's left edge stand? After the last there must be room "
        "for the whole window.",
        mistakes=(
            (12, "⌊(32 − 7) / 2⌋ counts the steps; there is one window more than steps."),
            (26, "That is the size at stride 1. Every second window is left out."),
            (16, "That is padding='same'; here nothing is padded."),
            (12.5, "25 / 2 steps lead from the first window to the last: round down, and add 1."),
            (13.5, "A size is a whole number: round the steps, 25 / 2, down, then add 1."),
            (14, "You rounded up, to a window that sticks out of the image."),
        ),
    ),
    2: Exercise(
        answer=(1, 2),
        hint="How many windows does 'same' ask for, and how many pixels lie from the start of the "
        "first to the end of the last?",
        mistakes=(
            ((2, 2), "Two zeros on each side are right at stride 1. At stride 2 fewer are enough."),
            ((2, 1), "TensorFlow puts the extra zero after the image, not before it."),
            ((0, 3), "The total is right. TensorFlow shares it out as evenly as it can."),
            ((0, 1), "That is a 3×3 kernel; a larger kernel sticks out further."),
            ((0, 0), "Without a zero only 14 windows fit, and 'same' asks for 16."),
        ),
    ),
    3: Exercise(
        answer=_output_size,
        hint="Try your function on (5, 3, 2, 'same') and (6, 3, 2, 'valid') by hand.",
        mistakes=(
            (
                _floor_of_all,
                "You round down. On 5 pixels a kernel of 3 with stride 2 has two positions, 0 and "
                "2, but ⌊3/2⌋ is 1: both formulas round up.",
            ),
            (_steps_not_windows, "'same' is right; (size − kernel) // stride counts steps: add 1."),
            (_no_ceiling_for_same, "'valid' is right; 'same' rounds up too: ⌈size / stride⌉."),
            (_size_kept_by_same, "'same' keeps the size at stride 1 only."),
        ),
        cases=tuple(
            (size, kernel, stride, padding)
            for size in (5, 6, 32)
            for kernel in (1, 3, 5)
            for stride in (1, 2, 3)
            for padding in ("valid", "same")
        ),
    ),
    4: Exercise(
        answer=9,
        hint="Draw three taps, four pixels apart, and count from the first to the last.",
        mistakes=(
            (12, "Three taps are two steps of 4 apart, not three; add the last tap itself."),
            (8, "2 · 4 is the distance from first to last tap; the span includes both ends."),
            (11, "Dilation 4 puts the taps 4 pixels apart: 3 pixels lie between two of them."),
            (3, "That is the number of taps; dilation spreads them."),
        ),
    ),
    5: Exercise(
        answer=227,
        hint="On which pixel does the 55th window begin? It must end inside the image.",
        mistakes=(
            (
                224,
                "⌊(224 − 11) / 4⌋ + 1 = 54. The paper's 224 gives 55 only if the last window may "
                "hang over the edge.",
            ),
            (220, "220 = 55 · 4 belongs to padding='same'."),
            (217, "That is enough for padding='same'; here the last window needs 11 pixels."),
            (226, "Pixel 226 is the last one, counted from 0: how many pixels are there?"),
            (231, "There are 54 steps of 4, and then the window itself: not 55 steps."),
        ),
    ),
}

_LEFT, _RIGHT = same_padding(32, kernel=3, stride=2)

PREDICTIONS = {
    1: {
        "side of the output": Guess(
            answer=conv_output_size(5, kernel=3),
            hint="On which columns can the left edge of the kernel stand?",
            mistakes=(
                (2, "From the first column to the last there are two steps. Count the columns."),
                (5, "That takes padding: here the kernel never leaves the image."),
                (9, "That is the number of output pixels; the question asks for the side."),
                (4, "With its left edge on column 3 the kernel would stick out of the image."),
            ),
        ),
    },
    2: {
        "side of the output": Guess(
            answer=conv_output_size(5, kernel=3, stride=2),
            hint="On which columns does the left edge of the kernel stand now?",
            mistakes=(
                (1, "That is the number of steps; there is one window more than steps."),
                (3, "That is stride 1. Now every second column is left out."),
                (1.5, "A size is a whole number: list the columns on which the kernel stands."),
                (4, "That is the number of output pixels; the question asks for the side."),
            ),
        ),
    },
    3: {
        "side of the result": Guess(
            answer=conv_output_size(conv_output_size(32, kernel=5), kernel=2, stride=2),
            hint="Take the two layers one after the other: what does the convolution leave?",
            mistakes=(
                (28, "That is the side after the convolution; the pooling is still to come."),
                (16, "The convolution without padding shrinks the image first."),
                (13, "Count windows, not steps: 28 pixels hold one window more."),
                (27, "The pooling window moves two pixels at a time, not one."),
            ),
        ),
    },
    4: {
        "zeros on the left": Guess(
            answer=_LEFT,
            hint="Sixteen windows, two pixels apart: where does the last one end?",
            mistakes=(
                (1, "One zero on each side is right at stride 1. How many are needed here?"),
                (2, "Sixteen windows of 3, two pixels apart, span 33 pixels."),
            ),
        ),
        "zeros on the right": Guess(
            answer=_RIGHT,
            hint="Sixteen windows, two pixels apart: where does the last one end?",
            mistakes=(
                (0, "Without any zero only 15 windows fit, and ⌈32/2⌉ are wanted."),
                (2, "Sixteen windows of 3, two pixels apart, span 33 pixels."),
            ),
        ),
    },
}
