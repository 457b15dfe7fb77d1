"""Exercises and predictions: a fast network."""

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess

EXERCISES = {
    1: Exercise(
        answer=1_512,
        hint="How many numbers has a patch, and how many directions has it therefore?",
        mistakes=(
            (1_458, "The biases count, too: one per kernel."),
            (756, "Each direction comes with its negative."),
            (180, "A patch in colour has three numbers per pixel."),
            (702, "A kernel weighs every number of the patch, not 12 of them."),
        ),
    ),
    2: Exercise(
        answer=(0.091 / 0.0011) ** 0.5,
        hint="What does the layer divide a direction by? It is no variance.",
        mistakes=(
            (0.091 / 0.0011, "Variances are squares: the layer divides by their roots."),
            (30, "Add 0.001 to each variance first."),
            (900, "Add 0.001 to each variance first, and take roots."),
            ((0.0011 / 0.091) ** 0.5, "The small variance is stretched more."),
        ),
    ),
    3: Exercise(
        answer=128 * 9 * 64,
        hint="Which filters copy a channel, and how many weights has one of the others?",
        mistakes=(
            (192 * 9 * 64, "The filters that copy a channel are not drawn."),
            (128 * 9 * 192, "A kernel reads the channels that come in."),
            (128 * 64, "A kernel is 3×3."),
            (128, "Those are the filters; how many weights have they?"),
        ),
    ),
    4: Exercise(
        answer=8,
        hint="How many operations does one image cost in training, forward and backward?",
        mistakes=(
            (9, "The ninth epoch would go beyond 0.29 PFLOP."),
            (26, "Going backward costs twice as much as going forward."),
            (53, "Count multiplication and addition apart, and forward and backward."),
            (17, "Count multiplication and addition apart."),
        ),
    ),
}

PREDICTIONS = {
    1: {
        "kernels": Guess(
            answer=2 * (2 * 2 * 3),
            hint="How many numbers has a patch? It has as many directions.",
            mistakes=(
                (12, "Each direction has two kernels: its own, and its negative."),
                (8, "In colour, a pixel has three numbers."),
            ),
        ),
        "numbers": Guess(
            answer=24 * (2 * 2 * 3) + 24,
            hint="A kernel weighs each number of the patch, and has a bias.",
            mistakes=(
                (24 * 12, "The biases are missing."),
                (12 * 12 + 12, "Each direction has two kernels."),
            ),
        ),
    },
    2: {
        "PFLOP": Guess(
            answer=2 * 3 * 120e6 * 225_000 / 1e15,
            hint="Images seen, times operations per image; a multiply-add is two of them.",
            mistakes=(
                (0.081, "Multiplication and addition are two operations."),
                (0.054, "That is forward alone; training costs three times as much."),
                (0.0324, "Five epochs see the images five times."),
            ),
            accepted=(0.16, 0.164),
        ),
    },
    3: {
        "of 1": Guess(
            answer=3.4445 - 4.7750 + 2.0315,
            hint="All powers of 1 are 1.",
            mistakes=((1, "This polynomial does not keep 1 where it is."),),
            accepted=(0.69, 0.71),
        ),
        "of 0.01": Guess(
            answer=3.4445 * 0.01 - 4.7750 * 0.01**3 + 2.0315 * 0.01**5,
            hint="Which of the three terms counts when x is small?",
            mistakes=((1, "One application lifts a small number a little, not to 1."),),
            accepted=(0.034, 0.035),
        ),
    },
}
