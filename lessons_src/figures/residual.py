"""Drawings about residual networks: their units, their training errors and gradients by depth."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import BLUE, GREY, ORANGE, SERIES, SKY_BLUE, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import ArrayLike

Point = tuple[float, float]


@styled
def residual_units(units: Mapping[str, tuple[Sequence[str], str]]) -> Figure:
    """Draw units side by side: the branch F from top to bottom, the shortcut around it.

    Args:
        units: By title, the texts of the branch's boxes, top first, and that of the shortcut. A
            shortcut that says more than "x" is drawn dotted, as in the paper.
    """
    longest = max(len(boxes) for boxes, _ in units.values())
    figure = new_figure(height=0.5 * (longest + 3) + 0.4)
    panels = figure.subplots(1, len(units), squeeze=False)[0]
    for axes, (title, (boxes, shortcut)) in zip(panels, units.items(), strict=True):
        axes.set_title(title)
        axes.set(xlim=(-0.9, 1.6), ylim=(-longest - 2.5, 0.4))
        axes.set_axis_off()
        _draw_unit(axes, boxes, shortcut)
    return figure


def _draw_unit(axes: Axes, boxes: Sequence[str], shortcut: str) -> None:
    """Draw x, the boxes below it, the plus, the last ReLU, and the way around the boxes."""
    texts = ["x", *boxes, "+", "ReLU"]
    for place, text in enumerate(texts):
        colour = SKY_BLUE if text in boxes else ORANGE if text == "+" else "white"
        box = {"boxstyle": "round,pad=0.25", "edgecolor": BLUE, "facecolor": colour}
        axes.text(0, -place, text, bbox=box, ha="center", va="center", fontsize=11)
        if place:
            _draw_arrow(axes, (0, 0.72 - place), (0, 0.28 - place), GREY)
    plus = -(len(texts) - 2)
    dashes = "-" if shortcut == "x" else ":"
    around = [(0.2, 1.15, 1.15, 0.36), (0, 0, plus, plus)]
    axes.plot(*around, color=BLUE, linestyle=dashes, linewidth=2)
    _draw_arrow(axes, (0.36, plus), (0.2, plus), BLUE, linewidth=2)  # its head is never dotted
    axes.text(1.28, plus / 2, shortcut, color=BLUE, ha="left", va="center")


def _draw_arrow(axes: Axes, start: Point, end: Point, colour: str, **line: Any) -> None:
    """Draw an arrow between two points of the axes."""
    style = {"arrowstyle": "->", "color": colour, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=style | line)


@styled
def training_errors(errors: Mapping[str, Mapping[str, ArrayLike]], title: str) -> Figure:
    """Draw training error by epoch, a panel a family of nets: thin a line a seed, thick the mean.

    Args:
        errors: By family and net, (seeds, epochs) errors in 0–1; every family has the same nets.
        title: What the nets were trained on.

    Raises:
        ValueError: If the families have different nets, or more than there are colours.
    """
    nets = list(next(iter(errors.values())))
    if any(list(family) != nets for family in errors.values()) or len(nets) > len(SERIES):
        found = {name: [*family] for name, family in errors.items()}
        raise ValueError(f"give every family the same nets, {len(SERIES)} at most, not {found}")
    figure = new_figure(height=3.7)
    figure.suptitle(title, fontsize=11)
    panels = figure.subplots(1, len(errors), sharey=True, squeeze=False)[0]
    for axes, (name, family) in zip(panels, errors.items(), strict=True):
        axes.set(title=name, xlabel="epoch")
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
        handles = []
        for (net, values), colour in zip(family.items(), SERIES, strict=False):
            epochs = np.arange(1, np.shape(values)[1] + 1)
            handles.append(draw_seeds(axes, epochs, values, colour, label=net))
    panels[0].set(ylabel="training error", ylim=(0, 1))
    panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    figure.legend(handles=handles, loc="outside lower center", ncols=len(nets))
    return figure


@styled
def gradients_by_depth(norms: Mapping[str, Mapping[str, ArrayLike]]) -> Figure:
    """Draw each kernel's gradient norm from the input to the output, a panel a family of nets.

    Args:
        norms: By family and net, (seeds, layers) norms, all above 0; a net's line spans the panel,
            whatever its depth.

    Raises:
        ValueError: For a norm of 0 or less, which the logarithmic scale has no place for.
    """
    figure = new_figure(height=3.7)
    panels = figure.subplots(1, len(norms), sharey=True, squeeze=False)[0]
    for axes, (name, family) in zip(panels, norms.items(), strict=True):
        axes.set(title=name, yscale="log", xticks=[0, 1], xticklabels=["first", "last"])
        axes.set_xlabel("layer with weights")
        handles = []
        for (net, values), colour in zip(family.items(), SERIES, strict=False):
            if not (np.asarray(values) > 0).all():
                raise ValueError(f"{net!r} has the norm {np.min(values)}; the axis needs > 0")
            place = np.linspace(0, 1, np.shape(values)[1])
            handles.append(draw_seeds(axes, place, values, colour, label=net))
    panels[0].set_ylabel("gradient norm of the kernel")
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles))
    return figure
