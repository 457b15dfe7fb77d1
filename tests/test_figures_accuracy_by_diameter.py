"""lessons_src.figures.accuracy_by_diameter: accuracy against the size of what is to be seen."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import drawn, legend, look, shown_as, titled


def test_seeds_their_mean_the_fields_and_guessing_are_drawn():
    values = {"field 11": np.array([[0.2, 0.5], [0.4, 0.7]]), "field 7": np.array([[0.3, 0.3]])}
    figure = figures.accuracy_by_diameter(values, [6, 10], [11, 7], "Shapes-10")
    [axes] = figure.axes
    guessing, first, second, mean, field, _, other_mean, other_field, _ = axes.lines
    assert list(guessing.get_ydata()) == [0.1, 0.1]
    assert drawn(first) == ([6, 10], [0.2, 0.5]) and drawn(second) == ([6, 10], [0.4, 0.7])
    assert drawn(mean) == ([6, 10], pytest.approx([0.3, 0.6]))
    assert list(field.get_xdata()) == [11, 11] and list(other_field.get_xdata()) == [7, 7]
    assert look(field)[0] == look(mean)[0] != look(other_mean)[0] == look(other_field)[0]
    assert list(legend(figure)) == ["guessing", "field 11", "field 7", "size of the field"]
    assert axes.get_xlim() == (5, 12)  # the line at the field lies within
    assert axes.get_ylim() == (0, 1) and shown_as(axes.yaxis, 0.5) == "50%"
    assert titled(axes) == ("Shapes-10", "diameter of the figure in pixels", "test accuracy")
    assert list(axes.get_xticks()) == [6, 10]


def test_another_number_of_fields_is_refused():
    with pytest.raises(ValueError, match="2 fields for 1 networks"):
        figures.accuracy_by_diameter({"a": [[0.2, 0.5]]}, [6, 10], [11, 27], "Shapes-10")
