"""Exercises of chapter 11, AlexNet8."""

from lessons_src.exercises.exercise import Exercise


def _grouped_params(kernel, channels, filters, groups):
    return filters * (kernel**2 * channels // groups + 1)


def _one_group(kernel, channels, filters, groups):
    return filters * (kernel**2 * channels + 1)


def _without_biases(kernel, channels, filters, groups):
    return filters * kernel**2 * channels // groups


def _one_groups_filters(kernel, channels, filters, groups):
    return filters // groups * (kernel**2 * channels // groups + 1)


def _shared_biases(kernel, channels, filters, groups):
    return filters * (kernel**2 * channels + 1) // groups


EXERCISES = {
    "11/1": Exercise(
        answer=663_936,
        hint="384 kernels, each 3 × 3 and half of 384 channels deep, each with a bias.",
        mistakes=(
            (1_327_488, "That is one group: each kernel would read all 384 channels."),
            (663_552, "The weights are right; each of the 384 kernels has a bias, too."),
            (331_968, "That is one group's share; there are two such halves."),
            (885_120, "That is the third convolution, which reads the 256 channels of both cards."),
        ),
    ),
    "11/2": Exercise(
        answer=13,
        hint="The convolution keeps 27; how many windows of 3 fit, two pixels apart?",
        mistakes=(
            (11, 'The convolution is padded "same": it keeps 27.'),
            (14, 'That is ⌈27 / 2⌉, for "same" padding; pooling has none here.'),
            (27, "That is the side after the convolution; the pooling comes next."),
            (12, "Count the first window, too: (27 − 3) / 2 + 1."),
        ),
    ),
    "11/3": Exercise(
        answer=9_639_178 + 128 * (9 * 384 + 1) + 4 * 128 * 2048,
        hint="128 more kernels, and 2 · 2 · 128 more inputs of each unit in the first dense layer.",
        mistakes=(
            (
                9_639_178 + 128 * (9 * 384 + 1),
                "The first dense layer reads the new channels, too: 2 · 2 · 128 inputs more.",
            ),
            (
                9_639_178 + 128 * 9 * 384 + 4 * 128 * 2048,
                "Each of the 128 new kernels has a bias.",
            ),
            (
                9_639_178 + 128 * (9 * 384 + 1) + 128 * 2048,
                "The feature map has 2 × 2 pixels when it is flattened, not one.",
            ),
            (
                9_639_178 + 128 * (9 * 384 + 1) + 25 * 128 * 2048,
                "The last pooling comes before the dense layer: 2 × 2 pixels, not 5 × 5.",
            ),
        ),
    ),
    "11/4": Exercise(
        answer=_grouped_params,
        hint="Every filter reads channels / groups channels and has one bias.",
        mistakes=(
            (_one_group, "Divide the channels that a kernel reads by the groups."),
            (_without_biases, "Add a bias for each filter."),
            (_one_groups_filters, "Those are the filters of one group; count those of all groups."),
            (
                _shared_biases,
                "Groups divide the weights, not the biases: there is one bias per filter.",
            ),
        ),
        cases=((5, 96, 256, 2), (3, 384, 384, 2), (3, 64, 64, 4), (3, 8, 12, 1)),
    ),
    "11/5": Exercise(
        answer=100 / 5**0.75,
        hint="Add the squares of channels 0, 1 and 2, times 0.0001, to 2; raise to 0.75; divide.",
        mistakes=(
            (100 / 7**0.75, "That is a channel in the middle, with two neighbours on each side."),
            (100 / 4**0.75, "The channel itself is part of the sum: three squares."),
            (100 / 8**0.75, "n = 5 is the whole window: two neighbours on each side, not five."),
            (20.0, "Do not forget the exponent 0.75."),
            (100 / 3**0.75, "k = 2 is added to the sum."),
        ),
    ),
}
