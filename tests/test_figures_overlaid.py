"""lessons_src.figures.overlaid: heat where the map is."""

from lessons_src import figures

import numpy as np
from matplotlib import colormaps

INFERNO = colormaps["inferno"]


def test_a_map_is_scaled_to_its_largest_value_and_laid_over_its_picture():
    maps = np.zeros((2, 4, 4))
    maps[0, 1, 2], maps[0, 3, 0] = 8, 4
    pictures = np.stack([np.zeros((4, 4, 3)), np.ones((4, 4, 3))])
    found = figures.overlaid(pictures, maps)
    np.testing.assert_allclose(found[0, 1, 2], 0.55 * np.array(INFERNO(1.0)[:3]))
    np.testing.assert_allclose(found[0, 3, 0], 0.55 * np.array(INFERNO(0.5)[:3]))
    cold = 0.45 + 0.55 * np.array(INFERNO(0.0)[:3])
    np.testing.assert_allclose(found[1], cold * np.ones((4, 4, 3)))  # a map of zeros


def test_each_map_has_a_scale_of_its_own():
    maps = np.zeros((2, 4, 4))
    maps[0, 1, 2], maps[1, 0, 0] = 8, 2
    found = figures.overlaid(np.zeros((2, 4, 4, 3)), maps)
    np.testing.assert_allclose(found[0, 1, 2], found[1, 0, 0])


def test_a_small_map_is_enlarged_between_its_middles():
    maps = np.array([[[0.0, 1], [0, 0]]])
    found = figures.overlaid(np.zeros((1, 8, 8, 3)), maps)
    assert found.shape == (1, 8, 8, 3)
    hot, cold = (0.55 * np.array(INFERNO(value)[:3]) for value in (1.0, 0.0))
    np.testing.assert_allclose(found[0, :2, 6:], hot * np.ones((2, 2, 3)))  # beyond the middle
    np.testing.assert_allclose(found[0, :, :2], cold * np.ones((8, 2, 3)))
    half = 0.55 * np.array(INFERNO(0.625)[:3])  # 5/8 of the way from middle to middle
    np.testing.assert_allclose(found[0, 0, 4], half)
