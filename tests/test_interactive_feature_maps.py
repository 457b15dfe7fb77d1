"""lessons_src.interactive.feature_maps: the strongest maps of each layer, for each picture."""

from lessons_src.interactive import explore_feature_maps, feature_maps

import numpy as np
import pytest

RNG = np.random.default_rng(0)
ORDER = RNG.permutation(20)
# Channel 0 is strong in the first picture alone: over both pictures it is the weakest.
WIDE = RNG.random((2, 4, 4, 20)) * (1 + ORDER)
WIDE[..., 0] = np.array([30, -90]).reshape(2, 1, 1)
MAPS = {"few": RNG.random((2, 8, 6, 3)), "wide": WIDE}


@pytest.fixture
def explored(monkeypatch):
    """What `explore` is given, before it draws a frame."""
    monkeypatch.setattr(feature_maps, "explore", lambda *functions, **choices: (functions, choices))
    (draw, describe), choices = explore_feature_maps(MAPS, ["cat", "dog"])
    return draw, describe, choices


def test_a_reader_chooses_the_layer_and_the_picture(explored):
    _, _, choices = explored
    assert choices == {"layer": ["few", "wide"], "picture": ["0: cat", "1: dog"]}
    assert list(choices) == ["layer", "picture"]


@pytest.mark.parametrize("picture", [0, 1])
def test_the_strongest_maps_over_all_pictures_are_drawn_in_their_order(explored, picture):
    draw, _, choices = explored
    strongest = sorted(np.argsort(WIDE.mean(axis=(0, 1, 2)))[-12:].tolist())
    assert 0 not in strongest and strongest != list(range(8, 20))
    panels = draw(layer="wide", picture=choices["picture"][picture]).axes[:12]
    assert [axes.get_title() for axes in panels] == [str(channel) for channel in strongest]
    for axes, channel in zip(panels, strongest, strict=True):
        assert np.array_equal(axes.images[0].get_array(), WIDE[picture, ..., channel])


def test_all_maps_of_a_small_layer_are_drawn(explored):
    draw, _, _ = explored
    panels = draw(layer="few", picture="1: dog").axes[:3]
    assert [axes.get_title() for axes in panels] == ["0", "1", "2"]
    assert np.array_equal(panels[2].images[0].get_array(), MAPS["few"][1, ..., 2])


def test_the_alternative_text_says_what_is_drawn(explored):
    _, describe, _ = explored
    alt = describe(layer="few", picture="0: cat")
    assert alt == "Picture 0: cat, few: 3 of 3 channels, 8×6 pixels each"
    alt = describe(layer="wide", picture="1: dog")
    assert alt == "Picture 1: dog, wide: 12 of 20 channels, 4×4 pixels each"


def test_it_is_a_figure_that_a_page_can_hold():
    figure = explore_feature_maps({"one": WIDE[..., :2], "two": WIDE[..., 2:4]}, ["cat", "dog"])
    assert [control.description for control in figure.children[0].children] == ["layer", "picture"]
