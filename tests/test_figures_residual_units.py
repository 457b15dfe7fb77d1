"""lessons_src.figures.residual_units: branch, shortcut and sum."""

from lessons_src import figures

from figure_helpers import arrows, drawn, written

UNITS = {"basic": (["3×3, 64", "3×3, 64"], "x"), "projected": (["3×3, 128"], "Wx")}


def test_units_show_every_box_and_a_dotted_line_where_the_shortcut_changes_x():
    basic, projected = figures.residual_units(UNITS).axes
    assert (basic.get_title(), projected.get_title()) == ("basic", "projected")
    assert written(basic) == ["x", "3×3, 64", "3×3, 64", "+", "ReLU", "x"]
    assert written(projected) == ["x", "3×3, 128", "+", "ReLU", "Wx"]
    assert basic.lines[0].get_linestyle() == "-"
    assert projected.lines[0].get_linestyle() == ":"


def test_boxes_go_down_and_the_shortcut_leads_from_x_to_the_plus():
    [axes] = figures.residual_units({"basic": UNITS["basic"]}).axes
    height = [text.get_position()[1] for text in axes.texts if text.get_text() != ""]
    x, *_, plus, _relu, _label = height
    assert height[:5] == sorted(height[:5], reverse=True)
    along, down = drawn(axes.lines[0])
    assert list(down) == [x, x, plus, plus] and along[0] < along[1] == along[2] > along[3] > 0
    *between, (start, head) = arrows(axes)
    assert len(between) == 4 and all(start[1] > head[1] for start, head in between)
    assert start[1] == head[1] == plus and start[0] > head[0]
