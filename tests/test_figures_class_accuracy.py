"""lessons_src.figures.class_accuracy: a bar for each class."""

from lessons_src import figures

import pytest
from figure_helpers import shown_as, titled


def test_each_class_has_its_bar_and_the_overall_accuracy_a_line():
    [axes] = figures.class_accuracy([0.5, 0.75], ["cat", "dog"], overall=0.6).axes
    assert [bar.get_width() for bar in axes.patches] == [0.5, 0.75]
    assert axes.lines[0].get_xdata()[0] == 0.6
    assert [label.get_text() for label in axes.get_yticklabels()] == ["cat 50%", "dog 75%"]
    assert titled(axes) == ("overall 60.0%", "accuracy", "")
    assert axes.get_xlim() == (0, 1) and shown_as(axes.xaxis, 0.5) == "50%"
    bottom, top = axes.get_ylim()
    assert bottom > top  # the first class is on top


def test_another_number_of_names_is_refused():
    with pytest.raises(ValueError, match="1 names"):
        figures.class_accuracy([0.5, 0.7], ["cat"], 0.6)
