import base64
import io
from collections import namedtuple
from html.parser import HTMLParser

from lessons_src import figures
from lessons_src.analysis import reliability
from lessons_src.arithmetic import ReceptiveField, Window
from lessons_src.figures import output
from lessons_src.figures.leaderboard import LEADERBOARD_2016
from lessons_src.figures.output import MAX_BYTES, png

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot, style
from matplotlib.figure import Figure
from PIL import Image

Row = namedtuple("Row", "name kind output_shape kernel stride inputs", defaults=[()])

LENET5 = [
    Row("images", "InputLayer", (32, 32, 3), None, None),
    Row("conv1", "Conv2D", (28, 28, 6), 5, 1),
    Row("pool1", "MaxPooling2D", (14, 14, 6), 2, 2),
    Row("conv2", "Conv2D", (10, 10, 16), 5, 1),
    Row("pool2", "MaxPooling2D", (5, 5, 16), 2, 2),
    Row("flatten", "Flatten", (400,), None, None),
    Row("dense1", "Dense", (120,), None, None),
    Row("dense2", "Dense", (84,), None, None),
    Row("predictions", "Dense", (10,), None, None),
]
RESIDUAL = [
    Row("images", "InputLayer", (32, 32, 3), None, None),
    Row("stem_conv", "Conv2D", (32, 32, 64), 3, 1),
    Row("stem_bn", "BatchNormalization", (32, 32, 64), None, None),
    Row("stage2_unit1_1_conv", "Conv2D", (16, 16, 128), 3, 2, ("stem_bn",)),
    Row("stage2_unit1_2_conv", "Conv2D", (16, 16, 128), 3, 1, ("stage2_unit1_1_conv",)),
    Row("stage2_unit1_project_conv", "Conv2D", (16, 16, 128), 1, 2, ("stem_bn",)),
    Row(
        "stage2_unit1_add",
        "Add",
        (16, 16, 128),
        None,
        None,
        ("stage2_unit1_2_conv", "stage2_unit1_project_conv"),
    ),
    Row("stage2_unit1_act", "Activation", (16, 16, 128), None, None),
    Row("global_pool", "GlobalAveragePooling2D", (128,), None, None),
    Row("predictions", "Dense", (10,), None, None),
]
HISTORY = {
    "accuracy": [0.3, 0.5, 0.6],
    "val_accuracy": [0.35, 0.45, 0.5],
    "loss": [1.9, 1.4, 1.1],
    "val_loss": [1.8, 1.5, 1.4],
}
IMAGES = np.random.default_rng(0).integers(0, 256, (6, 32, 32, 3), dtype=np.uint8)
WEIGHTS = np.random.default_rng(1).normal(size=(5, 5, 3, 6))

BINS = reliability(np.array([[0.9, 0.1], [0.4, 0.6]]), np.array([0, 0]))
NO_FIGURES = {"show", "Panel", "overlaid"}

EVERY_FIGURE = {
    "accuracy_by_diameter": lambda: figures.accuracy_by_diameter(
        {"field 11": [[0.2, 0.3]]}, [6, 10], [11], "Shapes-10"
    ),
    "accuracy_by_minutes": lambda: figures.accuracy_by_minutes({"lenet5": []}, 0.9),
    "accuracy_by_seed": lambda: figures.accuracy_by_seed({"a": [0.3, 0.4]}, 0.1),
    "all_curves": lambda: figures.all_curves({"lenet5": []}),
    "architecture": lambda: figures.architecture(LENET5, "LeNet5"),
    "class_accuracy": lambda: figures.class_accuracy([0.5, 0.7], ["cat", "dog"], 0.6),
    "confusion": lambda: figures.confusion([[3, 1], [0, 10]], ["cat", "dog"]),
    "convolution_layer": lambda: figures.convolution_layer(
        IMAGES[0, :4, :4], np.ones((3, 3, 3, 2)), [1, 0], ["red", "green", "blue"]
    ),
    "curves": lambda: figures.curves({"LeNet5": HISTORY}),
    "curves_over_seeds": lambda: figures.curves_over_seeds(
        {"LeNet5": [{**HISTORY, "epoch": [1, 2, 3]}]}, ("seen", "unseen")
    ),
    "descent": lambda: figures.descent([[1, 1], [0.5, 0]], (1, 10), "a walk"),
    "draws": lambda: figures.draws({"rate 0.5": [0, 1, 2]}, 1, [1]),
    "dropout_maps": lambda: figures.dropout_maps(IMAGES[0], IMAGES[0] > 99, 0.5),
    "effective_field": lambda: figures.effective_field(
        {"random": np.eye(9)}, ReceptiveField(5, 2, -2), 2, [3]
    ),
    "feature_maps": lambda: figures.feature_maps(IMAGES[0], ["1", "2", "3"]),
    "field_on_image": lambda: figures.field_on_image(IMAGES[0], [Window(3), Window(3)]),
    "filters": lambda: figures.filters(WEIGHTS),
    "gradients_by_depth": lambda: figures.gradients_by_depth({"plain": {"8": [[1, 0.5]]}}),
    "gradients_by_layer": lambda: figures.gradients_by_layer(
        {"ten layers": [[0.1, 0.5], [0.2, 0.4]]}, {"ten layers": 0.25}, "gradients"
    ),
    "image_grid": lambda: figures.image_grid(IMAGES, list("abcdef")),
    "kernel_values": lambda: figures.kernel_values(WEIGHTS[:3, :3, 0, :2].T, ["start", "true"]),
    "ladder": lambda: figures.ladder({"note": [0.5], "shift": [0.6]}, [None, "note"]),
    "leaderboard": lambda: figures.leaderboard(LEADERBOARD_2016),
    "line_panels": lambda: figures.line_panels(
        figures.Panel("step", "loss", {"a": ([0, 1], [2, 1])})
    ),
    "padding_on_image": lambda: figures.padding_on_image(IMAGES[0], 3, 2),
    "parameter_growth": lambda: figures.parameter_growth(
        [8, 16], {"grey": [650, 2570]}, 16, {"LeNet5": 62_006}, "8–10"
    ),
    "reliability_diagram": lambda: figures.reliability_diagram({"net": BINS}),
    "residual_units": lambda: figures.residual_units({"basic": (["3×3, 64"], "x")}),
    "saturation": lambda: figures.saturation([-9.0, 0, 1, 20], "mean 3"),
    "picture_rows": lambda: figures.picture_rows({"one": IMAGES[:3], "two": IMAGES[3:]}, "two"),
    "pooled_image": lambda: figures.pooled_image(IMAGES[0], IMAGES[0, ::2, ::2], 2, 2, "max"),
    "pooled_numbers": lambda: figures.pooled_numbers(np.eye(4), 2),
    "shift_tolerance": lambda: figures.shift_tolerance(
        {"max": [[0.5, 0.4]]}, {"max": [[0.9, 0.8]]}
    ),
    "side_lengths": lambda: figures.side_lengths({"lenet5": LENET5, "resnet": RESIDUAL}),
    "sliding_kernel": lambda: figures.sliding_kernel(np.eye(5), np.eye(3)),
    "trade_off": lambda: figures.trade_off(
        {"LeNet5": 6e4}, {"LeNet5": [0.4]}, ["LeNet5"], "parameters"
    ),
    "training_errors": lambda: figures.training_errors({"plain": {"8": [[0.9, 0.5]]}}, "Shapes-10"),
    "windows": lambda: figures.windows(5, 3),
}


def texts(figure: Figure) -> list[str]:
    """Return every text of a figure that is not empty."""
    return [t.get_text() for t in figure.findobj(matplotlib.text.Text) if t.get_text()]


def cells(figure: Figure, kind: str) -> int:
    """Return how many cells of a kind `windows` drew."""
    collections = figure.axes[0].collections
    return sum(len(c.get_paths()) for c in collections if c.get_label() == kind)


class Tags(HTMLParser):
    """Collects the attributes of every tag."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def shown(figure: Figure, alt: str = "some figure") -> dict:
    """Return the attributes of the one tag, an `<img>`, that `show` gives."""
    [(tag, attributes)] = Tags(figures.show(figure, alt).data).found
    assert tag == "img"
    return attributes


def picture(attributes: dict) -> Image.Image:
    data = base64.b64decode(attributes["src"].removeprefix("data:image/png;base64,"))
    return Image.open(io.BytesIO(data))


def test_every_public_figure_is_tried_here():
    assert set(EVERY_FIGURE) == set(figures.__all__) - NO_FIGURES


@pytest.mark.parametrize("name", EVERY_FIGURE)
def test_figures_are_light_and_leave_matplotlib_as_it_was(name):
    matplotlib.get_backend()  # whoever asks first settles it, the comparison below included
    before = matplotlib.rcParams.copy()
    figure = EVERY_FIGURE[name]()
    assert isinstance(figure, Figure)
    assert len(shown(figure)["src"]) < MAX_BYTES / 4
    assert matplotlib.rcParams == before
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize("name", EVERY_FIGURE)
def test_figures_ignore_the_style_that_a_notebook_has_set(name):
    expected = png(EVERY_FIGURE[name](), 50)
    with style.context("dark_background"):
        assert png(EVERY_FIGURE[name](), 50) == expected


def test_show_gives_a_sharp_opaque_picture_that_shrinks_to_the_page():
    attributes = shown(figures.windows(5, 3))
    image = picture(attributes)
    assert image.width == 2 * int(attributes["width"])
    assert attributes["style"] == "max-width:100%;height:auto"
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_show_escapes_the_alternative_text():
    alt = 'a "3×3" kernel <b> & its window'
    assert shown(figures.windows(5, 3), alt)["alt"] == alt


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_show_refuses_a_figure_without_alternative_text(alt):
    with pytest.raises(ValueError, match="alt is empty"):
        figures.show(figures.windows(5, 3), alt)


def test_show_closes_what_pyplot_opened():
    figures.show(pyplot.figure(), "an empty figure")
    assert pyplot.get_fignums() == []


def test_show_halves_the_resolution_of_what_would_be_too_many_bytes(monkeypatch):
    monkeypatch.setattr(output, "MAX_BYTES", 1000)
    attributes = shown(figures.windows(5, 3))
    assert picture(attributes).width == int(attributes["width"]) == 600


def test_a_palette_is_used_only_where_it_does_not_show():
    assert Image.open(io.BytesIO(png(figures.windows(5, 3), 100))).mode == "P"
    noise = Figure(figsize=(2, 2))
    noise.figimage(np.random.default_rng(0).random((200, 200, 3)))
    assert Image.open(io.BytesIO(png(noise, 100))).mode == "RGB"


def test_windows_draws_input_window_and_output():
    figure = figures.windows(5, 3)
    assert "5 → 3" in texts(figure)
    assert {"input 5×5", "output 3×3"} <= set(texts(figure))
    assert cells(figure, "pixel") == 25
    assert cells(figure, "window") == 9 + 1  # on the input, and its result
    assert cells(figure, "output") == 8
    assert cells(figure, "padding") == cells(figure, "never read") == 0


def test_windows_puts_the_odd_zero_after_the_input():
    figure = figures.windows(6, 3, stride=2, padding="SAME")
    assert "padding 0 + 1" in texts(figure)
    assert cells(figure, "padding") == 7**2 - 6**2
    (axes,) = figure.axes
    (zeros,) = (c for c in axes.collections if c.get_label() == "padding")
    corners = {tuple(path.vertices[0].astype(int)) for path in zeros.get_paths()}  # (x, y)
    assert all(6 in corner for corner in corners)  # only in column 6 and row 6: right and bottom


def test_windows_marks_pixels_that_no_window_reads():
    figure = figures.windows(6, 3, stride=2)
    assert "6 → 2" in texts(figure)
    assert cells(figure, "never read") == 6**2 - 5**2
    assert cells(figures.windows(8, 1, stride=3), "pixel") == 9


def test_windows_spreads_dilated_taps():
    figure = figures.windows(7, 3, dilation=2, position=(1, 2))
    (axes,) = figure.axes
    taps = next(c for c in axes.collections if c.get_label() == "window").get_paths()
    assert {tuple(tap.vertices[0].astype(int)) for tap in taps} == {
        (x, y) for x in (2, 4, 6) for y in (1, 3, 5)
    }


@pytest.mark.parametrize("position", [(3, 0), (0, -1)])
def test_windows_refuses_a_position_outside_the_output(position):
    with pytest.raises(ValueError, match="outside the output of 3×3"):
        figures.windows(5, 3, position=position)


def test_windows_refuses_impossible_geometry():
    with pytest.raises(ValueError, match="kernel=5"):
        figures.windows(4, 5)


def test_padding_on_image_names_the_zeros_of_each_side():
    labels = texts(figures.padding_on_image(IMAGES[0], 3, 2))
    assert {"top 0", "left 0", "bottom 1", "right 1"} <= set(labels)


def test_architecture_writes_shapes_and_the_layers_between_them():
    figure = figures.architecture(LENET5, "LeNet5 of chapter 10")
    labels = [text.replace("\xa0", " ").replace("\n", " ") for text in texts(figure)]
    assert "LeNet5 of chapter 10" in labels
    assert {"32×32×3", "28×28×6", "5×5×16", "120 units", "10 units"} <= set(labels)
    assert labels.count("conv 5×5") == labels.count("max pool 2×2 /2") == 2
    assert "400 units" not in labels  # flattening is no layer of its own in the drawing


def test_architecture_draws_maps_to_scale():
    (axes,) = figures.architecture(LENET5, "LeNet5").axes
    first, second = axes.patches[:2]
    assert first.get_height() / second.get_height() == pytest.approx(32 / 28)
    assert first.get_width() / second.get_width() == pytest.approx(3 / 6)


def test_architecture_draws_joined_branches_as_one_unit_and_below_it_what_it_holds():
    (axes,) = figures.architecture(RESIDUAL, "ResNet").axes
    labels = [" ".join(text.get_text().split()) for text in axes.texts if text.get_text()]
    assert "residual unit /2" in labels
    unit = labels[labels.index("stage2_unit1") + 1 :]
    assert unit[:3] == ["input 32×32×64", "conv 3×3 /2 16×16×128", "conv 3×3 16×16×128"]
    assert unit[3:] == ["conv 1×1 /2 16×16×128", "add 16×16×128"]


def test_architecture_counts_layers_of_equal_shape():
    rows = [LENET5[0], *(Row(f"conv{n}", "Conv2D", (32, 32, 8), 3, 1) for n in (1, 2))]
    labels = [" ".join(text.split()) for text in texts(figures.architecture(rows, "two"))]
    assert "2 convs 3×3" in labels


def test_side_lengths_draws_a_panel_for_each_network():
    figure = figures.side_lengths({"lenet5": LENET5, "resnet": RESIDUAL})
    lenet5, resnet = figure.axes
    assert (lenet5.get_title(), resnet.get_title()) == ("lenet5", "resnet")
    assert list(lenet5.lines[0].get_ydata()) == [32, 28, 14, 10, 5]
    assert list(resnet.lines[0].get_ydata()) == [32, 32, 16]
    assert [text.get_text() for text in lenet5.texts] == ["32", "28", "14", "10", "5"]
    assert figure.get_supylabel() == "side of the feature map in pixels"


def test_curves_draw_training_and_validation_from_epoch_one():
    figure = figures.curves({"LeNet5": HISTORY, "again": HISTORY})
    accuracy, loss = figure.axes
    assert (accuracy.get_ylabel(), loss.get_ylabel()) == ("accuracy", "loss")
    assert accuracy.get_xlabel() == loss.get_xlabel() == "epoch"
    assert len(accuracy.lines) == len(loss.lines) == 4
    assert list(loss.lines[1].get_xdata()) == [1, 2, 3]
    assert list(loss.lines[1].get_ydata()) == HISTORY["val_loss"]
    assert {"LeNet5", "again", "training", "validation"} <= set(texts(figure))


def test_curves_refuse_more_runs_than_colours():
    with pytest.raises(ValueError, match="8 runs"):
        figures.curves({str(run): HISTORY for run in range(8)})


def test_class_accuracy_draws_a_bar_a_class_and_the_overall_line():
    figure = figures.class_accuracy([0.5, 0.75], ["cat", "dog"], overall=0.6)
    (axes,) = figure.axes
    assert [bar.get_width() for bar in axes.patches] == [0.5, 0.75]
    assert axes.lines[0].get_xdata()[0] == 0.6
    assert [label.get_text() for label in axes.get_yticklabels()] == ["cat 50%", "dog 75%"]
    assert {"overall 60.0%", "accuracy"} <= set(texts(figure))


def test_class_accuracy_refuses_another_number_of_names():
    with pytest.raises(ValueError, match="1 names"):
        figures.class_accuracy([0.5, 0.7], ["cat"], 0.6)


def test_image_grid_draws_each_image_under_its_label():
    figure = figures.image_grid(IMAGES, list("abcdef"), columns=4)
    drawn = [axes for axes in figure.axes if axes.images]
    assert [axes.get_title() for axes in drawn] == list("abcdef")
    assert np.array_equal(drawn[3].images[0].get_array(), IMAGES[3])


def test_image_grid_refuses_another_number_of_labels():
    with pytest.raises(ValueError, match="shorter"):
        figures.image_grid(IMAGES, ["one"])


def test_grey_images_run_from_black_to_white():
    figure = figures.image_grid(np.full((1, 4, 4, 1), 0.5), ["half"])
    assert figure.axes[0].images[0].get_clim() == (0, 1)


def test_filters_of_rgb_input_are_stretched_one_by_one_and_say_so():
    figure = figures.filters(WEIGHTS)
    squares = [axes.images[0].get_array() for axes in figure.axes if axes.images]
    assert len(squares) == 6
    assert all(square.min() == 0 and square.max() == 1 for square in squares)
    assert "range stretched to 0–1" in figure.get_supxlabel()


def test_filters_of_other_inputs_share_one_scale_around_zero():
    kernels = np.random.default_rng(2).normal(size=(3, 3, 4, 5))
    figure = figures.filters(kernels)
    drawn = figure.axes[0].images[0]
    assert np.array_equal(drawn.get_array()[4:7, 8:11], kernels[:, :, 1, 2])
    low, high = drawn.get_clim()
    assert -low == high == np.abs(kernels).max()
    assert {"kernels: 5", "input channels: 4", "weight"} <= set(texts(figure))


def test_filters_of_equal_weights_do_not_divide_by_zero():
    figures.show(figures.filters(np.zeros((3, 3, 3, 2))), "two black squares")
    figures.show(figures.filters(np.zeros((3, 3, 1, 2))), "two white squares")


def test_feature_maps_share_one_scale():
    maps = np.stack([np.zeros((4, 4)), np.full((4, 4), 2.0)], axis=-1)
    figure = figures.feature_maps(maps, ["dead", "alive"])
    assert {axes.images[0].get_clim() for axes in figure.axes[:2]} == {(0, 2)}
    assert {"dead", "alive", "activation"} <= set(texts(figure))
