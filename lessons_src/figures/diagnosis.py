"""Drawings of what a trained network confuses, how sure it is and where it looks."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike

from lessons_src.figures.style import GREY, SERIES, WIDTH, new_figure, styled

if TYPE_CHECKING:
    from lessons_src.diagnosis import Reliability


@styled
def confusion(counts: ArrayLike, names: Sequence[str]) -> Figure:
    """Draw a confusion matrix, each row in per cent of its class, right answers left white.

    Args:
        counts: (classes, classes), at [i, j] the images of class i that were called j.
        names: The classes' names.

    Raises:
        ValueError: If there are not as many names as classes.
    """
    counts = np.asarray(counts, float)
    if counts.shape != (len(names), len(names)):
        raise ValueError(f"counts has shape {counts.shape}, but there are {len(names)} names")
    shares = 100 * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    wrong = np.where(np.eye(len(names), dtype=bool), np.nan, shares)
    figure = new_figure(height=WIDTH * 0.92)
    axes = figure.subplots()
    most = max(np.nanmax(wrong), 1)
    axes.imshow(wrong, cmap="OrRd", vmin=0, vmax=most)
    for (row, column), share in np.ndenumerate(shares):
        dark = row != column and share > 0.6 * most
        weight = "bold" if row == column else "normal"
        text = f"{share:.0f}" if share >= 0.5 else ""
        colour = "white" if dark else "black"
        axes.text(column, row, text, ha="center", va="center", color=colour, weight=weight)
    places = range(len(names))
    axes.set_xticks(places, names, rotation=55, ha="right", rotation_mode="anchor")
    axes.set_yticks(places, names)
    axes.tick_params(length=0)
    axes.set(xlabel="the network's answer", ylabel="the image's class")
    axes.set_title("per cent of each class; rows add up to 100")
    return figure


@styled
def reliability_diagram(bins: Mapping[str, "Reliability"]) -> Figure:
    """Draw how often answers were right against how sure the network was, above how many there are.

    Args:
        bins: By what they describe.
    """
    figure = new_figure(height=4.4)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    upper.plot([0, 1], [0, 1], "--", color=GREY, linewidth=1)
    for (label, of), colour in zip(bins.items(), SERIES, strict=False):
        filled = of.counts > 0
        label = f"{label}, error {100 * of.error:.1f} points"
        x, y = of.confidence[filled], of.accuracy[filled]
        upper.plot(x, y, "o-", color=colour, markersize=5, label=label)
        shares = of.counts / of.counts.sum()
        lower.stairs(shares, of.edges, color=colour, linewidth=2)
    upper.set(ylabel="fraction right", xlim=(0, 1), ylim=(0, 1))
    lower.set(ylabel="answers", xlabel="probability of the answer", ylim=(0, None))
    for axis in (upper.yaxis, lower.yaxis, lower.xaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    figure.legend(loc="outside lower center", ncols=1)
    return figure


def overlaid(images: ArrayLike, maps: ArrayLike) -> np.ndarray:
    """Lay maps over the pictures that they belong to, enlarged, dark where a map is 0.

    Args:
        images: (N, H, W, 3) in 0–1.
        maps: (N, H', W'), 0 or more; each is scaled to its own largest value.

    Returns:
        (N, H, W, 3) in 0–1.
    """
    images, maps = np.asarray(images, float), np.asarray(maps, float)
    largest = maps.max(axis=(1, 2), keepdims=True)
    maps = maps / np.where(largest > 0, largest, 1)
    height, width = images.shape[1:3]
    rows = _between(maps.shape[1], height)
    columns = _between(maps.shape[2], width)
    heat = np.einsum("yi,nij,xj->nyx", rows, maps, columns)
    return 0.45 * images + 0.55 * colormaps["inferno"](heat)[..., :3]


def _between(small: int, large: int) -> np.ndarray:
    """Return the (large, small) weights with which linear interpolation enlarges a side."""
    places = np.clip((np.arange(large) + 0.5) * small / large - 0.5, 0, small - 1)
    return np.maximum(1 - np.abs(places[:, np.newaxis] - np.arange(small)), 0)
