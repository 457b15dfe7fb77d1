"""Draw the index page's pictures from the library, so that they show what the chapters show."""

from pathlib import Path

from lessons_src import figures
from lessons_src.arithmetic import Window
from lessons_src.data import load_dataset
from lessons_src.experiments.permutation import ShufflePixels
from lessons_src.figures.output import png

import numpy as np

GALLERY = Path(__file__).parent.parent / "book" / "_static" / "gallery"

UNITS = {
    "basic": (["3×3, 64", "3×3, 64"], "x"),
    "projected": (["3×3 /2, 128", "3×3, 128"], "Wx"),
    "bottleneck": (["1×1, 64", "3×3, 64", "1×1, 256"], "x"),
}
SHARED = [[k - row + 1 if 0 <= k - row < 3 else 0 for k in range(6)] for row in range(4)]


def draw_gallery() -> None:
    """Write the pictures that book/index.md shows."""
    images = load_dataset().x_test[:4]
    both = np.concatenate([images, ShufflePixels()(images)])
    pictures = {
        "shuffled": figures.image_grid(both, [""] * 8, columns=4),
        "shared": figures.connections({"every weight everywhere": SHARED}),
        "windows": figures.windows(6, 3, stride=2, padding="same"),
        "field": figures.field_on_image(images[1], [Window(3), Window(2, 2), Window(3), Window(3)]),
        "averaged": figures.averaged_cells(images=3, side=4, channels=3),
    }
    pictures["residual"] = figures.residual_units(UNITS)
    GALLERY.mkdir(parents=True, exist_ok=True)
    for name, figure in pictures.items():
        (GALLERY / f"{name}.png").write_bytes(png(figure, 150))
