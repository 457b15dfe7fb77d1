from lessons_src import figures
from lessons_src.analysis import layer_table
from lessons_src.figures.units import BOX, units
from lessons_src.models import build_model

from matplotlib.figure import Figure


def rows(name):
    return layer_table(build_model(name)).rows


def words(figure: Figure) -> list[str]:
    return [" ".join(text.get_text().split()) for text in figure.axes[0].texts]


def test_units_follow_the_branches_of_an_inception_unit():
    first, *others = units(rows("inception10"))
    assert [unit.name for unit in (first, *others)] == [
        "block1_unit1",
        "block1_unit2",
        "block2_unit1",
        "block2_unit2",
    ]
    assert first.input_shape == (32, 32, 16)
    assert [[row.kernel for row in branch] for branch in first.branches] == [
        [1],
        [1, 3],
        [1, 5],
        [3, 1],
    ]
    assert {unit.kind for unit in others} == {first.kind}


def test_units_tell_identity_from_projection():
    found = units(rows("resnet18"))
    shortcuts = [unit.branches[1] for unit in found]
    assert [len(shortcut) for shortcut in shortcuts] == [0, 0, 1, 0, 1, 0, 1, 0]
    assert len({unit.kind for unit in found}) == 2
    assert units(rows("vgg16")) == []


def test_the_first_unit_of_each_kind_is_drawn_with_how_many_there_are():
    labels = words(figures.architecture(rows("resnet18"), "ResNet18"))
    assert "stage1_unit1, first of 5 such units" in labels
    assert "stage2_unit1, first of 3 such units" in labels
    assert labels.count("identity") == 1 and "conv 1×1 /2 16×16×128" in labels
    labels = words(figures.architecture(rows("inception10"), "Inception10"))
    assert "block1_unit1, first of 4 such units" in labels
    assert labels.count("conv 1×1 /2 16×16×16") == 4 and "max pool 3×3 32×32×16" in labels


def test_a_concatenation_is_filled_by_its_branches_an_addition_is_not():
    def parts(name):
        (axes,) = figures.architecture(rows(name), name).axes
        fills = [patch for patch in axes.patches if patch.get_alpha()]
        return [round(patch.get_width() / BOX[0], 2) for patch in fills]

    assert parts("inception10")[-4:] == [0.25] * 4
    assert set(parts("resnet18")) == {1}
