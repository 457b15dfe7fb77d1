from lessons_src import figures, reports

import numpy as np
import pytest
from make_record import make_record

UNITS = {"basic": (["3×3, 64", "3×3, 64"], "x"), "projected": (["3×3, 128"], "Wx")}
ERRORS = {
    "plain": {"8 layers": [[0.9, 0.5], [0.7, 0.3]], "32 layers": [[0.9, 0.8]]},
    "residual": {"8 layers": [[0.8, 0.4], [0.6, 0.2]], "32 layers": [[0.9, 0.1]]},
}

RUN = make_record("thin_plain8", "thin", images={"train": 300, "val": 5, "test": 5}, seconds=90)


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


def test_gradients_run_from_the_first_layer_to_the_last_whatever_the_depth():
    norms = {"plain": {"8 layers": [[1, 2, 4], [3, 2, 1]], "14 layers": [[1, 2, 3, 4, 5]]}}
    [axes] = figures.gradients_by_depth(norms).axes
    lines = [(list(line.get_xdata()), list(line.get_ydata())) for line in axes.lines]
    assert lines[0] == ([0, 0.5, 1], [1, 2, 4])
    assert lines[2] == ([0, 0.5, 1], [2, 2, 2.5])
    assert lines[3] == ([0, 0.25, 0.5, 0.75, 1], [1, 2, 3, 4, 5])
    assert axes.get_yscale() == "log"


def test_a_gradient_of_zero_has_no_place_on_a_logarithmic_scale():
    with pytest.raises(ValueError, match="'8 layers' has the norm 0"):
        figures.gradients_by_depth({"plain": {"8 layers": [[1, 0]]}})


def test_recorded_depths_show_what_every_family_has():
    runs = {"plain": {8: [RUN], 14: [RUN]}, "residual": {8: [RUN], 14: []}}
    html = reports.recorded_depths(runs).data
    assert "Shapes-10, 300 images, 2 epochs, batches of 32, 2 runs, 3 minutes" in html
    assert "plain, 8 layers, 25.0%; residual, 8 layers, 25.0%" in html and "14 layers" not in html


def test_no_recorded_depth_is_said():
    runs = {"plain": {8: []}, "residual": {8: [RUN]}}
    assert "Not yet measured." in reports.recorded_depths(runs).data
