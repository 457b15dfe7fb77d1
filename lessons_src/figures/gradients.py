"""Gradient norms of the kernels: layer by layer, or from the first to the last at any depth."""

from collections.abc import Mapping

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import GREY, new_figure, series_colours, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullLocator
from numpy.typing import ArrayLike


@styled
def gradients_by_layer(
    norms: Mapping[str, ArrayLike], factors: Mapping[str, float], title: str
) -> Figure:
    """Draw gradient norms by layer: thin lines are seeds, thick ones means, dotted ones derived.

    Args:
        norms: By network, (seeds, layers) gradient norms, the layer next to the input first.
        factors: By network, the factor derived for one layer towards the input; drawn dotted from
            the mean norm of the last layer.
        title: What was measured.

    Raises:
        ValueError: If a network has norms without a factor, a norm is 0 or less, or there are more
            networks than colours.
    """
    if norms.keys() != factors.keys():
        raise ValueError(f"norms are of {[*norms]}, factors of {[*factors]}; name the same")
    figure = new_figure(height=3.8)
    axes = figure.subplots()
    handles = []
    for (name, values), colour in zip(norms.items(), series_colours(norms), strict=True):
        lines = _positive(name, values)
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


@styled
def gradients_by_depth(norms: Mapping[str, Mapping[str, ArrayLike]]) -> Figure:
    """Draw each kernel's gradient norm from the input to the output, one panel per family of nets.

    Args:
        norms: By family and net, (seeds, layers) norms, all above 0; a net's line spans the panel,
            whatever its depth.

    Raises:
        ValueError: For a norm of 0 or less, which a logarithmic axis can't show, or more nets than
            colours.
    """
    figure = new_figure(height=3.7)
    panels = figure.subplots(1, len(norms), sharey=True, squeeze=False)[0]
    for axes, (name, family) in zip(panels, norms.items(), strict=True):
        axes.set(title=name, yscale="log", xticks=[0, 1], xticklabels=["first", "last"])
        axes.set_xlabel("layer with weights")
        handles = []
        for (net, values), colour in zip(family.items(), series_colours(family), strict=True):
            lines = _positive(net, values)
            depth = np.linspace(0, 1, lines.shape[1])
            handles.append(draw_seeds(axes, depth, lines, colour, label=net))
    panels[0].set_ylabel("gradient norm of the kernel")
    figure.legend(handles=handles, loc="outside lower center", ncols=len(handles))
    return figure


def _positive(name: str, norms: ArrayLike) -> np.ndarray:
    """Return norms as an array; refuse those of 0 or less, which a logarithmic axis can't show."""
    values = np.asarray(norms, float)
    if not (values > 0).all():
        raise ValueError(f"{name!r} has the gradient norm {values.min():g}; the axis needs > 0")
    return values
