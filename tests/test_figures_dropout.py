from lessons_src import figures
from lessons_src.figures.dropout import GAP
from lessons_src.figures.output import MAX_BYTES
from lessons_src.figures.style import VERMILLION

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Polygon

RNG = np.random.default_rng(0)
MAPS = RNG.random((8, 6, 4))
KEPT = RNG.random((8, 6, 4)) < 0.5

EVERY_FIGURE = {
    "draws": lambda: figures.draws({"rate 0.5": RNG.normal(size=100)}, 0, [1]),
    "dropout_maps": lambda: figures.dropout_maps(MAPS, KEPT, 0.5),
}


@pytest.mark.parametrize("name", EVERY_FIGURE)
def test_figures_are_light(name):
    assert len(figures.show(EVERY_FIGURE[name](), "a figure").data) < MAX_BYTES / 4


def test_dropout_maps_paints_the_dropped_values_and_says_what_is_kept():
    figure = figures.dropout_maps(MAPS, KEPT, 0.5)
    picture = np.asarray(figure.axes[0].images[0].get_array())
    assert picture.shape == (2 * 8 + GAP, 4 * 6 + 3 * GAP, 4)
    painted = (picture[..., :3] == to_rgb(VERMILLION)).all(axis=-1)
    assert not painted[:8].any()  # nothing is dropped before
    for channel in range(4):
        left = channel * (6 + GAP)
        assert np.array_equal(painted[8 + GAP :, left : left + 6], ~KEPT[..., channel])
    after = np.where(KEPT, 2 * MAPS, 0)
    title = f"{KEPT.sum()} of 192 kept, mean {MAPS.mean():.2f} → {after.mean():.2f}"
    assert title in figure.get_suptitle()


def test_dropout_maps_draw_both_lines_on_the_scale_of_the_larger_values():
    figure = figures.dropout_maps(MAPS, np.ones_like(MAPS), 0.75)
    assert figure.axes[1].get_ylim() == pytest.approx((0, 4 * MAPS.max()))


@pytest.mark.parametrize(
    ("kept", "rate", "message"),
    [(KEPT[:4], 0.5, r"\(4, 6, 4\)"), (KEPT, 1, "below 1, not 1"), (KEPT, -0.1, "not -0.1")],
)
def test_dropout_maps_refuse_another_shape_or_rate(kept, rate, message):
    with pytest.raises(ValueError, match=message):
        figures.dropout_maps(MAPS, kept, rate)


def test_draws_have_a_panel_a_sample_with_its_derived_deviation():
    samples = {"rate 0.2": RNG.normal(size=50), "rate 0.5": RNG.normal(size=50)}
    figure = figures.draws(samples, mean=0.5, deviations=[1, 2])
    assert [axes.get_title("left") for axes in figure.axes] == list(samples)
    for axes, deviation in zip(figure.axes, (1, 2), strict=True):
        band = next(p for p in axes.patches if not isinstance(p, Polygon))
        assert band.get_x() == 0.5 - deviation and band.get_width() == 2 * deviation
        assert axes.lines[0].get_xdata()[0] == 0.5


def test_draws_refuse_another_number_of_deviations():
    with pytest.raises(ValueError, match="shorter"):
        figures.draws({"one": [0, 1], "two": [0, 1]}, 0, [1])
