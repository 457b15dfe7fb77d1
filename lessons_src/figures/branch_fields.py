"""The fields of parallel branches over a row of pixels, and their union below."""

from collections.abc import Mapping, Sequence

from lessons_src.arithmetic import ReceptiveField, Window, receptive_field, union
from lessons_src.figures.style import BLUE, GREY, WIDTH, new_figure, series_colours, styled, written
from lessons_src.figures.windows import CELLS

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

WORDS = 2.6  # inches to the right of the pixels
ROW = 1.35  # height of a field with its words, in pixels
MOST_PIXELS = 10  # that leave their numbers room on a telephone


@styled
def branch_fields(size: int, branches: Mapping[str, Sequence[Window]], unit: int) -> Figure:
    """Draw what a unit sees through each of several branches, and through all of them.

    Dashed lines lead from the smallest first pixel and from the largest last one to the union.

    Args:
        size: Length of the image in pixels.
        branches: The layers of each branch, first layer first, by its name.
        unit: A unit of the layer that joins the branches.

    Raises:
        ValueError: For a window that does not fit, branches of different strides, or more pixels
            than can be numbered.
    """
    found = {name: receptive_field(windows, size) for name, windows in branches.items()}
    fields = {name: _ends(field, unit) for name, field in found.items()}
    begin, end = _ends(union(found.values()), unit)
    left, right = min(0, begin), max(size, end + 1)
    if right - left > MOST_PIXELS:
        raise ValueError(f"{right - left} pixels in a row; up to {MOST_PIXELS} are drawn")
    pixel = (WIDTH - WORDS) / (right - left + 0.2)  # inches
    height = 1.3 + ROW * (len(fields) + 1)
    figure = new_figure(height=height * pixel)
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left - 0.1, left - 0.1 + WIDTH / pixel), ylim=(height, -0.1))
    axes.set_axis_off()
    _draw_pixels(axes, left, right, size)
    below = 1.3 + ROW * len(fields)
    for row, (name, field) in enumerate(fields.items()):
        words = f"{name}\nfirst {written(field[0])}, last {written(field[1])}"
        top = 1.3 + ROW * row
        colour = series_colours(fields)[row]
        _draw_field(axes, field, top, colour, words, right)
        for edge, reaches in ((field[0], field[0] == begin), (field[1] + 1, field[1] == end)):
            if reaches:
                axes.plot([edge, edge], [top, below + 1], color=colour, ls="--", lw=1.5, zorder=1)
    ends = f"smallest {written(begin)}, largest {written(end)}"
    _draw_field(axes, (begin, end), below, GREY, f"joined\n{ends}", right)
    return figure


def _ends(field: ReceptiveField, unit: int) -> tuple[int, int]:
    """Return the first and the last pixel that a unit sees."""
    first = field.offset + unit * field.jump
    return first, first + field.size - 1


def _draw_pixels(axes: Axes, left: int, right: int, size: int) -> None:
    """Draw the numbered pixels, and those of the padding that are seen."""
    for cell in range(left, right):
        inside = 0 <= cell < size
        axes.add_patch(Rectangle((cell, 0), 1, 1, **CELLS["pixel" if inside else "padding"]))
        colour = "black" if inside else GREY
        axes.text(cell + 0.5, 0.5, written(cell), ha="center", va="center", color=colour)


def _draw_field(
    axes: Axes, field: tuple[int, int], top: float, colour: str, words: str, right: int
) -> None:
    """Draw a bar from a field's first pixel to its last, and its words to the right."""
    bar = Rectangle((field[0], top + 0.15), field[1] - field[0] + 1, 0.7, fc=colour, ec=BLUE)
    bar.set(alpha=0.55, label=words.split("\n")[0], zorder=2)
    axes.add_patch(bar)
    axes.text(right + 0.3, top + 0.5, words, ha="left", va="center", linespacing=1.15)
