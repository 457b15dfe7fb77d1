"""Exercises and predictions: six steps."""

from lessons_src.arithmetic import conv_params, dense_params
from lessons_src.exercises.exercise import Exercise
from lessons_src.exercises.guess import Guess


def _batch_sizes(images, size):
    return [min(size, images - start) for start in range(0, images, size)]


def _full_batches_alone(images, size):
    return [size] * (images // size)


def _all_full(images, size):
    return [size] * -(-images // size)


def _rest_always(images, size):
    return [size] * (images // size) + [images % size]


def _how_many(images, size):
    return -(-images // size)


def _moved(weights, gradients, rate):
    return [w - rate * g for w, g in zip(weights, gradients, strict=True)]


def _uphill(weights, gradients, rate):
    return [w + rate * g for w, g in zip(weights, gradients, strict=True)]


def _without_rate(weights, gradients, rate):
    return [w - g for w, g in zip(weights, gradients, strict=True)]


def _changes(weights, gradients, rate):
    return [-rate * g for g in gradients]


_PARTS = (
    conv_params(5, in_channels=3, filters=6),
    4 * 6,
    dense_params(16 * 16 * 6, 128),
    dense_params(128, 10),
)
_BASELINE = sum(_PARTS)
_TRAINED = _BASELINE - 2 * 6

EXERCISES = {
    1: Exercise(
        answer=_batch_sizes,
        hint="Where does each batch begin? The last one may find fewer images than `size`.",
        mistakes=(
            (_full_batches_alone, "What becomes of the images that fill no whole batch?"),
            (_all_full, "The last batch cannot hold more images than are left."),
            (_rest_always, "If the last batch is full, no empty one comes after it."),
            (_how_many, "That is the number of batches; return a list with the size of each."),
        ),
        cases=((70, 32), (64, 32), (5, 8)),
    ),
    2: Exercise(
        answer=210_116,
        hint="Which layers know how many classes there are?",
        mistakes=(
            (211_406, "Subtract the 1,290 parameters of the old layer."),
            (210_026, "Each of the 100 classes has a bias, too: 129 parameters per class."),
            (210_016, "Each of the 100 classes has a bias, too: 129 parameters per class."),
            (12_900, "That is the last layer; add the layers before it."),
            (1_985_060, "Only the last layer grows with the classes, not the whole network."),
        ),
    ),
    3: Exercise(
        answer=_BASELINE + _TRAINED + 2,
        hint="Of which parameters does an optimizer need a memory? Which are never moved by it?",
        mistakes=(
            (_BASELINE + 2 * _TRAINED + 2, "That is Adam, which keeps two numbers per parameter."),
            (2 * _BASELINE + 2, "The running statistics are not trained: no memory for them."),
            (_BASELINE + _TRAINED, "The optimizer counts its steps and stores its rate: 2 more."),
            (_BASELINE, "That is the network alone; `summary` counts the optimizer, too."),
        ),
    ),
    4: Exercise(
        answer=_moved,
        hint="The loss grows along the gradient. It is to become smaller.",
        mistakes=(
            (_uphill, "That makes the loss larger: the step goes against the gradient."),
            (_without_rate, "Multiply each gradient by the rate."),
            (_changes, "Those are the changes; return the new weights."),
        ),
        cases=(
            ([1.0, 2.0], [0.5, -1.0], 0.1),
            ([0.0], [3.0], 2.0),
        ),
    ),
}

PREDICTIONS = {
    1: {
        "parameters": Guess(
            answer=_BASELINE,
            hint="Four layers have parameters. What shape does the first dense layer read?",
            mistakes=(
                (_BASELINE - 4 * 6, "Batch normalization has 4 numbers for each channel."),
                (_BASELINE - 2 * 6, "The running statistics are parameters, too."),
                (
                    _BASELINE - 6 - 128 - 10,
                    "Each kernel and each dense unit has a bias.",
                ),
                (
                    _BASELINE + dense_params(32 * 32 * 6, 128) - _PARTS[2],
                    "The pooling halves both sides before the dense layer.",
                ),
                (
                    _BASELINE + dense_params(14 * 14 * 6, 128) - _PARTS[2],
                    "The convolution pads: its map keeps 32×32.",
                ),
            ),
        ),
        "not trained": Guess(
            answer=2 * 6,
            hint="Which layer stores numbers that no gradient reaches? How many for each channel?",
            mistakes=(
                (4 * 6, "γ and β of the normalization are trained."),
                (6, "The normalization stores a mean and a variance for each channel."),
                (0, "What does batch normalization store for inference?"),
            ),
        ),
    },
    2: {
        "steps": Guess(
            answer=63,
            hint="Each step takes 32 images, and every image is taken once.",
            mistakes=(
                (62, "62 batches hold 1,984 images. What becomes of the others?"),
                (62.5, "A step is a whole one; the last may take fewer images."),
                (2_000, "A step takes 32 images, not one."),
            ),
        ),
    },
    3: {
        "all numbers": Guess(
            answer=_BASELINE + 2 * _TRAINED + 2,
            hint="Add three parts: all parameters, Adam's memory of those that are trained, and "
            "Adam's own two numbers.",
            mistakes=(
                (_BASELINE, "Adam's numbers are counted, too."),
                (3 * _BASELINE + 2, "Adam has no memory of parameters that are not trained."),
                (_BASELINE + 2 * _TRAINED, "Adam keeps two more numbers for itself."),
                (_BASELINE + _TRAINED + 2, "Adam keeps two numbers for each trained parameter."),
            ),
        ),
    },
}
