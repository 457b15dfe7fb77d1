"""Which classes meet in a batch: pictures in the order of their files, and shuffled."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import GREY, SERIES, new_figure, styled

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import ArrayLike


@styled
def batch_order(orders: Mapping[str, ArrayLike], class_names: Sequence[str], batch: int) -> Figure:
    """Draw the pictures that a network is shown, a row per batch, coloured by their classes.

    Args:
        orders: By title, (N,) labels in the order in which the pictures come.
        class_names: One name per label.
        batch: Pictures per batch.

    Raises:
        ValueError: For more classes than there are colours that can be told apart.
    """
    if len(class_names) > len(SERIES):
        raise ValueError(f"{len(class_names)} classes; {len(SERIES)} colours can be told apart")
    colours = ListedColormap(SERIES[: len(class_names)])
    figure = new_figure(height=3.3)
    panels = figure.subplots(1, len(orders), squeeze=False, sharey=True)[0]
    for axes, (title, labels) in zip(panels, orders.items(), strict=True):
        labels = np.asarray(labels)
        places = np.full(-(-len(labels) // batch) * batch, np.nan)  # the last may be shorter
        places[: len(labels)] = labels
        rows = places.reshape(-1, batch)
        axes.pcolormesh(
            np.ma.masked_invalid(rows), cmap=colours, vmin=-0.5, vmax=len(class_names) - 0.5
        )
        axes.hlines(range(1, len(rows)), 0, batch, color="white", linewidth=2)
        axes.set(title=title, xlabel="picture", ylim=(len(rows), 0))
        axes.set_yticks(np.arange(len(rows)) + 0.5, range(1, len(rows) + 1))
        axes.tick_params(length=0, colors=GREY)
        axes.spines[:].set_visible(False)
    panels[0].set_ylabel("batch")
    handles = [
        Patch(color=colour, label=name) for colour, name in zip(SERIES, class_names, strict=False)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=min(4, len(handles)))
    return figure
