"""lessons_src.figures.training_errors: nets of several depths, family by family."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import legend, look, shown_as, titled

ERRORS = {
    "plain": {"8 layers": [[0.9, 0.5], [0.7, 0.3]], "32 layers": [[0.9, 0.8]]},
    "residual": {"8 layers": [[0.8, 0.4], [0.6, 0.2]], "32 layers": [[0.9, 0.1]]},
}


def test_each_seed_and_the_mean_are_drawn_on_one_scale():
    figure = figures.training_errors(ERRORS, "Shapes-10")
    plain, residual = figure.axes
    assert figure.get_suptitle() == "Shapes-10"
    assert titled(plain) == ("plain", "epoch", "training error")
    assert titled(residual) == ("residual", "epoch", "")
    assert plain.get_ylim() == residual.get_ylim() == (0, 1)
    assert shown_as(plain.yaxis, 0.5) == "50%"
    lines = [line.get_ydata() for line in plain.lines]
    np.testing.assert_allclose(lines, [[0.9, 0.5], [0.7, 0.3], [0.8, 0.4], [0.9, 0.8], [0.9, 0.8]])
    assert list(plain.lines[0].get_xdata()) == [1, 2]
    assert list(residual.lines[-1].get_ydata()) == [0.9, 0.1]
    samples = [look(sample)[0] for sample in legend(figure).values()]
    assert samples == [look(plain.lines[i])[0] for i in (0, 3)]
    assert samples == [look(residual.lines[i])[0] for i in (0, 3)]


def test_families_of_different_nets_are_refused():
    with pytest.raises(ValueError, match="same nets"):
        figures.training_errors({"plain": ERRORS["plain"], "residual": {}}, "Shapes-10")
