"""lessons_src.figures.branched_units: branches, found in the book's networks and drawn."""

from functools import cache

from lessons_src import figures
from lessons_src.analysis import layer_table
from lessons_src.figures.branched_units import BOX, LANE, units
from lessons_src.models import build_model

import pytest
from figure_helpers import RESIDUAL, arrows, drawn, written


@cache
def rows(name):
    return layer_table(build_model(name)).rows


@cache
def drawing(name):
    [axes] = figures.architecture(rows(name), name).axes
    return axes


def test_units_follow_the_branches_of_an_inception_unit():
    first, *others = units(rows("inception10"))
    assert [unit.name for unit in (first, *others)] == [
        "block1_unit1",
        "block1_unit2",
        "block2_unit1",
        "block2_unit2",
    ]
    assert first.input_shape == (32, 32, 16)
    windows = [[row.kernel for row in branch] for branch in first.branches]
    assert windows == [[1], [1, 3], [1, 5], [3, 1]]
    assert {unit.kind for unit in others} == {first.kind}


def test_units_tell_identity_from_projection():
    found = units(rows("resnet18"))
    shortcuts = [unit.branches[1] for unit in found]
    assert [len(shortcut) for shortcut in shortcuts] == [0, 0, 1, 0, 1, 0, 1, 0]
    assert len({unit.kind for unit in found}) == 2
    assert units(rows("lenet5")) == []


def test_the_first_unit_of_each_kind_is_drawn_with_how_many_there_are():
    labels = written(drawing("resnet18"))
    assert "stage1_unit1, first of 5 such units" in labels
    assert "stage2_unit1, first of 3 such units" in labels
    assert labels.count("identity") == 1 and "conv 1×1 /2 16×16×128" in labels
    labels = written(drawing("inception10"))
    assert "block1_unit1, first of 4 such units" in labels
    assert labels.count("conv 1×1 /2 16×16×16") == 4 and "max pool 3×3 32×32×16" in labels


def test_a_concatenation_is_filled_by_its_branches_an_addition_is_not():
    def parts(name):
        fills = [patch for patch in drawing(name).patches if patch.get_alpha()]
        return [round(patch.get_width() / BOX[0], 2) for patch in fills]

    assert parts("inception10")[-4:] == [0.25] * 4
    assert set(parts("resnet18")) == {1}


def test_boxes_stand_below_what_they_read_and_arrows_point_down():
    [axes] = figures.architecture(RESIDUAL, "ResNet").axes
    height = {" ".join(t.get_text().split()): t.get_position()[1] for t in axes.texts}
    first, second = height["conv 3×3 /2 16×16×128"], height["conv 3×3 16×16×128"]
    assert height["input 32×32×64"] > first > second > height["add 16×16×128"]
    assert height["conv 1×1 /2 16×16×128"] == pytest.approx(first)
    inside = arrows(axes)[4:]  # the first four lead from block to block
    assert len(inside) == 5 and all(start[1] > head[1] for start, head in inside)


@pytest.mark.parametrize(("name", "units_drawn"), [("inception10", 1), ("resnet18", 2)])
def test_arrows_lead_from_the_bottom_of_a_box_to_the_top_of_the_next(name, units_drawn):
    axes = drawing(name)
    frames = [patch.get_bbox() for patch in axes.patches if patch.get_facecolor()[3] == 0]
    assert {(round(box.width, 6), round(box.height, 6)) for box in frames} == {BOX}
    ends = [(x[-1], y[-1]) for x, y in map(drawn, axes.lines)]  # lines that go on as an arrow
    inside = [(start, head) for start, head in arrows(axes) if start[1] != head[1]]
    for start, _ in inside:
        bottoms = [b for b in frames if b.x0 <= start[0] <= b.x1]
        assert any(start == end for end in ends) or any(
            box.y0 == pytest.approx(start[1]) for box in bottoms
        )
    reached = [
        any(b.x0 < x < b.x1 and y == pytest.approx(b.y1) for _, (x, y) in inside) for b in frames
    ]
    assert reached.count(False) == units_drawn  # the inputs


def test_branches_stand_side_by_side_around_the_middle_of_their_unit():
    axes = drawing("inception10")
    at = {" ".join(t.get_text().split()): t.get_position()[0] for t in axes.texts}
    middle = at["block1_unit1, first of 4 such units"]
    assert at["input 32×32×16"] == at["concatenate 16×16×64"] == pytest.approx(middle)
    lanes = {t.get_position()[0] for t in axes.texts if t.get_text().endswith("\n16×16×16")}
    assert sorted(lanes) == pytest.approx([middle + s * LANE for s in (-1.5, -0.5, 0.5, 1.5)])
