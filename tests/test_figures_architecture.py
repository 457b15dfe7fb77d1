"""lessons_src.figures.architecture: shapes to scale, and the layers between them."""

from lessons_src import figures
from lessons_src.figures.architecture import DEPTH, SIDE

import pytest
from figure_helpers import LENET5, RESIDUAL, Row, arrows, texts, written


def test_shapes_and_the_layers_between_them_are_written_in_order():
    figure = figures.architecture(LENET5, "LeNet5 of 1998")
    assert figure.get_suptitle() == "LeNet5 of 1998"
    assert written(figure.axes[0]) == [
        "32×32×3",
        *("conv 5×5", "28×28×6", "max pool 2×2 /2", "14×14×6"),
        *("conv 5×5", "10×10×16", "max pool 2×2 /2", "5×5×16"),
        *("dense layer", "120 units", "dense layer", "84 units", "dense layer", "10 units"),
    ]


def test_maps_are_drawn_to_scale():
    [axes] = figures.architecture(LENET5, "LeNet5").axes
    sizes = [(patch.get_height(), patch.get_width()) for patch in axes.patches[:5]]
    shapes = [(32, 3), (28, 6), (14, 6), (10, 16), (5, 16)]
    expected = [(SIDE * side / 32, DEPTH * channels / 16) for side, channels in shapes]
    assert [size == pytest.approx(e) for size, e in zip(sizes, expected, strict=True)] == 5 * [True]


def test_blocks_go_from_left_to_right_and_then_to_the_next_line():
    [axes] = figures.architecture(LENET5, "LeNet5").axes
    middles = [
        (patch.get_x() + patch.get_width() / 2, patch.get_y() + patch.get_height() / 2)
        for patch in axes.patches
    ]
    first, second = middles[:4], middles[4:]
    assert [x for x, _ in first] == sorted(x for x, _ in first)
    assert len({round(y, 6) for _, y in first}) == 1 and second[0][1] < first[0][1]
    found = arrows(axes)
    assert len(found) == len(axes.patches) - 1
    for (start, y), (head, _) in found:
        assert start < head and any(y == pytest.approx(middle) for _, middle in middles)


def test_joined_branches_are_one_unit_and_below_it_stands_what_it_holds():
    [axes] = figures.architecture(RESIDUAL, "ResNet").axes
    labels = written(axes)
    assert "residual unit /2" in labels
    unit = labels[labels.index("stage2_unit1") + 1 :]
    assert unit[:3] == ["input 32×32×64", "conv 3×3 /2 16×16×128", "conv 3×3 16×16×128"]
    assert unit[3:] == ["conv 1×1 /2 16×16×128", "add 16×16×128"]


def test_layers_of_equal_shape_are_counted():
    rows = [LENET5[0], *(Row(f"conv{n}", "Conv2D", (32, 32, 8), 3, 1) for n in (1, 2))]
    labels = [" ".join(text.split()) for text in texts(figures.architecture(rows, "two"))]
    assert "2 convs 3×3" in labels
