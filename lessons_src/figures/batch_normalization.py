"""Drawings of batch normalization: what reaches a sigmoid, and gradients layer by layer."""

from collections.abc import Mapping

from lessons_src.figures.style import (
    BLUE,
    GREY,
    LIGHT_GREY,
    SERIES,
    SKY_BLUE,
    VERMILLION,
    new_figure,
    styled,
)

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullLocator
from numpy.typing import ArrayLike

REACH = 12  # inputs beyond are drawn in the outermost bin
STEEPEST = 0.25  # the sigmoid's slope at 0
FLAT = 3.64  # beyond, the slope is less than a tenth of that


def _sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


@styled
def saturation(inputs: ArrayLike, title: str) -> Figure:
    """Draw where a sigmoid's inputs lie on its curve, its outputs beside it, and the mean slope.

    Args:
        inputs: (N,) pre-activations.
        title: What was done to them.
    """
    z = np.clip(np.asarray(inputs, float).ravel(), -REACH, REACH)
    outputs = _sigmoid(z)
    slope = np.mean(outputs * (1 - outputs))
    figure = new_figure(height=3.6)
    figure.set_layout_engine("none")  # equal margins in all frames
    left, right = (
        figure.add_axes(place) for place in ((0.12, 0.17, 0.60, 0.63), (0.77, 0.17, 0.20, 0.63))
    )
    for side in (-1, 1):
        left.axvspan(side * FLAT, side * REACH, color=LIGHT_GREY, alpha=0.5, linewidth=0)
    counts, edges = np.histogram(z, 48, (-REACH, REACH))
    left.stairs(0.9 * counts / counts.max(), edges, fill=True, color=SKY_BLUE)
    curve = np.linspace(-REACH, REACH, 200)
    left.plot(curve, _sigmoid(curve), color=VERMILLION)
    left.set(xlim=(-REACH, REACH), ylim=(-0.02, 1.02), xticks=range(-REACH, REACH + 1, 4))
    left.set(xlabel="input z", ylabel="sigmoid(z)", title="inputs, and the curve")
    counts, edges = np.histogram(outputs, 25, (0, 1))
    right.stairs(counts / len(z), edges, orientation="horizontal", fill=True, color=BLUE)
    right.set(xlim=(0, 1), ylim=(-0.02, 1.02), xticks=[0, 1], yticks=[], title="outputs")
    right.set_xlabel("share")
    figure.suptitle(f"{title}\nmean slope {slope:.3f} of {STEEPEST} at most", y=0.99, va="top")
    return figure


@styled
def gradients_by_layer(
    norms: Mapping[str, ArrayLike], factors: Mapping[str, float], title: str
) -> Figure:
    """Draw gradient norms against depth, thin a line a seed, and what was derived for them.

    Args:
        norms: By network, (seeds, layers) gradient norms, the layer next to the input first.
        factors: By network, the factor derived for one layer towards the input; drawn dotted from
            the mean norm of the last layer.
        title: What was measured.

    Raises:
        ValueError: If a network has norms without a factor, or a norm is not positive.
    """
    if norms.keys() != factors.keys():
        raise ValueError(f"norms are of {[*norms]}, factors of {[*factors]}; name the same")
    figure = new_figure(height=3.8)
    axes = figure.subplots()
    handles = []
    for (name, values), colour in zip(norms.items(), SERIES, strict=False):
        lines = np.asarray(values, float)
        if not (lines > 0).all():
            raise ValueError(f"{name!r} has the gradient norm {lines.min()}; the axis needs > 0")
        depth = np.arange(1, lines.shape[1] + 1)
        mean = np.exp(np.log(lines).mean(axis=0))
        derived = mean[-1] * factors[name] ** (depth[-1] - depth)
        axes.plot(depth, lines.T, color=colour, linewidth=0.8, alpha=0.5)
        handles += axes.plot(depth, mean, "o-", color=colour, markersize=4, label=name)
        axes.plot(depth, derived, ":", color=colour)
    handles.append(Line2D([], [], color=GREY, linestyle=":", label="derived"))
    axes.set(yscale="log", xlabel="layer, counted from the input", title=title)
    axes.set_ylabel("gradient norm of its kernel")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    axes.yaxis.set_minor_locator(NullLocator())
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
    return figure
