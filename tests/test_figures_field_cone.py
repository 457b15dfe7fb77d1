"""lessons_src.figures.field_cone: what a unit reads is filled, and its three numbers are marked."""

from lessons_src import figures
from lessons_src.arithmetic import Window, receptive_field

import numpy as np
import pytest
from figure_helpers import arrows, written
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

CHAIN = [Window(3, 1, "same"), Window(2, 2), Window(3)]
NAMES = ["conv", "pool", "last"]


def units(axes, level, filled=None):
    """Return (begin, end) of each unit of a layer, of those that are seen or the others alone."""
    bottoms = sorted({p.get_y() for p in axes.patches if isinstance(p, Rectangle)})
    boxes = [p for p in axes.patches if isinstance(p, Rectangle) and p.get_y() == bottoms[level]]
    return [
        (round(p.get_x(), 1), round(p.get_x() + p.get_width(), 1))
        for p in boxes
        if filled is None or (to_hex(p.get_facecolor()) != "#ffffff") == filled
    ]


def middles(boxes):
    return [(begin + end) / 2 for begin, end in boxes]


@pytest.fixture
def axes():
    return figures.field_cone(12, CHAIN, NAMES, 1).axes[0]


def test_what_the_unit_sees_is_filled_in_each_layer(axes):
    assert [len(units(axes, level)) for level in range(4)] == [12, 12, 6, 4]
    seen = [units(axes, level, filled=True) for level in range(4)]
    assert middles(seen[0]) == pytest.approx(np.arange(1, 9) + 0.5)  # pixels 1 to 8
    assert [len(boxes) for boxes in seen] == [8, 6, 3, 1]


def test_units_stand_over_the_middle_of_their_fields(axes):
    for level in (1, 2, 3):
        field = receptive_field(CHAIN[:level], 12)
        wanted = field.offset + np.arange(4) * field.jump + field.size / 2
        assert middles(units(axes, level))[:4] == pytest.approx(wanted)


def test_size_jump_and_offset_are_marked_and_written(axes):
    assert [(start[0], end[0]) for start, end in arrows(axes)] == [(1, 9), (1, 3), (0, -1)]
    assert "last: r = 8, j = 2, o = −1" in written(axes)
    assert [text.split(":")[0] for text in written(axes)[-3:]] == ["r = 8", "j = 2", "o = −1"]


def test_padding_is_seen_and_is_not_a_pixel():
    axes = figures.field_cone(12, CHAIN, NAMES, 0).axes[0]
    dashed = [p for p in axes.patches if isinstance(p, Rectangle) and p.get_linestyle() == "--"]
    assert [round(p.get_x()) for p in dashed] == [-1]
    assert len(units(axes, 0, filled=True)) == 7  # of 8
    assert "−1" in written(axes)  # its number, not its value


@pytest.mark.parametrize(
    ("size", "unit", "words"),
    [(12, 3, "unit=3; give 0 to 2"), (12, -1, "give 0"), (40, 1, "41 pixels"), (3, 0, "kernel=3")],
)
def test_what_cannot_be_drawn_is_refused(size, unit, words):
    with pytest.raises(ValueError, match=words):
        figures.field_cone(size, CHAIN, NAMES, unit)
