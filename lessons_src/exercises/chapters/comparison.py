"""Exercises and predictions: comparison."""

from math import sqrt

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _on_front(costs, accuracies):
    points = list(zip(costs, accuracies, strict=True))
    return [
        int(not any(c <= cost and a >= acc and (c, a) != (cost, acc) for c, a in points))
        for cost, acc in points
    ]


def _better_in_both(costs, accuracies):
    points = list(zip(costs, accuracies, strict=True))
    return [int(not any(c < cost and a > acc for c, a in points)) for cost, acc in points]


def _itself_included(costs, accuracies):
    points = list(zip(costs, accuracies, strict=True))
    return [int(not any(c <= cost and a >= acc for c, a in points)) for cost, acc in points]


def _most_accurate(costs, accuracies):
    return [int(acc == max(accuracies)) for acc in accuracies]


def _cheapest_or_most_accurate(costs, accuracies):
    pairs = zip(costs, accuracies, strict=True)
    return [int(cost == min(costs) or acc == max(accuracies)) for cost, acc in pairs]


EXERCISES = {
    1: Exercise(
        answer=50,
        hint="Walk from image to answer and count a layer each time that you meet weights.",
        mistakes=(
            (34, "That is with two convolutions per unit; a bottleneck has three."),
            (48, "The first convolution and the dense layer have weights, too."),
            (49, "Both ends count: the first convolution and the dense layer."),
            (54, "Projections lie on the shortcuts, not on the longest path."),
            (53, "Projections lie on the shortcuts, and the last dense layer counts."),
        ),
    ),
    2: Exercise(
        answer=(0.7354 * 0.2646 / 5_000) ** 0.5,
        hint="One answer is right or wrong. How far does a mean of 5,000 of them stray?",
        mistakes=(
            (0.7354 * 0.2646 / 5_000, "That is the variance; take its square root."),
            (
                (0.7354 * 0.2646) ** 0.5,
                "That is the standard deviation of one image's answer: divide by √n.",
            ),
            ((0.7354 * 0.2646) ** 0.5 / 5_000, "n stands under the root, too: divide by √n."),
            (100 * (0.7354 * 0.2646 / 5_000) ** 0.5, "That is in points; give the fraction."),
            ((3677 * 0.2646) ** 0.5, "That is in images; divide by their number."),
            ((0.7354 / 5_000) ** 0.5, "The variance of one answer is p(1 − p), not p."),
        ),
    ),
    3: Exercise(
        answer=_on_front,
        hint="Which other networks would a buyer take instead of this one? Mind equal costs, equal "
        "accuracies, and the network itself.",
        mistakes=(
            (
                _better_in_both,
                "It is enough to be better in one and equal in the other: at equal accuracy the "
                "more costly network is dominated.",
            ),
            (_itself_included, "Every network is as good as itself: leave equal points out."),
            (
                _most_accurate,
                "That is the most accurate one only; cheaper ones may be undominated.",
            ),
            (
                _cheapest_or_most_accurate,
                "Those two ends are on the front, and so may be networks between them.",
            ),
        ),
        cases=(
            ([1, 5, 9, 20], [0.4, 0.7, 0.6, 0.8]),
            ([1, 2, 3], [0.5, 0.5, 0.6]),
            ([2, 2, 1], [0.5, 0.6, 0.4]),
            ([1, 1], [0.5, 0.5]),
        ),
    ),
    4: Exercise(
        answer=3 * 555_422_720 * 45_000 * 5,
        hint="How often does an image pass through the network in the whole run, and which way?",
        mistakes=(
            (
                555_422_720 * 45_000 * 5,
                "Those are the forward passes; the backward passes cost twice as much on top.",
            ),
            (
                2 * 555_422_720 * 45_000 * 5,
                "Each layer has two backward products, and the forward one.",
            ),
            (3 * 555_422_720 * 50_000 * 5, "5,000 of the 50,000 images are for validation."),
            (3 * 555_422_720 * 45_000, "That is one epoch."),
            (3 * 555_422_720 * 5, "That is for one image."),
        ),
    ),
}

_NETWORKS = ("Baseline", "LeNet5", "AlexNet8", "VGG16", "Inception10", "ResNet18")

PREDICTIONS = {
    1: {
        "pairs of neighbours": Guess(
            answer=2,
            hint="Write the two orders below each other: which names have moved?",
            mistakes=(
                (0, "The orders differ: which networks have small kernels on large maps?"),
                (1, "There is one more pair."),
                (4, "Those are the networks; the question asks for pairs."),
            ),
        ),
    },
    2: {
        "highest": Guess(
            answer="ResNet18",
            hint="Five epochs are few. In which network do gradients reach the first layer best?",
            choices=_NETWORKS,
        ),
        "lowest": Guess(
            answer="LeNet5",
            hint="Which network has the oldest activation, and few parameters?",
            mistakes=(("Baseline", "It has one convolution, but ReLU and normalization."),),
            choices=_NETWORKS,
        ),
    },
    3: {
        "points": Guess(
            answer=100 * sqrt(0.7 * 0.3 / 10_000),
            hint="The variance of one answer, 0 or 1, is p(1 − p). What is it of a mean of n?",
            mistakes=(
                (sqrt(0.7 * 0.3 / 10_000), "That is a share; give points."),
                (100 * sqrt(0.7 * 0.3), "That is for one image: divide by the root of 10,000."),
                (100 * 0.7 * 0.3 / 10_000, "That is the variance; take its square root."),
                (1, "1/√n leaves out p(1 − p), which is less than 1."),
            ),
            accepted=(0.4, 0.5),
        ),
    },
}
