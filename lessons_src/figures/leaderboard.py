"""Results on CIFAR-10: the list of 2016 that the lecture note prints, and what came after it."""

from math import sqrt
from typing import NamedTuple

from lessons_src.figures.style import BLUE, GREEN, VERMILLION, new_figure, styled

from matplotlib.figure import Figure


class Result(NamedTuple):
    """A published test accuracy.

    Attributes:
        method: The paper's method, shortened.
        year: When it was published.
        accuracy: Test accuracy in per cent.
        images: How many test images it was measured on.
        kind: A key of KINDS.
    """

    method: str
    year: int
    accuracy: float
    images: int = 10_000
    kind: str = "2016"


KINDS = {
    "2016": (BLUE, "list of 2016"),
    "human": (VERMILLION, "one person"),
    "later": (GREEN, "after 2016"),
}

# Figure 5-17 of the lecture note, from https://rodrigob.github.io/are_we_there_yet/;
# years as there.
LEADERBOARD_2016 = (
    Result("Fractional max-pooling", 2015, 96.53),
    Result("All-convolutional net", 2015, 95.59),
    Result("All you need is a good init", 2016, 94.16),
    # One person, 400 images: A. Karpathy, Lessons learned from manually classifying CIFAR-10.
    Result("Human", 2011, 94.0, images=400, kind="human"),
    Result("Generalizing pooling", 2016, 93.95),
    Result("Spatially sparse CNN", 2014, 93.72),
    Result("Bayesian optimization", 2015, 93.63),
    Result("ResNet-110", 2015, 93.57),
    Result("ELU", 2015, 93.45),
    Result("Universum prescription", 2015, 93.34),
    Result("BN maxout NIN", 2015, 93.25),
    Result("Competitive multi-scale", 2015, 93.13),
)
LATER_RESULTS = (
    # A. Dosovitskiy et al., An Image is Worth 16x16 Words, 2021, table 2.
    Result("ViT-H/14, pre-trained", 2021, 99.50, kind="later"),
    # K. Jordan, 94% on CIFAR-10 in 3.29 Seconds on a Single GPU, 2024, abstract: 46.3 s.
    Result("airbench, 46 s of training", 2024, 96.0, kind="later"),
)


def standard_error(accuracy: float, images: int) -> float:
    """Return by how much chance alone moves an accuracy measured on some images.

    Args:
        accuracy: In per cent.
        images: Number of test images, drawn independently.

    Returns:
        The standard deviation of the measured accuracy, in percentage points.
    """
    return sqrt(accuracy * (100 - accuracy) / images)


@styled
def leaderboard(results: tuple[Result, ...]) -> Figure:
    """Draw test accuracies as dots, best on top, each with two standard errors to either side.

    Args:
        results: In any order.
    """
    ranked = sorted(results, key=lambda result: -result.accuracy)
    figure = new_figure(height=0.31 * len(ranked) + 1.1)
    axes = figure.subplots()
    for row, result in enumerate(ranked):
        colour, _ = KINDS[result.kind]
        error = 2 * standard_error(result.accuracy, result.images)
        axes.errorbar(result.accuracy, row, xerr=error, fmt="o", color=colour, linewidth=1.5)
        axes.annotate(
            f"{result.accuracy:g}",
            (result.accuracy + error, row),
            (5, 0),
            textcoords="offset points",
            va="center",
            fontsize=11,
        )
    axes.set_yticks(range(len(ranked)), [f"{r.method}, {r.year}" for r in ranked])
    axes.set(xlim=(91.2, 100.6), ylim=(len(ranked) - 0.4, -0.6), xlabel="test accuracy in per cent")
    for colour, label in KINDS.values():
        axes.plot([], [], "o", color=colour, label=label)
    figure.legend(loc="outside lower center", ncols=3, handletextpad=0.2)
    return figure
