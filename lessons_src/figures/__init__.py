"""Figures of the book: arrays, layer tables and histories in, matplotlib Figures out."""

from lessons_src.figures.accuracy_by_cost import accuracy_by_cost
from lessons_src.figures.accuracy_by_minutes import accuracy_by_minutes
from lessons_src.figures.accuracy_by_seed import accuracy_by_seed
from lessons_src.figures.accuracy_over import accuracy_over
from lessons_src.figures.all_curves import all_curves
from lessons_src.figures.architecture import architecture
from lessons_src.figures.banded_matrix import banded_matrix
from lessons_src.figures.batch_order import batch_order
from lessons_src.figures.branch_fields import branch_fields
from lessons_src.figures.class_accuracy import class_accuracy
from lessons_src.figures.confusion import confusion
from lessons_src.figures.connections import connections
from lessons_src.figures.convolution import convolution_layer, kernel_values, sliding_kernel
from lessons_src.figures.descent import descent, descents
from lessons_src.figures.draws import draws
from lessons_src.figures.dropout_maps import dropout_maps
from lessons_src.figures.field_cone import field_cone
from lessons_src.figures.gradients import gradients_by_depth, gradients_by_layer
from lessons_src.figures.images import feature_maps, filters, image_grid
from lessons_src.figures.interrupted_run import interrupted_run
from lessons_src.figures.iterated import iterated
from lessons_src.figures.kernel_pyramid import kernel_pyramid
from lessons_src.figures.kernel_uses import pixel_uses, weight_uses
from lessons_src.figures.ladder import ladder
from lessons_src.figures.leaderboard import leaderboard
from lessons_src.figures.learning_curves import curves, curves_over_seeds
from lessons_src.figures.line_panels import Panel, line_panels
from lessons_src.figures.normalization import averaged_cells, running_statistics
from lessons_src.figures.output import show
from lessons_src.figures.over_rates import accuracy_over_rates, loss_over_rates
from lessons_src.figures.overlaid import overlaid
from lessons_src.figures.padding_on_image import padding_on_image
from lessons_src.figures.parameter_growth import parameter_growth
from lessons_src.figures.path_shares import path_shares
from lessons_src.figures.picture_rows import picture_rows
from lessons_src.figures.pooling import pooled_image, pooled_numbers, routed_gradients
from lessons_src.figures.receptive_field import effective_field, field_on_image
from lessons_src.figures.reliability_diagram import reliability_diagram
from lessons_src.figures.residual_units import residual_units
from lessons_src.figures.share_bars import share_bars
from lessons_src.figures.side_lengths import side_lengths
from lessons_src.figures.splits_over_time import splits_over_time
from lessons_src.figures.thinned_network import thinned_network
from lessons_src.figures.trade_off import trade_off
from lessons_src.figures.training_errors import training_errors
from lessons_src.figures.training_loop import training_loop
from lessons_src.figures.two_cards import CardLayer, two_cards
from lessons_src.figures.unrolled_paths import unrolled_paths
from lessons_src.figures.window_positions import window_positions
from lessons_src.figures.windows import windows

__all__ = [
    "CardLayer",
    "Panel",
    "accuracy_by_cost",
    "accuracy_by_minutes",
    "accuracy_by_seed",
    "accuracy_over",
    "accuracy_over_rates",
    "all_curves",
    "architecture",
    "averaged_cells",
    "banded_matrix",
    "batch_order",
    "branch_fields",
    "class_accuracy",
    "confusion",
    "connections",
    "convolution_layer",
    "curves",
    "curves_over_seeds",
    "descent",
    "descents",
    "draws",
    "dropout_maps",
    "effective_field",
    "feature_maps",
    "field_cone",
    "field_on_image",
    "filters",
    "gradients_by_depth",
    "gradients_by_layer",
    "image_grid",
    "interrupted_run",
    "iterated",
    "kernel_pyramid",
    "kernel_values",
    "ladder",
    "leaderboard",
    "line_panels",
    "loss_over_rates",
    "overlaid",
    "padding_on_image",
    "parameter_growth",
    "path_shares",
    "picture_rows",
    "pixel_uses",
    "pooled_image",
    "pooled_numbers",
    "reliability_diagram",
    "residual_units",
    "routed_gradients",
    "running_statistics",
    "share_bars",
    "show",
    "side_lengths",
    "sliding_kernel",
    "splits_over_time",
    "thinned_network",
    "trade_off",
    "training_errors",
    "training_loop",
    "two_cards",
    "unrolled_paths",
    "weight_uses",
    "window_positions",
    "windows",
]
