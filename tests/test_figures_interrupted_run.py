"""lessons_src.figures.interrupted_run: what a stopped run has done, and what is done again."""

from lessons_src import figures
from lessons_src.figures.interrupted_run import FIRST, SECOND, WHOLE

import pytest
from figure_helpers import arrows, written


def bars(axes, height):
    """Return the (left, right) ends of a row's bars, to a tenth of an epoch."""
    found = []
    for bar in axes.collections:
        [path] = bar.get_paths()
        (left, bottom), (right, top) = path.vertices.min(axis=0), path.vertices.max(axis=0)
        if bottom < height < top:
            found.append((round(float(left), 1), round(float(right), 1)))
    return found


def test_the_epoch_that_was_cut_is_done_again():
    [axes] = figures.interrupted_run(4, 3).axes
    assert bars(axes, WHOLE) == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert bars(axes, FIRST) == [(0, 1), (1, 2), (2, 2.5)]
    assert bars(axes, SECOND) == [(2, 3), (3, 4)]
    [(start, head)] = arrows(axes)
    assert start[0] == head[0] == 2 and start[1] > head[1]
    assert "state after epoch 2" in written(axes)


def test_a_run_that_is_cut_in_its_first_epoch_begins_anew():
    [axes] = figures.interrupted_run(2, 1).axes
    assert bars(axes, SECOND) == [(0, 1), (1, 2)]
    assert arrows(axes) == [] and written(axes) == ["stopped"]


@pytest.mark.parametrize("epoch", [0, 5])
def test_an_epoch_that_the_run_does_not_have_is_refused(epoch):
    with pytest.raises(ValueError, match=f"from 1 to 4, not {epoch}"):
        figures.interrupted_run(4, epoch)
