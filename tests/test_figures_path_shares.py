"""lessons_src.figures.path_shares: bars of shares, a field, and a Gaussian of the same width."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import legend

SHARES = {"one layer": [1 / 3, 1 / 3, 1 / 3], "two": np.array([1, 2, 3, 2, 1]) / 9}


@pytest.fixture
def figure():
    return figures.path_shares(SHARES, [0.8, 1.2])


def test_shares_stand_around_the_middle_and_the_field_ends_after_the_last(figure):
    for axes, values in zip(figure.axes, SHARES.values(), strict=True):
        bars = axes.patches
        assert [bar.get_height() for bar in bars] == pytest.approx(list(values))
        middles = [bar.get_x() + bar.get_width() / 2 for bar in bars]
        reach = len(values) // 2
        assert middles == pytest.approx(range(-reach, reach + 1))
        borders = [line.get_xdata()[0] for line in axes.lines[1:]]
        assert borders == [-len(values) / 2, len(values) / 2]
    assert figure.axes[0].get_xlim() == figure.axes[1].get_xlim() == (-3, 3)
    assert list(legend(figure)) == ["share of the paths", "Gaussian of the same σ", "field"]


def test_the_gaussian_has_the_deviation_that_is_written(figure):
    for axes, deviation in zip(figure.axes, (0.8, 1.2), strict=True):
        x, y = axes.lines[0].get_data()
        wide = np.linspace(-9, 9, 2_001)
        density = np.interp(wide, x, y, left=0, right=0)
        assert np.exp(-(x**2) / 2 / deviation**2) * y.max() == pytest.approx(y, rel=1e-3)
        assert y.max() == pytest.approx(1 / np.sqrt(2 * np.pi) / deviation, rel=1e-3)
        assert density.sum() * 0.009 == pytest.approx(1, abs=0.05)
        assert axes.get_title(loc="left").endswith(f"σ = {deviation:.2f}")


def test_another_number_of_deviations_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        figures.path_shares(SHARES, [0.8])
