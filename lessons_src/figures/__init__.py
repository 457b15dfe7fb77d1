"""Figures of the book: arrays, layer tables and histories in, matplotlib Figures out."""

from lessons_src.figures.curves import class_accuracy, curves
from lessons_src.figures.images import feature_maps, filters, image_grid
from lessons_src.figures.networks import architecture
from lessons_src.figures.output import show
from lessons_src.figures.padding_on_image import padding_on_image
from lessons_src.figures.side_lengths import side_lengths
from lessons_src.figures.windows import windows

__all__ = [
    "architecture",
    "class_accuracy",
    "curves",
    "feature_maps",
    "filters",
    "image_grid",
    "padding_on_image",
    "show",
    "side_lengths",
    "windows",
]
