"""lessons_src.figures.images: pictures, kernels and feature maps, unchanged."""

from lessons_src import figures
from lessons_src.figures.images import joined

import numpy as np
import pytest
from figure_helpers import texts

IMAGES = np.random.default_rng(0).integers(0, 256, (6, 8, 4, 3), dtype=np.uint8)
WEIGHTS = np.random.default_rng(1).normal(size=(5, 5, 3, 6))


def pictures(figure):
    return [axes.images[0] for axes in figure.axes if axes.images]


def test_image_grid_draws_each_image_under_its_label():
    figure = figures.image_grid(IMAGES, list("abcdef"), columns=4)
    assert [axes.get_title() for axes in figure.axes if axes.images] == list("abcdef")
    for drawn, image in zip(pictures(figure), IMAGES, strict=True):
        assert np.array_equal(drawn.get_array(), image)


def test_image_grid_puts_as_many_images_in_a_line_as_asked():
    figure = figures.image_grid(IMAGES, list("abcdef"), columns=4)
    left = [axes.get_subplotspec().colspan.start for axes in figure.axes if axes.images]
    assert left == [0, 1, 2, 3, 0, 1]


def test_image_grid_refuses_another_number_of_labels():
    with pytest.raises(ValueError, match="shorter"):
        figures.image_grid(IMAGES, ["one"])


@pytest.mark.parametrize(("pixel", "brightest"), [(0.5, 1), (128, 255)])
def test_grey_images_run_from_black_to_white(pixel, brightest):
    [drawn] = pictures(figures.image_grid(np.full((1, 4, 4, 1), pixel), ["half"]))
    assert drawn.get_clim() == (0, brightest) and drawn.get_cmap().name == "gray"


def test_filters_of_rgb_input_are_stretched_one_by_one_and_say_so():
    figure = figures.filters(WEIGHTS)
    squares = [square.get_array() for square in pictures(figure)]
    assert len(squares) == 6
    for number, square in enumerate(squares):
        kernel = WEIGHTS[..., number]
        np.testing.assert_allclose(square, (kernel - kernel.min()) / np.ptp(kernel))
    assert figure.get_supxlabel() == "weights as RGB, each kernel's range stretched to 0–1"


def test_filters_of_other_inputs_share_one_scale_around_zero():
    kernels = np.random.default_rng(2).normal(size=(3, 3, 4, 5))
    figure = figures.filters(kernels)
    drawn = figure.axes[0].images[0]
    assert np.array_equal(drawn.get_array()[4:7, 8:11], kernels[:, :, 1, 2])
    low, high = drawn.get_clim()
    assert -low == high == np.abs(kernels).max()
    assert {"kernels: 5", "input channels: 4", "weight"} <= set(texts(figure))


def test_filters_of_equal_weights_do_not_divide_by_zero():
    assert not np.any(pictures(figures.filters(np.zeros((3, 3, 3, 2))))[0].get_array())
    figures.show(figures.filters(np.zeros((3, 3, 1, 2))), "two white squares")


def test_feature_maps_draw_each_channel_on_one_scale():
    maps = np.stack([np.zeros((4, 3)), np.arange(12.0).reshape(4, 3)], axis=-1)
    figure = figures.feature_maps(maps, ["dead", "alive"])
    for number, drawn in enumerate(pictures(figure)[:2]):
        assert np.array_equal(drawn.get_array(), maps[..., number])
        assert drawn.get_clim() == (0, 11)
    assert [axes.get_title() for axes in figure.axes[:2]] == ["dead", "alive"]
    assert "activation" in texts(figure)


def test_feature_maps_refuse_another_number_of_titles():
    with pytest.raises(ValueError, match="shorter"):
        figures.feature_maps(np.zeros((4, 4, 2)), ["one"])


def test_joined_pictures_have_white_between_them():
    wide = joined(IMAGES[:2], axis=1, gap=3)
    assert wide.shape == (8, 11, 3) and np.array_equal(wide[:, 7:], IMAGES[1])
    assert (wide[:, 4:7] == 255).all()
    assert (joined(IMAGES[:2] / 510, axis=0, gap=1)[8] == 1).all()
