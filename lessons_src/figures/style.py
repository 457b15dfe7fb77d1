"""The look that all figures share: palette, fonts, and a canvas that leaves pyplot alone."""

from collections.abc import Callable, Sized
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from lessons_src.figures.fonts import OWN

from matplotlib import style
from matplotlib.figure import Figure

P = ParamSpec("P")
R = TypeVar("R")

# Okabe and Ito, Color Universal Design, 2008: told apart with any common colour blindness.
BLACK = "#000000"
ORANGE = "#E69F00"
SKY_BLUE = "#56B4E9"
GREEN = "#009E73"
BLUE = "#0072B2"
VERMILLION = "#D55E00"
PURPLE = "#CC79A7"
# Yellow is left out of the series: on white a thin yellow line can't be seen.
SERIES = (BLUE, VERMILLION, GREEN, ORANGE, PURPLE, SKY_BLUE, BLACK)
GREY = "#7A7A7A"
LIGHT_GREY = "#D9D9D9"

WIDTH = 6.0  # inches; 11-point text is then 1/39 of the width, 10 pixels on a 390-pixel phone

STYLE: dict[Any, Any] = {
    "axes.edgecolor": GREY,
    "axes.facecolor": "white",
    "axes.grid": False,
    "axes.labelsize": 12,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 12,
    "figure.facecolor": "white",  # opaque: a dark notebook must not shine through; the site inverts
    "figure.labelsize": 12,
    "figure.titlesize": 13,
    "font.family": "sans-serif",
    "font.sans-serif": [OWN],
    "font.size": 12,
    "hatch.linewidth": 0.7,
    "legend.fontsize": 11,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "savefig.facecolor": "white",
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
}


def written(number: float, form: str = "") -> str:
    """Return a number as text, with a true minus sign, which is as wide as a plus.

    Args:
        number: The number.
        form: How it is written, as in a format string: ".2f".
    """
    return f"{number:{form}}".replace("-", "−")


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Run a function with the book's style alone, and leave matplotlib's settings as they were."""

    @wraps(draw)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with style.context(STYLE, after_reset=True):
            return draw(*args, **kwargs)

    return run


def series_colours(series: Sized) -> tuple[str, ...]:
    """Return a colour for each of several series.

    Args:
        series: What is drawn in one figure.

    Raises:
        ValueError: For more series than there are colours to tell them apart.
    """
    if len(series) > len(SERIES):
        raise ValueError(f"{len(series)} series in one figure; draw {len(SERIES)} at most")
    return SERIES[: len(series)]


def new_figure(height: float) -> Figure:
    """Return an empty figure that pyplot doesn't know: nothing to close, nothing shown twice.

    Args:
        height: Height in inches; the width is the page's.
    """
    return Figure(figsize=(WIDTH, height), layout="constrained")
