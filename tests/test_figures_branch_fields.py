"""lessons_src.figures.branch_fields: the union has the first pixel and the last of all branches."""

from lessons_src import figures
from lessons_src.arithmetic import Window

import pytest
from figure_helpers import written

SAME = {"padding": "same"}
BRANCHES = {
    "3×3, stride 2": [Window(3, 2, "same")],
    "3×3, then 1×1": [Window(3, **SAME), Window(1, 2, "same")],
}


def bars(axes):
    """Return (begin, end) of each bar by its name."""
    return {
        p.get_label(): (p.get_x(), p.get_x() + p.get_width())
        for p in axes.patches
        if p.get_label().strip("_")
    }


def test_each_branch_has_its_field_and_the_union_has_all():
    [axes] = figures.branch_fields(6, BRANCHES, 0).axes
    assert bars(axes) == {
        "3×3, stride 2": (0, 3),
        "3×3, then 1×1": (-1, 2),
        "joined": (-1, 3),
    }
    assert written(axes)[:7] == ["−1", *"012345"]  # of the padding that is seen, and six pixels
    assert written(axes)[7:] == [
        "3×3, stride 2 first 0, last 2",
        "3×3, then 1×1 first −1, last 1",
        "joined smallest −1, largest 2",
    ]


def test_dashed_lines_lead_from_the_outermost_ends_to_the_union():
    [axes] = figures.branch_fields(6, BRANCHES, 1).axes
    assert sorted(line.get_xdata()[0] for line in axes.lines) == [1, 5]
    tops = {p.get_label(): p.get_y() for p in axes.patches}
    below = [line.get_ydata()[1] for line in axes.lines]
    assert all(bottom > tops["joined"] for bottom in below)


def test_a_branch_inside_another_adds_nothing():
    nested = {"5×5": [Window(5, **SAME)], "3×3": [Window(3, **SAME)], "1×1": [Window(1)]}
    [axes] = figures.branch_fields(6, nested, 2).axes
    assert bars(axes)["joined"] == bars(axes)["5×5"] == (0, 5)
    assert bars(axes)["1×1"] == (2, 3)


def test_more_pixels_than_can_be_numbered_are_refused():
    with pytest.raises(ValueError, match="12 pixels in a row; up to 10"):
        figures.branch_fields(12, BRANCHES, 1)
