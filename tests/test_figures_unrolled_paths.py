"""lessons_src.figures.unrolled_paths: every way through a chain of residual units."""

from collections import defaultdict

from lessons_src import figures

import pytest
from figure_helpers import arrows, drawn, written


def rows(axes):
    """Return what is written in each row of paths, from left to right, first row first."""
    found = defaultdict(list)
    for text in axes.texts:
        x, y = text.get_position()
        found[-y].append((x, text.get_text()))
    return [[text for _, text in sorted(found[row])] for row in sorted(found)]


def test_each_path_is_drawn_once_and_short_ones_first():
    _, ways = figures.unrolled_paths(2).axes
    assert rows(ways) == [
        ["x", "+", "0 branches"],
        ["F1", "1 branch"],
        ["F2", "1 branch"],
        ["F1", "F2", "2 branches"],
    ]
    assert [sum(f"{n} branch" in row[-1] for row in rows(figures.unrolled_paths(4).axes[1]))
            for n in range(5)] == [1, 4, 6, 4, 1]  # fmt: skip


def test_each_shortcut_leaves_before_its_branch_and_ends_in_its_sum():
    chain, ways = figures.unrolled_paths(3).axes
    assert written(chain) == ["x", "F1", "+", "F2", "+", "F3", "+"]
    at = {text.get_text(): text.get_position()[0] for text in chain.texts if text.get_text()}
    sums = [t.get_position()[0] for t in chain.texts if t.get_text() == "+"]
    for unit, (line, end) in enumerate(zip(chain.lines, sums, strict=True), start=1):
        along, _ = drawn(line)
        assert along[0] == along[1] < at[f"F{unit}"] < along[2] == end
    heads = [head for start, head in arrows(chain) if start[0] == head[0]]
    assert [x for x, _ in heads] == sums
    *paths, left, right = ways.lines
    assert len(paths) == 8
    for row, line in enumerate(paths):
        assert drawn(line) == ([drawn(left)[0][0], drawn(right)[0][0]], [-row, -row])


@pytest.mark.parametrize("units", [0, 5])
def test_paths_that_would_not_be_legible_are_refused(units):
    with pytest.raises(ValueError, match=f"units must be 1 to 4, not {units}"):
        figures.unrolled_paths(units)
