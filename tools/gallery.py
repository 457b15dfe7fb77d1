"""Draw the index page's pictures from the library, so that they show what the chapters show."""

from pathlib import Path

from lessons_src import figures
from lessons_src.analysis import layer_table
from lessons_src.arithmetic import Window
from lessons_src.data import load_dataset
from lessons_src.figures.output import png
from lessons_src.models import build_model

import numpy as np

GALLERY = Path(__file__).parent.parent / "book" / "_static" / "gallery"

UNITS = {
    "basic": (["3×3, 64", "3×3, 64"], "x"),
    "projected": (["3×3 /2, 128", "3×3, 128"], "Wx"),
    "bottleneck": (["1×1, 64", "3×3, 64", "1×1, 256"], "x"),
}


def draw_gallery() -> None:
    """Write the pictures that book/index.md shows."""
    image = load_dataset("shapes10").x_test[4]
    pictures = {
        "windows": figures.windows(6, 3, stride=2, padding="same"),
        "field": figures.field_on_image(image, [Window(3), Window(2, 2), Window(3), Window(3)]),
        "saturation": figures.saturation(
            np.random.default_rng(0).normal(3, 2, 2_000), "inputs of a sigmoid"
        ),
    }
    pictures["residual"] = figures.residual_units(UNITS)
    for name, title in (("lenet5", "LeNet5"), ("inception10", "Inception10")):
        rows = layer_table(build_model(name)).rows
        pictures[name] = figures.architecture(rows, title)
    GALLERY.mkdir(parents=True, exist_ok=True)
    for name, figure in pictures.items():
        (GALLERY / f"{name}.png").write_bytes(png(figure, 150))
