"""lessons_src.figures.normalization: the cells that are averaged, and statistics that follow."""

from lessons_src import figures
from lessons_src.figures.normalization import STEP
from lessons_src.figures.style import LIGHT_GREY, ORANGE

import numpy as np
import pytest
from figure_helpers import drawn, legend, titled, written
from matplotlib.colors import to_hex


def maps(figure):
    """Return the lower left corner, number of cells and colour of each map, back to front."""
    found = sorted(figure.axes[0].collections, key=lambda cells: cells.get_zorder())
    return [
        (
            *np.min([path.vertices.min(axis=0) for path in cells.get_paths()], axis=0),
            len(cells.get_paths()),
            to_hex(cells.get_facecolor()[0]).upper(),
        )
        for cells in found
    ]


def test_one_channel_of_all_images_is_shaded_and_lies_in_front():
    figure = figures.averaged_cells(images=2, side=3, channels=3)
    assert [(cells, colour) for *_, cells, colour in maps(figure)] == 2 * [
        (9, LIGHT_GREY),
        (9, LIGHT_GREY),
        (9, ORANGE),
    ]
    first, second = maps(figure)[:3], maps(figure)[3:]
    assert [bottom for _, bottom, *_ in first] == pytest.approx([2 * STEP, STEP, 0])
    rightmost = max(left for left, *_ in first) + 3
    assert min(left for left, *_ in second) > rightmost  # images do not touch


def test_the_title_counts_the_shaded_cells():
    figure = figures.averaged_cells(images=3, side=4, channels=2)
    shaded = sum(cells for *_, cells, colour in maps(figure) if colour == ORANGE)
    assert f"3 · 4 · 4 = {shaded} orange cells" in figure.get_suptitle()
    assert written(figure.axes[0]) == ["image 1", "image 2", "image 3"]


def test_running_values_begin_before_the_first_batch():
    figure = figures.running_statistics([4, 6, 5], {"0.9": [0, 0.4, 0.96, 1.36]}, 5, "mean")
    dots, line, level = figure.axes[0].lines
    assert drawn(dots) == ([1, 2, 3], [4, 6, 5])
    assert drawn(line) == ([0, 1, 2, 3], [0, 0.4, 0.96, 1.36])
    assert set(level.get_ydata()) == {5}
    assert titled(figure.axes[0]) == ("", "training steps", "mean")
    assert [*legend(figure)] == ["mean of a batch", "0.9", "of all data"]
