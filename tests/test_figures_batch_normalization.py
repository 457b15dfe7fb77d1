from lessons_src import figures
from lessons_src.figures.batch_normalization import FLAT, REACH, STEEPEST
from lessons_src.figures.output import MAX_BYTES

import numpy as np
import pytest

RNG = np.random.default_rng(0)
NORMS = {
    "without": 4.0 ** np.arange(-9, 1) * RNG.uniform(0.9, 1.1, (3, 10)),
    "with": RNG.uniform(0.1, 0.2, (3, 10)),
}
FACTORS = {"without": 0.25, "with": 1.0}

EVERY_FIGURE = {
    "gradients_by_layer": lambda: figures.gradients_by_layer(NORMS, FACTORS, "10 layers"),
    "saturation": lambda: figures.saturation(RNG.normal(4, 3, 500), "mean 4"),
}


@pytest.mark.parametrize("name", EVERY_FIGURE)
def test_figures_are_light(name):
    assert len(figures.show(EVERY_FIGURE[name](), "a figure").data) < MAX_BYTES / 4


@pytest.mark.parametrize(("value", "slope"), [(0, 0.25), (2, 0.105), (-2, 0.105), (8, 0.0)])
def test_saturation_gives_the_mean_slope(value, slope):
    title = figures.saturation([value] * 10, "mean").get_suptitle()
    assert title == f"mean\nmean slope {slope:.3f} of {STEEPEST} at most"


def test_saturation_draws_every_input_and_every_output():
    left, right = figures.saturation([-1_000, -1, 1, 1, 1_000], "far away").axes
    heights, edges, _ = left.patches[-1].get_data()
    assert heights[0] > 0 and heights[-1] > 0  # what lies beyond is in the outermost bins
    assert (edges[0], edges[-1]) == (-REACH, REACH)
    shares, edges, _ = right.patches[-1].get_data()
    assert shares.sum() == pytest.approx(1)
    assert shares[np.searchsorted(edges, 1 / (1 + np.exp(-1))) - 1] == pytest.approx(2 / 5)


def test_the_flat_parts_have_less_than_a_tenth_of_the_largest_slope():
    s = 1 / (1 + np.exp(-FLAT))
    assert s * (1 - s) == pytest.approx(STEEPEST / 10, rel=0.02)


def test_gradients_by_layer_draw_seeds_their_geometric_mean_and_the_derived_line():
    (axes,) = figures.gradients_by_layer(NORMS, FACTORS, "10 layers").axes
    assert axes.get_yscale() == "log"
    for number, (name, norms) in enumerate(NORMS.items()):
        *seeds, mean, derived = axes.lines[5 * number : 5 * number + 5]
        assert np.allclose([line.get_ydata() for line in seeds], norms)
        expected = np.exp(np.log(norms).mean(axis=0))
        assert np.allclose(mean.get_ydata(), expected)
        assert list(mean.get_xdata()) == list(range(1, 11))
        y = derived.get_ydata()
        assert y[-1] == pytest.approx(expected[-1])
        assert np.allclose(y[:-1] / y[1:], FACTORS[name])


@pytest.mark.parametrize(
    ("norms", "factors", "message"),
    [
        (NORMS, {"with": 1.0}, "name the same"),
        ({"dead": [[0.0, 1.0]]}, {"dead": 1.0}, "'dead' has the gradient norm 0.0"),
    ],
)
def test_gradients_by_layer_refuse_missing_factors_and_zeros(norms, factors, message):
    with pytest.raises(ValueError, match=message):
        figures.gradients_by_layer(norms, factors, "10 layers")
