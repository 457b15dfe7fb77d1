"""Training error by epoch of nets that differ in depth."""

from collections.abc import Mapping

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import new_figure, series_colours, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import ArrayLike


@styled
def training_errors(errors: Mapping[str, Mapping[str, ArrayLike]], title: str) -> Figure:
    """Draw training error by epoch, one panel per family: thin lines are seeds, thick ones means.

    Args:
        errors: By family and net, (seeds, epochs) errors in 0–1; every family has the same nets.
        title: What the nets were trained on.

    Raises:
        ValueError: If the families have different nets, or more than there are colours.
    """
    nets = list(next(iter(errors.values())))
    if any(list(family) != nets for family in errors.values()):
        found = {name: [*family] for name, family in errors.items()}
        raise ValueError(f"give every family the same nets, not {found}")
    figure = new_figure(height=3.7)
    figure.suptitle(title, fontsize=11)
    panels = figure.subplots(1, len(errors), sharey=True, squeeze=False)[0]
    for axes, (name, family) in zip(panels, errors.items(), strict=True):
        axes.set(title=name, xlabel="epoch")
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
        handles = []
        for (net, values), colour in zip(family.items(), series_colours(nets), strict=True):
            epochs = np.arange(1, np.shape(values)[1] + 1)
            handles.append(draw_seeds(axes, epochs, values, colour, label=net))
    panels[0].set(ylabel="training error", ylim=(0, 1))
    panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    figure.legend(handles=handles, loc="outside lower center", ncols=len(nets))
    return figure
