"""lessons_src.page_figures.output_size: what Keras' layers read, and the sentence that says it."""

from lessons_src.page_figures.output_size import PRESETS, Windows
from lessons_src.page_figures.render import render

import keras
import numpy as np
import pytest
from page_figure_helpers import choices, parsed, texts, words


def figure(**fields):
    return render("output_size", fields)


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "dilation"),
    [(6, 3, 2, "valid", 1), (6, 3, 2, "same", 1), (5, 2, 1, "same", 1), (9, 3, 1, "valid", 2),
     (7, 1, 3, "same", 1), (8, 3, 1, "same", 3), (11, 4, 3, "same", 1), (5, 5, 1, "valid", 1)],
)  # fmt: skip
def test_each_output_reads_the_pixels_that_keras_reads(size, kernel, stride, padding, dilation):
    ones = {"kernel_initializer": "ones", "use_bias": False}
    layer = keras.layers.Conv1D(1, kernel, stride, padding, dilation_rate=dilation, **ones)
    outputs = np.array(layer(np.eye(size)[..., None]))[..., 0]  # one image for each pixel
    windows = Windows(size, kernel, stride, padding, dilation)
    assert windows.side == outputs.shape[1]
    for place, seen in enumerate(outputs.T):
        inside = [tap for tap in windows.taps(place) if 0 <= tap < size]
        assert np.flatnonzero(seen).tolist() == inside
    assert np.flatnonzero(outputs.sum(axis=1) == 0).tolist() == windows.unread()


def test_the_size_is_computed_in_words():
    assert words(figure())[0] == (
        "⌊(6 − 3)/2⌋ + 1 = 2: the output is 2×2. Output row 0, column 0 reads rows 0 to 2 and "
        "columns 0 to 2. Row 5 and column 5 are never read."
    )
    assert words(figure(padding="same", row="2", column="2"))[0] == (
        "⌈6/2⌉ = 3: the output is 3×3. Zeros along each axis: 0 before the image, 1 after it. "
        "Output row 2, column 2 reads rows 4 to 6 and columns 4 to 6; 5 of its 9 taps lie on zeros."
    )


def test_a_dilated_kernel_names_each_row():
    assert words(figure(size="9", stride="1", dilation="2", column="3"))[0] == (
        "The kernel spans 2·(3 − 1) + 1 = 5 pixels. ⌊(9 − 5)/1⌋ + 1 = 5: the output is 5×5. Output "
        "row 0, column 3 reads rows 0, 2 and 4 and columns 3, 5 and 7."
    )
    many = words(figure(size="40", kernel="8", stride="1", dilation="3"))[0]
    assert "reads rows 0 to 21 in steps of 3 and columns 0 to 21 in steps of 3." in many
    both = words(figure(size="9", dilation="2"))[0]
    assert "Keras refuses a stride and a dilation at once" in both


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"size": "8", "kernel": "1", "stride": "3"}, "Rows and columns 1, 2, 4, 5 and 7 are"),
        ({"size": "20", "kernel": "1", "stride": "3"}, "13 of the 20 rows, and as many columns"),
        ({"kernel": "1", "stride": "6"}, "reads row 0 and column 0."),
    ],
)
def test_what_no_window_reads_is_named(fields, sentence):
    assert sentence in words(figure(**fields))[0]


def test_what_does_not_fit_is_refused_in_the_words_of_arithmetic():
    assert words(figure(kernel="7")) == [
        "kernel=7 with dilation=1 spans 7 pixels, more than size=6; use a smaller kernel or "
        'padding="same"'
    ]


def test_cells_of_zeros_and_cells_that_are_never_read_are_marked():
    assert texts(figure()).count("×") == 11 and "0" not in texts(figure())
    same = texts(figure(padding="same"))
    assert same.count("0") == 13 and "×" not in same
    assert same[0] == "image 6×6" and "output 3×3" in same


def frames(html):
    """The frames of the window and of the output: left, top, width, height."""
    found = [part for part in parsed(html).iter("rect") if part.get("stroke-width") == "3"]
    names = ("x", "y", "width", "height")
    return [tuple(float(part.get(name)) for name in names) for part in found]


def test_the_window_and_its_output_are_framed():
    window, output = frames(figure(padding="same", row="1", column="2"))
    cell = output[2]
    assert window[2:] == (3 * cell, 3 * cell) and output[2:] == (cell, cell)
    assert (window[0], window[1] - 20) == (4 * cell, 2 * cell)
    window, output = frames(figure(size="5", stride="1", padding="same", column="1"))
    assert (window[0], window[1] - 20) == (output[2], 0)  # it begins in the zeros


@pytest.mark.parametrize("name", PRESETS)
def test_drawings_fit_a_telephone(name):
    [svg] = parsed(render("output_size", PRESETS[name])).iter("svg")
    width, height = (float(n) for n in svg.get("viewBox").split()[2:])
    assert width <= 362 and height <= 800
    for x, y, w, h in frames(render("output_size", PRESETS[name])):
        assert min(x, y) >= 0 and x + w <= width and y + h <= height


def test_outputs_can_be_chosen_and_the_window_moved():
    found = choices(figure(padding="same"))
    assert found["Output row 2, column 1"] == '{"column": "1", "row": "2"}'
    assert set(found) - {f"Output row {y}, column {x}" for y in range(3) for x in range(3)} == {
        "Move the window right", "Move the window down",
    }  # fmt: skip


def test_a_long_input_is_drawn_along_one_axis():
    html = figure(size="224", kernel="7", padding="same", column="111", row="500")
    assert "Output row 111, column 111 reads rows 220 to 226" in words(html)[0]
    assert "The drawing has no room for 224 cells: it shows the columns as a bar." in words(html)[0]
    assert set(choices(html)) == {"Move the window left"}
    assert texts(html) == ["image: 224 columns", "output: 112 columns"]
    window = frames(html)[0]
    assert window[0] + window[2] == pytest.approx(338, abs=0.1)  # it ends where the zeros end
