"""lessons_src.figures.gradients: gradient norms by layer, and by depth."""

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import drawn, legend, look, titled

RNG = np.random.default_rng(0)
NORMS = {
    "without": 4.0 ** np.arange(-9, 1) * RNG.uniform(0.9, 1.1, (3, 10)),
    "with": RNG.uniform(0.1, 0.2, (3, 10)),
}
FACTORS = {"without": 0.25, "with": 1.0}


def test_layers_have_their_seeds_the_geometric_mean_and_the_derived_line():
    figure = figures.gradients_by_layer(NORMS, FACTORS, "10 layers")
    [axes] = figure.axes
    assert axes.get_yscale() == "log" and axes.get_title() == "10 layers"
    assert axes.get_xlabel() == "layer, counted from the input"
    assert axes.get_ylabel() == "gradient norm of its kernel"
    samples = legend(figure)
    assert list(samples) == ["without", "with", "derived"]
    for number, (name, norms) in enumerate(NORMS.items()):
        *seeds, mean, derived = axes.lines[5 * number : 5 * number + 5]
        assert np.allclose([line.get_ydata() for line in seeds], norms)
        expected = np.exp(np.log(norms).mean(axis=0))
        assert drawn(mean) == (list(range(1, 11)), pytest.approx(expected))
        y = derived.get_ydata()
        assert y[-1] == pytest.approx(expected[-1])
        assert np.allclose(y[:-1] / y[1:], FACTORS[name])
        assert look(mean) == look(samples[name])
        assert look(derived) == (look(mean)[0], look(samples["derived"])[1])


@pytest.mark.parametrize(
    ("norms", "factors", "message"),
    [
        (NORMS, {"with": 1.0}, "name the same"),
        ({"dead": [[0.0, 1.0]]}, {"dead": 1.0}, "'dead' has the gradient norm 0;"),
    ],
)
def test_missing_factors_and_zeros_are_refused(norms, factors, message):
    with pytest.raises(ValueError, match=message):
        figures.gradients_by_layer(norms, factors, "10 layers")


def test_depths_run_from_the_first_layer_to_the_last_however_many_there_are():
    norms = {"plain": {"8 layers": [[1, 2, 4], [3, 2, 1]], "14 layers": [[1, 2, 3, 4, 5]]}}
    figure = figures.gradients_by_depth(norms)
    [axes] = figure.axes
    lines = [drawn(line) for line in axes.lines]
    assert lines[0] == ([0, 0.5, 1], [1, 2, 4])
    assert lines[2] == ([0, 0.5, 1], [2, 2, 2.5])
    assert lines[3] == ([0, 0.25, 0.5, 0.75, 1], [1, 2, 3, 4, 5])
    assert axes.get_yscale() == "log"
    assert titled(axes) == ("plain", "layer with weights", "gradient norm of the kernel")
    assert [label.get_text() for label in axes.get_xticklabels()] == ["first", "last"]
    assert [look(s)[0] for s in legend(figure).values()] == [look(axes.lines[i])[0] for i in (2, 4)]


def test_a_gradient_of_zero_cannot_be_drawn_on_a_logarithmic_axis():
    with pytest.raises(ValueError, match="'8 layers' has the gradient norm 0;"):
        figures.gradients_by_depth({"plain": {"8 layers": [[1, 0]]}})
