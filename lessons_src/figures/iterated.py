"""What a function makes of each number when it is applied once, twice, and again."""

from collections.abc import Callable, Sequence
from itertools import count

from lessons_src.figures.style import GREY, LIGHT_GREY, new_figure, series_colours, styled

import numpy as np
from matplotlib.figure import Figure

DASHES = ("-", "--", "-.", ":")
SMALLEST = 0.003


@styled
def iterated(
    function: Callable[[np.ndarray], np.ndarray], times: Sequence[int], band: Sequence[float]
) -> Figure:
    """Draw a function applied several times to the numbers from 0.003 to 1, a line per count.

    Args:
        function: Takes and returns an array of numbers.
        times: How often it is applied, in rising order.
        band: The two ends of a range of results to shade.
    """
    figure = new_figure(height=3.6)
    axes = figure.subplots()
    axes.axhspan(*band, color=LIGHT_GREY, label=f"{band[0]:g} to {band[1]:g}")
    x = np.geomspace(SMALLEST, 1, 400)
    axes.plot(x, x, color=GREY, linewidth=1, label="as they are")
    looks = {
        n: (colour, DASHES[i % len(DASHES)])
        for i, (n, colour) in enumerate(zip(times, series_colours(times), strict=True))
    }
    y = x
    for done in count(1):
        y = function(y)
        if done in looks:
            colour, dashes = looks[done]
            name = {1: "once", 2: "twice"}.get(done, f"{done} times")
            axes.plot(x, y, dashes, color=colour, label=name)
        if done >= max(times):
            break
    axes.set(xlabel="before", ylabel="after", xscale="log", xlim=(SMALLEST, 1), ylim=(0, None))
    axes.xaxis.set_major_formatter("{x:g}")
    figure.legend(loc="outside lower center", ncols=3)
    return figure
