"""Exercises of chapter 10, LeNet5."""

from lessons_src.exercises.exercise import Exercise

EXERCISES = {
    "10/1": Exercise(
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
    "10/2": Exercise(
        answer=16,
        hint="Each layer adds (kernel − 1) × jump; a stride of 2 doubles the jump after it.",
        mistakes=(
            (14, "That is the field of `conv2`; `pool2` adds (2 − 1) × 2 pixels."),
            (10, "The second convolution's taps are 2 input pixels apart, not 1."),
            (11, "Strides spread the taps of later layers: mind the jump."),
            (20, "The field of `pool2` grows by its jump before its own stride: 2, not 4 or more."),
        ),
    ),
    "10/3": Exercise(
        answer=352_800,
        hint="Output pixels × weights of a kernel × kernels: 28 · 28 · 75 · 6.",
        mistakes=(
            (117_600, "The kernels span three colour channels: 5 · 5 · 3 products, not 5 · 5."),
            (460_800, "That is 32 · 32 output pixels; without padding there are 28 · 28."),
            (357_504, "Biases are added, not multiplied: they are no multiply-adds."),
            (58_800, "That is one kernel's work; there are six."),
        ),
    ),
    "10/4": Exercise(
        answer=59_134 / 62_006,
        hint="Add the parameters of the three dense layers and divide by 62,006.",
        mistakes=(
            (48_120 / 62_006, "That is `dense1` alone; there are three dense layers."),
            (100 * 59_134 / 62_006, "Right, in per cent; the answer is a fraction of 1."),
            (2_872 / 62_006, "That is the share of the convolutions."),
        ),
    ),
    "10/5": Exercise(
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
