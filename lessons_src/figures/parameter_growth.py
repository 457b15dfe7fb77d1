"""How the parameters of networks grow with the side of their images."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from lessons_src.figures.style import GREY, new_figure, series_colours, styled

from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

LINE = 2.8  # factor on the logarithmic axis from one line of text to the next


@styled
def parameter_growth(
    sides: Sequence[int],
    parameters: Mapping[str, Sequence[int]],
    side: int,
    landmarks: Mapping[str, Sequence[float]],
    title: str,
) -> Figure:
    """Draw the parameters of networks against the side of their images, one side marked.

    Args:
        sides: Sides of the images in pixels, ascending.
        parameters: By the curve's label, the parameters at each side.
        side: The side to mark; the legend gives the parameters there.
        landmarks: By name, the parameters of other networks at each side; NaN where a network
            cannot be built. They are drawn dotted.
        title: What the marked networks have in common.

    Raises:
        ValueError: For a marked side that is none of `sides`, or more curves than colours.
    """
    if side not in sides:
        raise ValueError(f"side={side} isn't drawn; choose one of {[*sides]}")
    figure = new_figure(height=4.2)
    figure.set_layout_engine("none")  # equal margins in all frames, and half the time to draw
    axes = figure.add_axes((0.14, 0.2, 0.69, 0.71))
    beside = axes.get_yaxis_transform()  # x in widths of the axes, y in parameters
    height = 0.0
    for name, counts in sorted(landmarks.items(), key=lambda landmark: landmark[1][-1]):
        axes.plot(sides, counts, ":", color=GREY, linewidth=1.2)
        height = max(counts[-1], LINE * height)  # labels do not touch
        axes.text(1.03, height, name, color=GREY, va="center", transform=beside)
    colours = series_colours(parameters)
    for (name, counts), colour in zip(parameters.items(), colours, strict=True):
        count = counts[list(sides).index(side)]
        axes.plot(sides, counts, "o-", color=colour, markersize=4, label=f"{name}: {count:,}")
        axes.plot(side, count, "o", color=colour, markersize=12, fillstyle="none", mew=2.5)
    axes.set(xscale="log", yscale="log", title=title, ylim=(300, 1e9))
    axes.set(xlabel="side of the image in pixels", ylabel="parameters")
    close = [after < 1.3 * before for before, after in pairwise([0, *sides])]
    axes.set_xticks(sides, ["\n" * down + str(s) for s, down in zip(sides, close, strict=True)])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_locator(NullLocator())
    axes.legend(loc="lower right")
    return figure
