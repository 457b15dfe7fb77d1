"""Rows of pictures, each row with its name: the classes of a data set, the changes of a picture."""

from collections.abc import Mapping

from lessons_src.figures.images import joined
from lessons_src.figures.style import WIDTH, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

GAP = 2  # pixels between two pictures
NAMES_WIDTH = 1.3  # inches that the rows' names take


@styled
def picture_rows(rows: Mapping[str, ArrayLike], title: str) -> Figure:
    """Draw rows of pictures close together, a name to the left of each row.

    Args:
        rows: By name, (N, H, W, 3) pictures, the same shape in every row; integers in 0–255 or
            floats in 0–1.
        title: What the pictures are.

    Raises:
        ValueError: If the rows differ in shape.
    """
    stacks = [np.asarray(pictures) for pictures in rows.values()]
    shapes = {stack.shape for stack in stacks}
    if len(shapes) != 1:
        raise ValueError(f"rows of shapes {shapes}; give each as many pictures of one size")
    montage = joined([joined(stack, 1, GAP) for stack in stacks], 0, GAP)
    height, width = montage.shape[:2]
    figure = new_figure(height=(WIDTH - NAMES_WIDTH) * height / width + 0.5)
    figure.set_layout_engine("constrained", w_pad=0.1)  # inches left of the longest name
    axes = figure.subplots()
    axes.imshow(montage, interpolation="nearest")
    row_height = (height + GAP) / len(stacks)
    axes.set_yticks((np.arange(len(stacks)) + 0.5) * row_height - GAP / 2, list(rows))
    axes.tick_params(length=0)
    axes.set(xticks=[])
    axes.spines[:].set_visible(False)
    figure.suptitle(title, fontsize=12)
    return figure
