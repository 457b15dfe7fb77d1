"""lessons_src.figures.unit_in_map: the unit, what it sees, and all maps of its layer."""

from lessons_src.figures.unit_in_map import unit_in_map

import numpy as np
import pytest

RNG = np.random.default_rng(0)
PICTURE = RNG.integers(0, 256, (32, 32, 3), np.uint8)
MAPS = RNG.random((5, 4, 6))


@pytest.fixture
def panels():
    return unit_in_map(PICTURE, MAPS, channel=2, unit=(3, 1), field=(12, -2, 9)).axes


def test_the_picture_and_the_chosen_map_are_drawn(panels):
    np.testing.assert_array_equal(panels[0].images[0].get_array(), PICTURE)
    np.testing.assert_array_equal(panels[1].images[0].get_array(), MAPS[..., 2])
    titles = [axes.get_title() for axes in panels]
    assert titles == ["receptive field", "channel 2", "all 6 channels"]


@pytest.mark.parametrize(("panel", "corner", "size"), [(0, (-2.5, 11.5), 9), (1, (0.5, 2.5), 1)])
def test_field_and_unit_are_marked(panels, panel, corner, size):
    (square,) = panels[panel].patches
    assert (square.get_xy(), square.get_width(), square.get_height()) == (corner, size, size)


def test_all_maps_stand_in_lines_on_one_scale(panels):
    drawn = panels[2].images[0]
    montage = np.asarray(drawn.get_array())
    np.testing.assert_array_equal(montage[:5, :4], MAPS[..., 0])
    np.testing.assert_array_equal(montage[6:11, 5:9], MAPS[..., 5])
    scales = {panels[i].images[0].get_clim() for i in (1, 2)}
    assert scales == {(MAPS.min(), MAPS.max())}
