"""Lines in panels side by side."""

from collections.abc import Mapping
from typing import NamedTuple

from lessons_src.figures.style import new_figure, series_colours, styled

from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter, PercentFormatter
from numpy.typing import ArrayLike


class Panel(NamedTuple):
    """One pair of axes of `line_panels`.

    Attributes:
        x: The horizontal axis' quantity, with its unit.
        y: The vertical axis' quantity, with its unit.
        lines: By label, (x values, y values).
        log: Whether the vertical axis is logarithmic.
        percent: Whether y values of 0–1 are shown in per cent.
    """

    x: str
    y: str
    lines: Mapping[str, tuple[ArrayLike, ArrayLike]]
    log: bool = False
    percent: bool = False


@styled
def line_panels(*panels: Panel, marker: str = "") -> Figure:
    """Draw lines in one or two panels side by side; a label has one colour in both.

    Panels with the same vertical quantity share its scale.

    Args:
        *panels: What to draw.
        marker: matplotlib's sign for a point; none by default.

    Raises:
        ValueError: For more labels than there are colours to tell them apart.
    """
    labels = list(dict.fromkeys(label for panel in panels for label in panel.lines))
    colours = dict(zip(labels, series_colours(labels), strict=True))
    figure = new_figure(height=3.4)
    drawn = {}
    same = len({panel.y for panel in panels}) == 1
    row = figure.subplots(1, len(panels), squeeze=False, sharey=same)[0]
    for axes, panel in zip(row, panels, strict=True):
        for label, (x, y) in panel.lines.items():
            [drawn[label]] = axes.plot(x, y, marker=marker, color=colours[label], label=label)
        axes.set(xlabel=panel.x, ylabel=panel.y)
        if panel.log:
            axes.set_yscale("log")
            axes.yaxis.set_minor_formatter(NullFormatter())
        if panel.percent:
            axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    figure.legend(handles=list(drawn.values()), loc="outside lower center", ncols=2)
    return figure
