"""lessons_src.figures.main_path: the steps from the input to the answer."""

from lessons_src.figures.main_path import Step, steps, window_text

import pytest
from figure_helpers import LENET5, RESIDUAL


def test_layers_that_keep_the_shape_and_flattening_are_no_steps():
    path = steps(LENET5)
    assert [step.operation for step in path] == [
        "input",
        *("conv", "max pool", "conv", "max pool"),
        *("dense layer", "dense layer", "dense layer"),
    ]
    assert path[2] == Step("max pool", "2×2\xa0/2", (14, 14, 6))


def test_a_unit_is_one_step_with_the_stride_of_its_branches():
    assert [(step.operation, step.window) for step in steps(RESIDUAL)] == [
        *(("input", ""), ("conv", "3×3"), ("residual unit", "/2")),
        *(("global average", ""), ("dense layer", "")),
    ]


@pytest.mark.parametrize(
    ("window", "text"),
    [
        *(((5, 1), "5×5"), ((2, 2), "2×2\xa0/2"), ((None, 2), "/2"), ((None, None), "")),
        *((((1, 7), 1), "1×7"), ((3, (2, 1)), "3×3\xa0/2×1"), (((2, 2), (2, 2)), "2×2\xa0/2")),
    ],
)
def test_a_stride_of_one_is_not_written(window, text):
    assert window_text(*window) == text
