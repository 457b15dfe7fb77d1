"""lessons_src.figures.batch_order: a row per batch, a colour per class."""

from lessons_src import figures
from lessons_src.figures.style import SERIES

import numpy as np
import pytest
from matplotlib.colors import to_hex

NAMES = ("cat", "dog", "owl")
ORDERS = {"as the files lie": [0, 0, 0, 1, 1, 2, 2], "shuffled": [2, 0, 1, 0, 2, 1, 0]}


def cells(axes):
    """Return the colour of each picture by its batch and its position there."""
    [drawn] = axes.collections
    corners = [tuple(path.vertices.min(axis=0).astype(int).tolist()) for path in drawn.get_paths()]
    shown = [to_hex(colour) for colour in drawn.get_facecolor()]
    return {(row, column): c for (column, row), c in zip(corners, shown, strict=True)}


def test_each_batch_is_a_row_in_the_colours_of_its_classes():
    figure = figures.batch_order(ORDERS, NAMES, batch=3)
    for axes, (title, labels) in zip(figure.axes, ORDERS.items(), strict=True):
        assert axes.get_title() == title
        places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0)]
        colours = [to_hex(SERIES[label]) for label in labels]
        assert cells(axes) == dict(zip(places, colours, strict=True))
        top, bottom = axes.get_ylim()[::-1]
        assert top < bottom  # the first batch stands on top
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == list(NAMES)


def test_more_classes_than_colours_are_refused():
    with pytest.raises(ValueError, match="8 classes; 7 colours"):
        figures.batch_order({"one": np.arange(8)}, list("abcdefgh"), 4)
