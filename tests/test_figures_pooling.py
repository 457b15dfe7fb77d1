"""lessons_src.figures.pooling: windows in numbers, and a picture before and after."""

from lessons_src import figures
from lessons_src.figures.output import image_tag
from lessons_src.figures.pooling import WINDOWS
from lessons_src.figures.style import ORANGE, VERMILLION
from lessons_src.interactive.frames import PIXELS_PER_INCH

import numpy as np
import pytest
from figure_helpers import written
from matplotlib.colors import to_rgba

NUMBERS = np.array([[1, 3, 0, 2], [2, -2, 4, 6], [5, 5, -1, -3], [5, 1, -4, 0]])
IMAGE = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)


def test_pooled_numbers_writes_the_map_its_maxima_and_its_averages():
    before, largest, average = figures.pooled_numbers(NUMBERS, 2).axes
    assert [axes.get_title() for axes in (before, largest, average)] == [
        "feature map 4×4",
        "max",
        "average",
    ]
    assert list(before.get_xticks()) == list(before.get_yticks()) == [-0.5, 0.5, 1.5, 2.5, 3.5]
    places = [text.get_position() for text in before.texts]
    assert places == [(x, y) for y in range(4) for x in range(4)]
    assert [text.get_position() for text in largest.texts] == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert written(before) == [str(n).replace("-", "−") for n in NUMBERS.ravel()]
    assert written(largest) == ["3", "6", "5", "0"]
    assert written(average) == ["1", "3", "4", "−2"]


def test_pooled_numbers_colours_a_window_and_its_result_alike():
    before, largest, _ = (
        axes.images[0].get_array() for axes in figures.pooled_numbers(NUMBERS, 2).axes
    )
    assert len(np.unique(WINDOWS, axis=0)) == 4
    assert np.array_equal(np.repeat(np.repeat(largest, 2, axis=0), 2, axis=1), before)


@pytest.mark.parametrize("size", [0, 3])
def test_pooled_numbers_refuses_windows_that_do_not_fill_the_map(size):
    with pytest.raises(ValueError, match=f"size={size} do not fill a map of 4×4"):
        figures.pooled_numbers(NUMBERS, size)


def test_routed_gradients_go_to_the_framed_winners_or_to_all():
    figure = figures.routed_gradients(NUMBERS, [[8, 4], [-4, 12]])
    before, arriving, largest, average = figure.axes
    assert [axes.get_title() for axes in figure.axes] == ["map 4×4", "arriving", "max", "average"]
    assert written(arriving) == ["8", "4", "−4", "12"]
    assert " ".join(written(largest)) == "0 8 0 0 0 0 0 4 −4 0 0 0 0 0 0 12"
    assert " ".join(written(average)) == "2 2 1 1 2 2 1 1 −1 −1 3 3 −1 −1 3 3"
    winners = [(1, 0), (3, 1), (0, 2), (3, 3)]  # of the two largest values, the first
    for axes in (before, largest):
        found = [(p.get_x() + 0.45, p.get_y() + 0.45) for p in axes.patches]
        assert found == [pytest.approx(winner) for winner in winners]
    assert not arriving.patches and not average.patches


@pytest.mark.parametrize("arriving", [[[1, 2, 3]], [[1], [2]]])
def test_routed_gradients_refuses_windows_that_do_not_fill_the_map(arriving):
    with pytest.raises(ValueError, match=r"windows do not fill a map of \(4, 4\)"):
        figures.routed_gradients(NUMBERS, arriving)


def test_pooled_image_frames_two_windows_and_draws_both_pictures():
    pooled = IMAGE[::4, ::4]
    figure = figures.pooled_image(IMAGE, pooled, size=3, stride=4, kind="first")
    assert figure.get_suptitle() == "first, size 3, stride 4"
    before, after = figure.axes
    assert (before.get_title(), after.get_title()) == ("32×32", "8×8")
    assert np.array_equal(before.images[0].get_array(), IMAGE)
    assert np.array_equal(after.images[0].get_array(), pooled)
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["first window", "next window"]
    frames = [(f.get_xy(), f.get_width(), f.get_edgecolor()) for f in before.patches]
    assert frames == [
        ((-0.5, -0.5), 3, to_rgba(ORANGE)),
        ((3.5, -0.5), 3, to_rgba(VERMILLION)),
    ]


def test_pooled_image_frames_the_only_window_of_global_pooling():
    mean = IMAGE.mean(axis=(0, 1), keepdims=True) / 255
    figure = figures.pooled_image(IMAGE, mean, size=32, stride=1, kind="average")
    assert len(figure.axes[0].patches) == 1


def test_pooled_image_is_light_enough_for_forty_frames():
    figure = figures.pooled_image(IMAGE, IMAGE[::2, ::2], 2, 2, "max")
    assert len(image_tag(figure, "noise, the worst case", PIXELS_PER_INCH)) < 1_500_000 / 40
