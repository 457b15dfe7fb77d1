"""Where a sigmoid's inputs lie on its curve, and how steep it is there."""

from lessons_src.figures.style import BLUE, LIGHT_GREY, SKY_BLUE, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
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
