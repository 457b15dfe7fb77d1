"""lessons_src.figures.confusion: each row in per cent of its class."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import titled

NAMES = ["cat", "dog", "frog"]
COUNTS = [[3, 1, 0], [0, 10, 0], [8, 1, 1]]


def test_shares_stand_in_the_row_of_the_class_and_the_column_of_the_answer():
    [axes] = figures.confusion(COUNTS, NAMES).axes
    written = {text.get_position(): text.get_text() for text in axes.texts}
    assert {place: share for place, share in written.items() if share} == {
        **{(0, 0): "75", (1, 0): "25", (1, 1): "100"},
        **{(0, 2): "80", (1, 2): "10", (2, 2): "10"},
    }
    assert titled(axes) == (
        "per cent of each class; rows add up to 100",
        "the network's answer",
        "the image's class",
    )
    for ticks in (axes.get_xticklabels(), axes.get_yticklabels()):
        assert [label.get_text() for label in ticks] == NAMES


def test_wrong_answers_are_coloured_right_ones_stay_white():
    [axes] = figures.confusion(COUNTS, NAMES).axes
    shown = axes.images[0].get_array().filled(np.nan)
    np.testing.assert_allclose(shown[~np.eye(3, dtype=bool)], [25, 0, 0, 0, 80, 10])
    assert np.isnan(np.diag(shown)).all()
    assert axes.images[0].get_clim() == (0, 80)
    white = [text.get_position() for text in axes.texts if text.get_color() == "white"]
    assert white == [(0, 2)]  # on the dark cell alone


def test_a_class_without_images_does_not_divide_by_zero():
    [axes] = figures.confusion([[0, 0], [0, 2]], NAMES[:2]).axes
    assert [text.get_text() for text in axes.texts] == ["", "", "", "100"]


def test_another_number_of_names_is_refused():
    with pytest.raises(ValueError, match="2 names"):
        figures.confusion(np.eye(3), NAMES[:2])
