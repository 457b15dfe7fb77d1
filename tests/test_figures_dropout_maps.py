"""lessons_src.figures.dropout_maps: what a mask leaves, and by how much the rest grows."""

from lessons_src import figures
from lessons_src.figures.dropout_maps import GAP, TIMES
from lessons_src.figures.style import VERMILLION

import numpy as np
import pytest
from figure_helpers import texts
from matplotlib import colormaps
from matplotlib.colors import to_rgb

RNG = np.random.default_rng(0)
MAPS = RNG.random((8, 6, 4))
KEPT = RNG.random((8, 6, 4)) < 0.5


def tiles(kept, rate):
    """Return the (C, H, W, 3) colours of the upper and of the lower line of maps."""
    figure = figures.dropout_maps(MAPS, kept, rate)
    picture = np.asarray(figure.axes[0].images[0].get_array())[..., :3]
    assert picture.shape == (2 * 8 + GAP, 4 * 6 + 3 * GAP, 3)
    lefts = range(0, 4 * (6 + GAP), 6 + GAP)
    return [
        np.stack([picture[top : top + 8, left : left + 6] for left in lefts])
        for top in (0, 8 + GAP)
    ]


def test_dropped_values_are_painted_and_kept_ones_grow():
    before, after = tiles(KEPT, 0.4)
    maps, kept = np.moveaxis(MAPS, -1, 0), np.moveaxis(KEPT, -1, 0)
    colours = colormaps["viridis"]
    np.testing.assert_allclose(before, colours(maps / (2 * maps.max()))[..., :3])
    np.testing.assert_allclose(after[kept], colours(maps[kept] / (0.6 * 2 * maps.max()))[..., :3])
    assert (after[~kept] == to_rgb(VERMILLION)).all()


def test_the_title_says_what_is_kept():
    figure = figures.dropout_maps(MAPS, KEPT, 0.5)
    after = np.where(KEPT, 2 * MAPS, 0)
    means = f"mean {MAPS.mean():.2f} → {after.mean():.2f}"
    assert figure.get_suptitle() == f"rate 0.5: {KEPT.sum()} of 192 kept, {means}"
    assert {"before", "after", "activation", "dropped: 0"} <= set(texts(figure))
    before, after = figure.axes[0].get_yticks()
    assert 0 < before < 8 < after < 16 + GAP


def test_the_scale_is_the_same_at_all_rates():
    ends = [
        figures.dropout_maps(MAPS, np.ones_like(MAPS), rate).axes[1].get_ylim()
        for rate in (0, 0.5, 0.8)
    ]
    assert ends == 3 * [pytest.approx((0, TIMES * MAPS.max()))]


def test_values_beyond_the_scale_have_its_last_colour():
    _, after = tiles(np.ones_like(KEPT), 0.8)
    beyond = np.moveaxis(TIMES * MAPS.max() < 5 * MAPS, -1, 0)
    assert (after[beyond] == colormaps["viridis"](1.0)[:3]).all() and beyond.any()


@pytest.mark.parametrize(
    ("kept", "rate", "message"),
    [(KEPT[:4], 0.5, r"\(4, 6, 4\)"), (KEPT, 1, "below 1, not 1"), (KEPT, -0.1, "not -0.1")],
)
def test_another_shape_or_rate_is_refused(kept, rate, message):
    with pytest.raises(ValueError, match=message):
        figures.dropout_maps(MAPS, kept, rate)
