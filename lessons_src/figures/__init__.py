"""Figures of the book: arrays, layer tables and histories in, matplotlib Figures out."""

from lessons_src.figures.convolution import convolution_layer, kernel_values, sliding_kernel
from lessons_src.figures.curves import class_accuracy, curves, curves_over_seeds
from lessons_src.figures.dropout import draws, dropout_maps
from lessons_src.figures.fully_connected import accuracy_by_seed, parameter_growth
from lessons_src.figures.images import feature_maps, filters, image_grid
from lessons_src.figures.networks import architecture
from lessons_src.figures.output import show
from lessons_src.figures.padding_on_image import padding_on_image
from lessons_src.figures.recorded import recorded
from lessons_src.figures.side_lengths import side_lengths
from lessons_src.figures.windows import windows

__all__ = [
    "accuracy_by_seed",
    "architecture",
    "class_accuracy",
    "convolution_layer",
    "curves",
    "curves_over_seeds",
    "draws",
    "dropout_maps",
    "feature_maps",
    "filters",
    "image_grid",
    "kernel_values",
    "padding_on_image",
    "parameter_growth",
    "recorded",
    "show",
    "side_lengths",
    "sliding_kernel",
    "windows",
]
