"""Which classes meet in a batch: pictures in the order of their files, and shuffled."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.style import GREY, SERIES, new_figure, styled

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

CELL = np.array([(0, 0), (1, 0), (1, 0.86), (0, 0.86)])  # a gap keeps the batches apart


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
    figure = new_figure(height=3.3)
    panels = figure.subplots(1, len(orders), squeeze=False, sharey=True)[0]
    for axes, (title, labels) in zip(panels, orders.items(), strict=True):
        shown = np.asarray(labels)
        rows, columns = np.divmod(np.arange(len(shown)), batch)
        corners = np.stack([columns, rows], axis=1)  # (N, 2)
        # Polygons, not a mesh: dark pages change their colours as they do the legend's.
        cells = PolyCollection(
            corners[:, np.newaxis] + CELL, facecolors=[SERIES[label] for label in shown]
        )
        axes.add_collection(cells)
        last = rows[-1] + 1
        axes.set(title=title, xlabel="picture", xlim=(0, batch), ylim=(last, 0))
        axes.set_yticks(np.arange(last) + CELL[:, 1].mean(), range(1, last + 1))
        axes.tick_params(length=0, colors=GREY)
        axes.spines[:].set_visible(False)
    panels[0].set_ylabel("batch")
    handles = [
        Patch(color=colour, label=name) for colour, name in zip(SERIES, class_names, strict=False)
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=min(4, len(handles)))
    return figure
