"""lessons_src.figures: what all figures have in common."""

from lessons_src import figures
from lessons_src.analysis import reliability
from lessons_src.arithmetic import ReceptiveField, Window
from lessons_src.figures.leaderboard import LEADERBOARD_2016
from lessons_src.figures.output import MAX_BYTES
from lessons_src.records import LITERATURE

import matplotlib
import numpy as np
import pytest
from figure_helpers import HISTORY, LENET5, RESIDUAL
from matplotlib import pyplot, style
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

IMAGES = np.random.default_rng(0).integers(0, 256, (6, 32, 32, 3), dtype=np.uint8)
WEIGHTS = np.random.default_rng(1).normal(size=(5, 5, 3, 6))
BINS = reliability(np.array([[0.9, 0.1], [0.4, 0.6]]), np.array([0, 0]))

NO_FIGURES = {"show", "CardLayer", "Panel", "overlaid"}
EVERY_FIGURE = {
    "accuracy_by_cost": lambda: figures.accuracy_by_cost(LITERATURE, 0.94),
    "accuracy_by_minutes": lambda: figures.accuracy_by_minutes({"lenet5": []}, 0.9),
    "accuracy_by_seed": lambda: figures.accuracy_by_seed({"a": [0.3, 0.4]}, 0.1),
    "accuracy_over": lambda: figures.accuracy_over({"a": [[0.2, 0.3]]}, [6, 10], "side", "data"),
    "accuracy_over_rates": lambda: figures.accuracy_over_rates(
        {"SGD": {0.01: [0.4, 0.5], 0.1: [0.3]}}, {"SGD": 0.01}
    ),
    "all_curves": lambda: figures.all_curves({"lenet5": []}, "loss"),
    "architecture": lambda: figures.architecture(RESIDUAL, "ResNet"),
    "averaged_cells": lambda: figures.averaged_cells(3, 4, 3),
    "class_accuracy": lambda: figures.class_accuracy([0.5, 0.7], ["cat", "dog"], 0.6),
    "confusion": lambda: figures.confusion([[3, 1], [0, 10]], ["cat", "dog"]),
    "banded_matrix": lambda: figures.banded_matrix([[1, 2], [3, 4]], np.eye(4, 9), 3, 0),
    "batch_order": lambda: figures.batch_order({"shuffled": [0, 1, 1, 0]}, ["cat", "dog"], 2),
    "branch_fields": lambda: figures.branch_fields(
        6, {"3×3": [Window(3, 2, "same")], "1×1": [Window(3, padding="same"), Window(1, 2)]}, 0
    ),
    "connections": lambda: figures.connections({"local": [[1, 2, 0], [0, 3, 4]]}),
    "convolution_layer": lambda: figures.convolution_layer(
        IMAGES[0, :4, :4] % 5, np.ones((3, 3, 3, 2)), [1, 0], ["red", "green", "blue"]
    ),
    "curves": lambda: figures.curves({"LeNet5": HISTORY}),
    "curves_over_seeds": lambda: figures.curves_over_seeds(
        {"LeNet5": [{**HISTORY, "epoch": [1, 2, 3]}]}, ("seen", "unseen")
    ),
    "descent": lambda: figures.descent([[1, 1], [0.5, 0]], (1, 10), "a walk"),
    "descents": lambda: figures.descents({"SGD": [[1, 1], [0.5, 0]]}, (1, 10)),
    "draws": lambda: figures.draws({"rate 0.5": [0, 1, 2]}, 1, [1]),
    "dropout_maps": lambda: figures.dropout_maps(IMAGES[0], IMAGES[0] > 99, 0.5),
    "effective_field": lambda: figures.effective_field(
        {"random": np.eye(9)}, ReceptiveField(5, 2, -2), 2, [3]
    ),
    "feature_maps": lambda: figures.feature_maps(IMAGES[0], ["1", "2", "3"]),
    "field_cone": lambda: figures.field_cone(
        12, [Window(3, 1, "same"), Window(2, 2), Window(3)], ["conv", "pool", "conv"], 1
    ),
    "field_on_image": lambda: figures.field_on_image(IMAGES[0], [Window(3), Window(3)]),
    "filters": lambda: figures.filters(WEIGHTS),
    "gradients_by_depth": lambda: figures.gradients_by_depth({"plain": {"8": [[1, 0.5]]}}),
    "gradients_by_layer": lambda: figures.gradients_by_layer(
        {"ten layers": [[0.1, 0.5], [0.2, 0.4]]}, {"ten layers": 0.25}, "gradients"
    ),
    "image_grid": lambda: figures.image_grid(IMAGES, list("abcdef")),
    "interrupted_run": lambda: figures.interrupted_run(6, 4),
    "iterated": lambda: figures.iterated(np.sqrt, [1, 2], (0.7, 1.2)),
    "kernel_pyramid": lambda: figures.kernel_pyramid({"two 3×3": (3, 3), "one 5×5": (5,)}),
    "kernel_values": lambda: figures.kernel_values(WEIGHTS[:3, :3, 0, :2].T, ["start", "true"]),
    "ladder": lambda: figures.ladder(
        {"note": [0.5], "shift": [0.6]}, {"note": None, "shift": "note"}, {"shift": (0.1, 0, 0.2)}
    ),
    "leaderboard": lambda: figures.leaderboard(LEADERBOARD_2016),
    "line_panels": lambda: figures.line_panels(
        figures.Panel("step", "loss", {"a": ([0, 1], [2, 1])})
    ),
    "loss_over_rates": lambda: figures.loss_over_rates(
        {name: ([1e-5, 1e-2, 3], [2.5, 2.0, 9.0]) for name in ("SGD", "Adam")}, 2.3
    ),
    "padding_on_image": lambda: figures.padding_on_image(IMAGES[0], 3, 2),
    "parameter_growth": lambda: figures.parameter_growth(
        [8, 16], {"grey": [650, 2570]}, 16, {"LeNet5": [62_006, 90_000]}, "8–10"
    ),
    "path_shares": lambda: figures.path_shares({"one layer": 3 * [1 / 3]}, [0.8]),
    "picture_rows": lambda: figures.picture_rows({"one": IMAGES[:3], "two": IMAGES[3:]}, "two"),
    "pixel_uses": lambda: figures.pixel_uses(np.eye(5), np.eye(3), np.eye(3), (2, 2)),
    "pooled_image": lambda: figures.pooled_image(IMAGES[0], IMAGES[0, ::2, ::2], 2, 2, "max"),
    "pooled_numbers": lambda: figures.pooled_numbers(np.eye(4), 2),
    "reliability_diagram": lambda: figures.reliability_diagram({"net": BINS}),
    "residual_units": lambda: figures.residual_units({"basic": (["3×3, 64"], "x")}),
    "routed_gradients": lambda: figures.routed_gradients(np.eye(4), [[8, 4], [-4, 12]]),
    "running_statistics": lambda: figures.running_statistics([4, 6], {"0.9": [0, 1, 2]}, 5, "mean"),
    "share_bars": lambda: figures.share_bars({"here": {"macs": [0.2, 0.8]}}, ["conv", "dense"]),
    "side_lengths": lambda: figures.side_lengths({"lenet5": LENET5, "resnet": RESIDUAL}),
    "sliding_kernel": lambda: figures.sliding_kernel(np.eye(5), np.eye(3)),
    "splits_over_time": lambda: figures.splits_over_time(
        {"training": 45_000, "validation": 5_000, "test": 10_000}, 5
    ),
    "thinned_network": lambda: figures.thinned_network([4, 5, 5, 2], {(1, 0), (2, 3)}),
    "trade_off": lambda: figures.trade_off(
        {"LeNet5": 6e4}, {"LeNet5": [0.4]}, ["LeNet5"], "parameters"
    ),
    "training_errors": lambda: figures.training_errors({"plain": {"8": [[0.9, 0.5]]}}, "Shapes-10"),
    "training_loop": lambda: figures.training_loop(32, 198_494, 10),
    "two_cards": lambda: figures.two_cards(
        [figures.CardLayer("input", (8, 8, 3)), *2 * [figures.CardLayer("conv1", (8, 8, 6))]]
    ),
    "unrolled_paths": lambda: figures.unrolled_paths(2),
    "weight_uses": lambda: figures.weight_uses(np.eye(5), np.eye(3), np.eye(3), (0, 2)),
    "window_positions": lambda: figures.window_positions(
        6, {"valid": Window(3, 2), "same": Window(3, 2, "same")}
    ),
    "windows": lambda: figures.windows(5, 3),
}


def test_every_public_figure_is_tried_here():
    assert set(EVERY_FIGURE) == set(figures.__all__) - NO_FIGURES


def outside_of_ticks(figure):
    """Return texts, patches and legends; labels of ticks are kept even where none is drawn."""
    axes = [axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)]
    ticks = {
        text for axis in axes for tick in axis.get_major_ticks() for text in tick.findobj(Text)
    }
    ticks |= {
        text for axis in axes for tick in axis.get_minor_ticks() for text in tick.findobj(Text)
    }
    texts = [text for text in figure.findobj(Text) if text.get_text().strip()]
    patches = [patch for axes in figure.axes for patch in axes.patches]
    return [*figure.legends, *(artist for artist in texts + patches if artist not in ticks)]


@pytest.mark.parametrize("name", EVERY_FIGURE)
def test_figures_are_light_show_all_that_they_draw_and_leave_matplotlib_as_it_was(name):
    matplotlib.get_backend()  # whoever asks first settles it, the comparison below included
    before = matplotlib.rcParams.copy()
    figure = EVERY_FIGURE[name]()
    assert isinstance(figure, Figure)
    assert len(figures.show(figure, "some figure").data) < MAX_BYTES / 4
    page = figure.bbox.padded(1)
    for drawn in outside_of_ticks(figure):
        extent = drawn.get_window_extent()
        assert page.containsx(extent.x0) and page.containsx(extent.x1), drawn
        assert page.containsy(extent.y0) and page.containsy(extent.y1), drawn
    assert matplotlib.rcParams == before
    assert pyplot.get_fignums() == []


def looks(figure):
    """Return the colours and sizes that a notebook's style could have changed."""
    return [
        *((axes.get_facecolor(), axes.spines["left"].get_edgecolor()) for axes in figure.axes),
        *((text.get_color(), text.get_fontsize()) for text in figure.findobj(Text)),
        *((line.get_color(), line.get_linewidth()) for line in figure.findobj(Line2D)),
        figure.get_facecolor(),
    ]


@pytest.mark.parametrize("name", EVERY_FIGURE)
def test_figures_ignore_the_style_that_a_notebook_has_set(name):
    expected = looks(EVERY_FIGURE[name]())
    with style.context("dark_background"), style.context({"font.size": 30, "lines.linewidth": 9}):
        figure = EVERY_FIGURE[name]()
    assert looks(figure) == expected
