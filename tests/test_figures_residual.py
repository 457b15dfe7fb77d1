import numpy as np
import pytest

from lessons_src import figures

UNITS = {"basic": (["3×3, 64", "3×3, 64"], "x"), "projected": (["3×3, 128"], "Wx")}
ERRORS = {
    "plain": {"8 layers": [[0.9, 0.5], [0.7, 0.3]], "32 layers": [[0.9, 0.8]]},
    "residual": {"8 layers": [[0.8, 0.4], [0.6, 0.2]], "32 layers": [[0.9, 0.1]]},
}


def test_units_show_every_box_and_a_dotted_line_where_the_shortcut_changes_x():
    basic, projected = figures.residual_units(UNITS).axes
    texts = [text.get_text() for text in basic.texts if text.get_text()]
    assert texts == ["x", "3×3, 64", "3×3, 64", "+", "ReLU", "x"]
    assert basic.lines[0].get_linestyle() == "-"
    assert projected.lines[0].get_linestyle() == ":"


def test_the_shortcut_ends_at_the_plus():
    [axes] = figures.residual_units({"basic": UNITS["basic"]}).axes
    plus = next(text for text in axes.texts if text.get_text() == "+")
    assert axes.lines[0].get_ydata()[-1] == plus.get_position()[1]


def test_training_errors_draw_each_seed_and_the_mean_on_one_scale():
    plain, residual = figures.training_errors(ERRORS, "Shapes-10").axes
    assert plain.get_title() == "plain" and residual.get_title() == "residual"
    assert plain.get_ylim() == residual.get_ylim() == (0, 1)
    lines = [line.get_ydata() for line in plain.lines]
    np.testing.assert_allclose(lines, [[0.9, 0.5], [0.7, 0.3], [0.8, 0.4], [0.9, 0.8], [0.9, 0.8]])
    assert list(plain.lines[0].get_xdata()) == [1, 2]


def test_training_errors_refuse_families_of_different_nets():
    with pytest.raises(ValueError, match="same nets"):
        figures.training_errors({"plain": ERRORS["plain"], "residual": {}}, "Shapes-10")
