"""Exercises and predictions: comparison."""

from math import sqrt

from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _beats(one, other):
    return one[0] <= other[0] and one[1] <= other[1] and one[2] >= other[2]


def _on_front(params, macs, accuracies):
    points = list(zip(params, macs, accuracies, strict=True))
    return [int(not any(_beats(p, point) and p != point for p in points)) for point in points]


def _itself_included(params, macs, accuracies):
    points = list(zip(params, macs, accuracies, strict=True))
    return [int(not any(_beats(p, point) for p in points)) for point in points]


def _better_in_all(params, macs, accuracies):
    points = list(zip(params, macs, accuracies, strict=True))
    return [
        int(not any(p[0] < one[0] and p[1] < one[1] and p[2] > one[2] for p in points))
        for one in points
    ]


def _by_parameters(params, _, accuracies):
    return _on_front(params, params, accuracies)


def _by_multiply_adds(_, macs, accuracies):
    return _on_front(macs, macs, accuracies)


def _on_both(*lists):
    return [a * b for a, b in zip(_by_parameters(*lists), _by_multiply_adds(*lists), strict=True)]


def _by_the_sum(params, macs, accuracies):
    total = [sum(both) for both in zip(params, macs, strict=True)]
    return _on_front(total, total, accuracies)


EXERCISES = {
    1: Exercise(
        answer=8,
        hint="Walk from image to answer and count a layer each time that you meet weights. Where "
        "paths part, take the longest.",
        mistakes=(
            (17, "Those are all layers with weights; depth counts those on the longest path."),
            (6, "In an Inception unit a 1×1 comes before the 3×3 and the 5×5."),
            (7, "Both ends count: the first convolution and the dense layer."),
            (9, "The average has no weights, and the projection lies beside the longest path."),
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
        hint="Which other networks would a buyer take instead of this one, if neither price may be "
        "higher? Mind equal networks, and the network itself.",
        mistakes=(
            (_itself_included, "Every network is as good as itself: leave equal points out."),
            (
                _better_in_all,
                "It is enough to be better in one of the three and equal in the others.",
            ),
            (_by_parameters, "That is by parameters alone; multiply-adds count, too."),
            (_by_multiply_adds, "That is by multiply-adds alone; parameters count, too."),
            (
                _on_both,
                "Beaten at each price by another network, a network can still be on the front: "
                "one and the same network must cost no more in both.",
            ),
            (_by_the_sum, "Parameters and multiply-adds are different things: do not add them."),
        ),
        cases=(
            ([1, 9, 5, 5, 10], [9, 1, 5, 6, 10], [0.5, 0.6, 0.55, 0.55, 0.7]),
            ([1, 9, 5, 10], [9, 1, 5, 10], [0.6, 0.5, 0.55, 0.7]),
            ([1, 1], [2, 2], [0.5, 0.5]),
            ([2, 2, 1], [3, 3, 3], [0.5, 0.6, 0.4]),
            ([1, 2, 3], [1, 2, 3], [0.5, 0.5, 0.6]),
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
            hint="Five epochs are few. Which network is deep without being harder to train?",
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
