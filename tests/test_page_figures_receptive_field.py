"""lessons_src.page_figures.receptive_field: paths as Keras has them, fields as the formulas."""

from lessons_src.page_figures.receptive_field import seen
from lessons_src.page_figures.render import render
from lessons_src.page_figures.stack import follow

import keras
import numpy as np
import pytest
from page_figure_helpers import choices, parsed, texts, words

CHAINS = [
    "conv 1 kernel 3\nmax pool 2\nconv 1 kernel 3",
    "conv 1 kernel 3 same\nconv 1 kernel 3 same\nconv 1 kernel 5 same",
    "conv 1 kernel 3 stride 2 same\nconv 1 kernel 4 stride 2 same\nconv 1 kernel 3 same",
    "conv 1 kernel 1 stride 2\nconv 1 kernel 3 dilation 2\naverage pool 3 stride 2 same",
]


def figure(**fields):
    return render("receptive_field", fields)


def keras_paths(rows, size):
    """Return how many paths lead from each pixel to each unit: layers of ones, an image a pixel."""
    values = np.eye(size)[..., None]
    for row in rows:
        layer = row.layer
        values = keras.layers.Conv1D(
            1, layer["kernel"], layer["stride"], layer.padding, dilation_rate=layer["dilation"],
            kernel_initializer="ones", use_bias=False,
        )(values)  # fmt: skip
    return np.array(values)[..., 0]


@pytest.mark.parametrize("chain", CHAINS)
def test_paths_and_fields_are_those_of_keras_and_of_the_formulas(chain):
    rows, _ = follow(chain, 17, 1)
    paths, field = keras_paths(rows, 17), rows[-1].field
    for unit in range(rows[-1].shape[0]):
        pixels = seen(rows, len(rows), unit)[0]
        first = field.offset + unit * field.jump
        assert (min(pixels), max(pixels)) == (first, first + field.size - 1)
        assert [pixels.get(pixel, 0) for pixel in range(17)] == paths[:, unit].tolist()


def test_the_cone_passes_through_each_layer():
    rows, _ = follow(CHAINS[0], 16, 1)
    assert [sorted(places) for places in seen(rows, 3, 2)] == [
        list(range(4, 12)), list(range(4, 10)), [2, 3, 4], [2],
    ]  # fmt: skip
    assert seen(rows, 0, 5) == [{5: 1}]


def test_the_middle_unit_of_the_last_layer_is_shown_first():
    html = figure()
    assert words(html)[0] == (
        "Unit 2 of layer 3, conv 3×3, sees pixels 4 to 11 along each axis, 8 in all. Along "
        "one axis, at most 3 paths lead from one pixel to it. Field after each layer: 3, 4, 8."
    )
    assert texts(html) == [
        "paths", "image: 16 pixels", "1  conv 3×3: r 3, j 1, o 0", "2  max 2×2 /2: r 4, j 2, o 0",
        "3  conv 3×3: r 8, j 2, o 0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"layer": "0"}, "Unit 8 of the image sees pixel 8 along each axis, 1 in all. Field"),
        ({"layer": "2", "unit": "0"}, "Unit 0 of layer 2, max 2×2 /2, sees pixels 0 to 3 along"),
        ({"layer": "99", "unit": "99"}, "Unit 4 of layer 3, conv 3×3, sees pixels 8 to 15 along"),
        ({"layers": CHAINS[1], "unit": "0"}, "sees pixels −4 to 4 along each axis, 9 in all, 4 of"),
        ({"layers": CHAINS[3]}, "It skips 6 of these."),
    ],
)
def test_what_a_unit_sees_is_said(fields, sentence):
    assert sentence in words(figure(**fields))[0]


def test_layers_after_the_last_map_are_left_out_and_what_is_impossible_is_said():
    assert texts(figure(layers=f"{CHAINS[0]}\nflatten\ndense 10")) == texts(figure())
    impossible = figure(layers=f"{CHAINS[0]}\nconv 1 kernel 9")
    assert words(impossible)[0].startswith('Line 4, "conv 1 kernel 9": kernel=9 with dilation=1')
    assert texts(impossible) == texts(figure())


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ("", "Write at least one layer, such as conv 6 kernel 3."),
        ("conv 1 kernel 17", 'Line 1, "conv 1 kernel 17": kernel=17 with dilation=1 spans 17'),
        ("branches\nbranch\nconv 1 kernel 1\nadd", "The cone is drawn for one chain of layers."),
        ("branches\nbranch\nadd", "The cone is drawn for one chain of layers."),
        ("conv 1 kernel 2000 same", "The field of layer 1 is 2,000 pixels long; up to 1,000 are"),
        ("conv 1 kernel 1\n" * 41, "The drawing has room for 40 layers, not for 41."),
    ],
)
def test_what_cannot_be_drawn_is_refused(layers, sentence):
    assert words(figure(layers=layers))[0].startswith(sentence)
    assert "<svg" not in figure(layers=layers)


def test_units_can_be_chosen_and_neighbours_reached():
    found = choices(figure(layer="2"))
    assert found["Layer 3, unit 4"] == '{"layer": "3", "unit": "4"}'
    assert {f"Layer 0, unit {i}" for i in range(16)} < set(found)
    assert found["Unit to the left"] == '{"layer": "2", "unit": "2"}'
    assert found["Layer after"] == '{"layer": "3", "unit": ""}'
    first = choices(figure(layer="0", unit="0"))
    assert "Unit to the left" not in first and "Layer before" not in first
    last = choices(figure(unit="4"))
    assert "Unit to the right" not in last and "Layer after" not in last


def test_units_stand_over_the_middle_of_their_fields():
    html = figure(layer="3", unit="2")
    [target] = [part for part in parsed(html).iter("rect") if part.get("id", "").endswith("-3-2")]
    middle = float(target.get("x")) + float(target.get("width")) / 2
    pixel = (340 - 4) / 16
    assert middle == pytest.approx(2 + 8 * pixel, abs=0.02)  # between the pixels 4 and 11
    assert float(target.get("width")) == pytest.approx(2 * pixel, abs=0.02)  # the jump


def test_many_units_are_drawn_and_cannot_be_clicked():
    html = figure(layers="conv 1 kernel 3 same\n" * 3, size="256")
    assert not any(name.startswith("Layer 1, unit") for name in choices(html))
    assert "Unit to the left" in choices(html)


def test_what_lies_in_the_padding_is_drawn_faintly():
    """Of what unit 0 sees four pixels, three units of layer 1 and two of layer 2 are padding."""
    parts = list(parsed(figure(layers=CHAINS[1], unit="0")).iter("path"))
    boxes = {
        opacity: [p.get("d").count("z") for p in parts if p.get("fill-opacity") == opacity]
        for opacity in ("0.9", "0.3")
    }
    assert boxes["0.9"][:4] == [5, 4, 3, 1]
    assert [count for count in boxes["0.3"] if count < 10] == [4, 3, 2, 0]
