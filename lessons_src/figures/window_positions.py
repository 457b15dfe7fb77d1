"""A row of pixels, and below it each place where a window stands, for several geometries."""

from collections.abc import Mapping

from lessons_src.arithmetic import Window, conv_output_size, same_padding
from lessons_src.figures.style import BLUE, GREY, ORANGE, new_figure, styled
from lessons_src.figures.windows import CELLS

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

STEP = 0.62  # height of a window's row, in pixels
INCHES = 0.5  # of a pixel, at most
MOST_PIXELS = 24  # whose numbers can be read on a telephone


@styled
def window_positions(size: int, windows: Mapping[str, Window]) -> Figure:
    """Draw along one axis where windows stand: a row per window, filled where it reads.

    Args:
        size: Length of the image in pixels.
        windows: A panel for each, by its title.

    Raises:
        ValueError: For a window that does not fit, or more pixels than can be numbered.
    """
    paddings = {title: _padding(size, window) for title, window in windows.items()}
    before = max(first for first, _ in paddings.values())
    after = max(last for _, last in paddings.values())
    if before + size + after > MOST_PIXELS:
        raise ValueError(f"{before + size + after} cells in a row; up to {MOST_PIXELS} are drawn")
    counts = [
        conv_output_size(size, w.kernel, w.stride, w.padding, w.dilation) for w in windows.values()
    ]
    heights = [1.2 + STEP * count for count in counts]
    figure = new_figure(height=sum(INCHES * height + 0.45 for height in heights))
    panels = figure.subplots(len(windows), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, (title, window), height, count in zip(
        panels, windows.items(), heights, counts, strict=True
    ):
        axes.set(xlim=(-before - 0.1, size + after + 0.1), ylim=(height, -0.1), title=title)
        axes.set_aspect("equal")
        axes.set_axis_off()
        starts = [unit * window.stride - paddings[title][0] for unit in range(count)]
        _draw_pixels(axes, size, paddings[title], _read(starts, window))
        for row, start in enumerate(starts):
            _draw_window(axes, start, 1.2 + STEP * row, window)
    return figure


def _padding(size: int, window: Window) -> tuple[int, int]:
    """Return the zeros before and after the image."""
    if window.padding == "valid":
        return 0, 0
    return same_padding(size, window.kernel, window.stride, window.dilation)


def _read(starts: list[int], window: Window) -> set[int]:
    """Return the cells that any of the windows reads."""
    return {start + tap * window.dilation for start in starts for tap in range(window.kernel)}


def _draw_pixels(axes: Axes, size: int, padding: tuple[int, int], read: set[int]) -> None:
    """Draw the numbered pixels and the zeros around them; those never read are grey."""
    for cell in range(-padding[0], size + padding[1]):
        inside = 0 <= cell < size
        kind = ("pixel" if cell in read else "never read") if inside else "padding"
        axes.add_patch(Rectangle((cell, 0), 1, 1, label=kind, **CELLS[kind]))
        words, colour = (str(cell), "black") if inside else ("0", GREY)
        axes.text(cell + 0.5, 0.5, words, ha="center", va="center", color=colour)


def _draw_window(axes: Axes, start: int, top: float, window: Window) -> None:
    """Draw a window as a line from its first to its last cell, filled where it reads."""
    extent = (window.kernel - 1) * window.dilation + 1
    height = STEP - 0.12
    axes.plot([start + 0.5, start + extent - 0.5], 2 * [top + height / 2], color=BLUE, lw=1.5)
    for tap in range(window.kernel):
        corner = (start + tap * window.dilation + 0.05, top)
        axes.add_patch(
            Rectangle(corner, 0.9, height, facecolor=ORANGE, edgecolor=BLUE, zorder=3, label="tap")
        )
