"""lessons_src.figures.batch_order: a row per batch, a colour per class."""

from lessons_src import figures
from lessons_src.figures.style import SERIES

import numpy as np
import pytest
from matplotlib.colors import to_hex

NAMES = ("cat", "dog", "owl")
ORDERS = {"as the files lie": [0, 0, 0, 1, 1, 2, 2], "shuffled": [2, 0, 1, 0, 2, 1, 0]}


def colours(axes):
    """Return the colours of the cells, row by row; None where there is no picture."""
    [mesh] = [part for part in axes.collections if part.get_array() is not None]
    mesh.update_scalarmappable()
    shown = [to_hex(c) if c[3] else None for c in mesh.get_facecolor()]
    columns = mesh.get_array().shape[1]
    return [shown[i : i + columns] for i in range(0, len(shown), columns)]


def test_each_batch_is_a_row_in_the_colours_of_its_classes():
    figure = figures.batch_order(ORDERS, NAMES, batch=3)
    names = {to_hex(colour): label for label, colour in enumerate(SERIES)}
    for axes, (title, labels) in zip(figure.axes, ORDERS.items(), strict=True):
        assert axes.get_title() == title
        found = [[names.get(colour) for colour in row] for row in colours(axes)]
        assert found == [labels[:3], labels[3:6], [labels[6], None, None]]
        top, bottom = axes.get_ylim()[::-1]
        assert top < bottom  # the first batch stands on top
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert legend == list(NAMES)


def test_more_classes_than_colours_are_refused():
    with pytest.raises(ValueError, match="8 classes; 7 colours"):
        figures.batch_order({"one": np.arange(8)}, list("abcdefgh"), 4)
