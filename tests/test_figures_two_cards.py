"""lessons_src.figures.two_cards: half of each layer on either card, and arrows where they meet."""

from lessons_src import figures
from lessons_src.figures import CardLayer

import pytest
from figure_helpers import arrows, written

LAYERS = [
    CardLayer("input", (8, 8, 3)),
    CardLayer("conv1", (8, 8, 6)),
    CardLayer("conv2", (4, 4, 10), groups=2),
    CardLayer("dense1", (12,)),
    CardLayer("output", (7,)),
]


def test_each_card_has_half_of_the_layers_between():
    [axes] = figures.two_cards(LAYERS).axes
    assert written(axes) == [
        *("card 1", "card 2"),
        *("input", "8×8×3"),
        *("conv1", "8×8×3", "8×8×3"),
        *("conv2", "4×4×5", "4×4×5"),
        *("dense1", "6", "6"),
        *("output", "7"),
    ]


def test_arrows_cross_where_a_layer_reads_both_cards():
    [axes] = figures.two_cards(LAYERS).axes
    titles = {text.get_text(): text.get_position()[0] for text in axes.texts}
    middle = (titles["card 1"] + titles["card 2"]) / 2
    rows = {}
    for start, end in arrows(axes):
        rows.setdefault(end[1], []).append((start[0] > middle) != (end[0] > middle))
    below_each_other = [rows[y] for y in sorted(rows, reverse=True)]
    assert [len(row) for row in below_each_other] == [2, 2, 4, 2]
    assert [sum(row) for row in below_each_other] == [0, 0, 2, 0]


def test_what_two_cards_cannot_share_is_refused():
    with pytest.raises(ValueError, match="conv1 has 5 outputs"):
        figures.two_cards([LAYERS[0], CardLayer("conv1", (8, 8, 5)), LAYERS[-1]])
    with pytest.raises(ValueError, match="2 layers"):
        figures.two_cards(LAYERS[:2])
