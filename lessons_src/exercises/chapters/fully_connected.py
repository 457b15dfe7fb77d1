"""Exercises and predictions: fully connected networks."""

from itertools import pairwise

from lessons_src.arithmetic import dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _parameters(sizes):
    return sum(before * after + after for before, after in pairwise(sizes))


def _without_biases(sizes):
    return sum(before * after for before, after in pairwise(sizes))


def _bias_per_input(sizes):
    return sum(before * after + before for before, after in pairwise(sizes))


def _bias_for_the_pixels_too(sizes):
    return _parameters(sizes) + sizes[0]


def _first_layer_alone(sizes):
    return _parameters(sizes[:2])


EXERCISES = {
    1: Exercise(
        answer=10_160,
        hint="Count layer by layer: how many numbers does a unit read, and what else does it have?",
        mistakes=(
            (10_100, "The weights are right; each of the 50 + 10 units has a bias, too."),
            (3_760, "A colour image has three numbers per pixel: 8 · 8 · 3 inputs."),
            (9_650, "That is the first layer; the ten outputs have weights and biases, too."),
            (10_352, "Pixels have no bias: only units that compute something have one."),
        ),
    ),
    2: Exercise(
        answer=_parameters,
        hint="Try your function on [3, 2] by hand: 3 · 2 weights and 2 biases.",
        mistakes=(
            (_without_biases, "Each unit has a bias: add the number of units of each layer."),
            (_bias_per_input, "The biases belong to the layer's units, not to its inputs."),
            (_bias_for_the_pixels_too, "The first number counts pixels, which have no bias."),
            (_first_layer_alone, "Add up over all pairs of neighbouring layers."),
        ),
        cases=(([3, 2],), ([784, 500, 10],), ([784, 10],), ([3072, 128, 64, 10],)),
    ),
    3: Exercise(
        answer=192,
        hint="How many numbers does each image have? The hidden units stay as many.",
        mistakes=(
            (64, "The side grows 8-fold and the pixels 64-fold; colour brings a factor of 3."),
            (24, "Both sides grow 8-fold: the pixels grow by 8 · 8."),
            (8, "That is the side; count the pixels, and the channels."),
        ),
    ),
    4: Exercise(
        answer=20,
        hint="What does one more hidden unit cost, its weights to the outputs included? What is "
        "there without any?",
        mistakes=(
            (21, "21 units take 64,753 parameters: round down."),
            (61_996 / 3_083, "Units come whole: round down."),
            (59, "That is a grey image; in colour each unit has 3,072 weights."),
            (6_199, "That is the output layer alone; each hidden unit has 3,072 weights, too."),
        ),
    ),
    5: Exercise(
        answer=(30, 10, 40, 20),
        hint="Which old pixel stands first now, and which weight did it have?",
        mistakes=(
            ((10, 20, 30, 40), "These weights still sit where the pixels were before."),
            ((20, 40, 10, 30), "That undoes the order. The weights must follow the pixels."),
            ((40, 30, 20, 10), "That reverses the order; follow each pixel by `order`."),
        ),
    ),
}

_TWO_LAYERS = dense_params(784, 500) + dense_params(500, 10)
_TWICE_THE_SIDE = dense_params(56 * 56, 500) + dense_params(500, 10)

PREDICTIONS = {
    1: {
        "parameters": Guess(
            answer=_TWO_LAYERS,
            hint="Count each layer by itself: a weight for each pair of an input and a unit, and a "
            "bias for each unit.",
            mistakes=(
                (
                    _TWO_LAYERS - 510,
                    "The weights are right; each of the 500 + 10 units has a bias, too.",
                ),
                (
                    dense_params(784, 500),
                    "That is the first layer; the ten outputs have weights and biases, too.",
                ),
                (_TWO_LAYERS + 784, "Pixels have no bias: only units that compute something do."),
                (
                    dense_params(28, 500) + dense_params(500, 10),
                    "The image has 28 rows of 28 pixels, and each of them is an input.",
                ),
            ),
        ),
    },
    2: {
        "factor": Guess(
            answer=_TWICE_THE_SIDE / _TWO_LAYERS,
            hint="Which part of the parameters depends on the image at all? How many pixels are "
            "there now?",
            mistakes=(
                (2, "The side doubles. By what factor does the number of pixels grow?"),
                (8, "An image has two sides that double, and no third one."),
                (16, "The pixels become four times as many; the hidden units stay 500."),
            ),
            accepted=(3.9, 4),
        ),
    },
    3: {
        "lower accuracy": Guess(
            answer="no",
            mistakes=(
                (
                    "yes",
                    "A person would see less. What does the network know about which pixels are "
                    "neighbours?",
                ),
            ),
            choices=("yes", "no"),
        ),
    },
    4: {
        "lower accuracy": Guess(
            answer="yes",
            mistakes=(
                ("no", "A kernel looks at neighbouring pixels. What do they show after shuffling?"),
            ),
            choices=("yes", "no"),
        ),
    },
}
