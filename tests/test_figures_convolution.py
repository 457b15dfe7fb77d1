"""lessons_src.figures.convolution: the numbers stand where they belong."""

from itertools import combinations

from lessons_src import figures

import numpy as np
import pytest
from figure_helpers import cells, texts
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

IMAGE = np.arange(25).reshape(5, 5)
EDGE = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
RGB = np.stack([IMAGE[:4, :4]] * 3, axis=-1)
CHANNELS = ["red", "green", "blue"]


def corners(figure: Figure) -> list[tuple[float, float]]:
    """Return the (x, y) of each frame."""
    return [patch.get_xy() for patch in figure.axes[0].patches]


def grids(figure):
    """Return the numbers of each grid as a figure shows them, row by row, empty cells as ""."""
    found = {(t.get_position()[0], t.get_position()[1]): t.get_text() for t in figure.axes[0].texts}
    read = []
    for collection in figure.axes[0].collections:
        corners = [tuple(path.vertices[0]) for path in collection.get_paths()]
        columns = len({round(x, 6) for x, _ in corners})
        numbers = [
            next((n for (u, v), n in found.items() if 0 < u - x < 1 and 0 < v - y < 1), "")
            for x, y in corners
        ]
        read.append([numbers[i : i + columns] for i in range(0, len(numbers), columns)])
    return read


def words(numbers):
    return [[f"{n:g}".replace("-", "−") for n in row] for row in numbers]


def test_sliding_kernel_writes_every_number_in_its_cell():
    kernel = np.arange(9).reshape(3, 3) - 4
    figure = figures.sliding_kernel(IMAGE**2, kernel, bias=1, position=(1, 1))
    image, weights, outputs = grids(figure)
    assert image == words(IMAGE**2) and weights == words(kernel)
    sums = [
        [((IMAGE**2)[y : y + 3, x : x + 3] * kernel).sum() + 1 for x in range(3)] for y in range(3)
    ]
    shown = [[f"{s:.3g}".replace("-", "−") for s in row] for row in sums]
    assert outputs == [shown[0], [*shown[1][:2], ""], ["", "", ""]]


def test_convolution_layer_writes_every_number_in_its_cell():
    image = np.arange(32).reshape(4, 4, 2)
    kernels = np.arange(36).reshape(3, 3, 2, 2) % 7 - 3
    *maps, one_red, one_blue, one, two_red, two_blue, two = grids(
        figures.convolution_layer(image, kernels, [5, -7], ["red", "blue"])
    )
    assert maps == [words(image[..., 0]), words(image[..., 1])]
    assert [one_red, one_blue] == [words(kernels[:, :, c, 0]) for c in range(2)]
    assert [two_red, two_blue] == [words(kernels[:, :, c, 1]) for c in range(2)]
    windows = [[image[y : y + 3, x : x + 3] for x in range(2)] for y in range(2)]
    for shown, n, bias in ((one, 0, 5), (two, 1, -7)):
        sums = [[(window * kernels[..., n]).sum() + bias for window in row] for row in windows]
        assert shown == words(sums)


def test_no_grid_lies_on_another():
    kernels = np.ones((3, 3, 3, 2))
    for figure in (
        figures.convolution_layer(RGB, kernels, [0, 1], CHANNELS),
        figures.sliding_kernel(IMAGE, EDGE),
    ):
        boxes = [
            Bbox.union([path.get_extents() for path in collection.get_paths()]).padded(-0.01)
            for collection in figure.axes[0].collections
        ]
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_sliding_kernel_draws_image_kernel_and_output():
    figure = figures.sliding_kernel(IMAGE, EDGE)
    assert [cells(figure, kind) for kind in ("input", "kernel", "output")] == [25, 9, 9]
    assert {"image 5×5", "kernel 3×3", "output 3×3"} <= set(texts(figure))


def test_sliding_kernel_writes_the_sum_out():
    lines = figures.sliding_kernel(IMAGE, EDGE, bias=-2).get_supxlabel().splitlines()
    assert lines[0] == "0·(−1) + 1·0 + 2·1 = 2"
    assert lines[-1] == "2 + 4 + 2 + bias (−2) = 6"


def test_sliding_kernel_shows_outputs_up_to_its_position():
    number = 100 * np.eye(5)[0]  # no other number of the figure is 100 or more
    image = np.zeros((5, 5))
    image[:, 2] = number[0]
    copy = np.zeros((3, 3))
    copy[1, 1] = 7

    def sevenhundreds(position):
        return texts(figures.sliding_kernel(image, copy, position=position)).count("700")

    assert [sevenhundreds(p) for p in ((0, 0), (0, 1), (1, 0), (2, 2))] == [0, 1, 1, 3]


def test_sliding_kernel_frames_the_window():
    window, output = corners(figures.sliding_kernel(IMAGE, EDGE, position=(2, 1)))
    first_window, first_output = corners(figures.sliding_kernel(IMAGE, EDGE))
    assert first_window == (0, 0) and window == (1, 2)
    assert np.subtract(output, first_output) == pytest.approx([1, 2])


def test_sliding_kernel_takes_images_that_are_not_square():
    figure = figures.sliding_kernel(IMAGE[:, :4], EDGE, position=(2, 1))
    assert {"image 5×4", "output 3×2"} <= set(texts(figure))


@pytest.mark.parametrize("position", [(3, 0), (0, -1)])
def test_positions_outside_the_output_are_refused(position):
    with pytest.raises(ValueError, match="outside the output of 3×3"):
        figures.sliding_kernel(IMAGE, EDGE, position=position)
    with pytest.raises(ValueError, match="outside the output of 2×2"):
        figures.convolution_layer(RGB, np.ones((3, 3, 3, 1)), [0], CHANNELS, position)


def test_convolution_layer_draws_a_map_for_each_kernel():
    kernels = np.zeros((3, 3, 3, 2))
    kernels[1, 1, :, 0] = 100  # the sum of the channels' middles
    figure = figures.convolution_layer(RGB, kernels, [1, 777], CHANNELS, (1, 1))
    assert [cells(figure, kind) for kind in ("input", "kernel", "output")] == [48, 54, 8]
    assert {*CHANNELS, "map 1", "map 2", "kernel 1, with bias 1"} <= set(texts(figure))
    assert texts(figure).count("777") == 4
    assert len(corners(figure)) == 3 + 2
    assert texts(figure).count("+") == 4 + 4 and texts(figure).count("=") == 2


def test_convolution_layer_writes_the_sum_of_each_channel_below_its_weights():
    kernels = np.zeros((3, 3, 3, 2))
    kernels[0, 2] = [[1, 0], [10, -1], [100, 0]]  # reads one cell of the window
    figure = figures.convolution_layer(RGB, kernels, [-5, 2], CHANNELS, (1, 0))
    read = RGB[1, 2, 0]
    [axes] = figure.axes
    below = {
        round(t.get_position()[0], 6): t.get_text()
        for t in axes.texts
        if t.get_text() in (f"{read:g}", f"{10 * read:g}", f"{100 * read:g}")
        and t.get_position()[1] > 4 + 3
    }
    assert [text for _, text in sorted(below.items())] == [f"{n * read:g}" for n in (1, 10, 100)]
    rest = [text for text in texts(figure) if text.startswith("+ bias")]
    assert rest == [
        f"+ bias (−5) = {111 * read - 5:g}",
        f"+ bias 2 = {2 - read:g}".replace("-", "−"),
    ]


def test_only_channels_named_after_a_colour_have_it():
    kernels = np.ones((3, 3, 3, 1))
    drawn = [
        {to_hex(c.get_facecolor()[0]) for c in figure.axes[0].collections[:3]}
        for figure in (
            figures.convolution_layer(RGB, kernels, [0], names) for names in (CHANNELS, "abc")
        )
    ]
    assert [len(colours) for colours in drawn] == [3, 1]


def test_convolution_layer_refuses_another_number_of_names():
    with pytest.raises(ValueError, match="shorter"):
        figures.convolution_layer(RGB, np.ones((3, 3, 3, 1)), [0], CHANNELS[:2])


def test_kernel_values_share_one_scale_around_zero():
    figure = figures.kernel_values([EDGE, 2 * EDGE], ["one", "two"])
    assert [axes.get_title() for axes in figure.axes] == ["one", "two"]
    (low, high), other = (axes.images[0].get_clim() for axes in figure.axes)
    assert -low == high == 1.75 * 4 and other == (low, high)
    for axes, kernel in zip(figure.axes, (EDGE, 2 * EDGE), strict=True):
        assert np.array_equal(axes.images[0].get_array(), kernel)
        shown = {text.get_position(): text.get_text() for text in axes.texts}
        assert shown == {
            (x, y): f"{w:.2f}".replace("-", "−") for (y, x), w in np.ndenumerate(kernel)
        }
    assert {"−2.00", "0.00", "1.00"} <= set(texts(figure))


def test_kernel_values_never_show_a_negative_zero():
    assert "−0.00" not in texts(figures.kernel_values([np.full((2, 2), -0.001)], ["small"]))


def test_kernel_values_of_zeros_do_not_divide_by_zero():
    figures.show(figures.kernel_values(np.zeros((1, 3, 3)), ["nothing"]), "nine zeros")


def test_kernel_values_refuse_another_number_of_titles():
    with pytest.raises(ValueError, match="shorter"):
        figures.kernel_values([EDGE, EDGE], ["one"])
