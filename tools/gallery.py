"""Draw the index page's pictures from the library, so that they show what the chapters show."""

from pathlib import Path

from lessons_src.figures import architecture, windows
from lessons_src.figures.output import png
from lessons_src.inspection import layer_table
from lessons_src.models import build_model

GALLERY = Path(__file__).parent.parent / "book" / "_static" / "gallery"


def draw_gallery() -> None:
    """Write the pictures that book/index.md shows."""
    figures = {
        "windows": windows(6, 3, stride=2, padding="same"),
        "lenet5": architecture(layer_table(build_model("lenet5")).rows, "LeNet5"),
    }
    GALLERY.mkdir(parents=True, exist_ok=True)
    for name, figure in figures.items():
        (GALLERY / f"{name}.png").write_bytes(png(figure, 150))
