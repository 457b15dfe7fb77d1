"""Drawings of what single changes of a recipe are for, and what each of them brought."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullFormatter, PercentFormatter
from numpy.typing import ArrayLike

from lessons_src.figures.style import (
    BLUE,
    GREY,
    LIGHT_GREY,
    SERIES,
    VERMILLION,
    new_figure,
    styled,
)
from lessons_src.records import RunRecord


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
    """
    labels = list(dict.fromkeys(label for panel in panels for label in panel.lines))
    colours = dict(zip(labels, SERIES, strict=False))
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


@styled
def ladder(rungs: Mapping[str, Sequence[float]], below: Sequence[int | None]) -> Figure:
    """Draw what each change brought: a dot a seed, a bar at their mean, a line to the rung below.

    Args:
        rungs: By label, from the first to the last, the test accuracy of each seed in 0–1.
        below: For each rung, the place of the one that it is compared with; None for the first.
    """
    figure = new_figure(height=0.42 * len(rungs) + 0.9)
    axes = figure.subplots()
    means = [100 * float(np.mean(found)) for found in rungs.values()]
    right = 100 * max(map(max, rungs.values()))
    left = 100 * min(map(min, rungs.values()))
    room = 0.16 * (right - left) + 0.5
    for place, (found, mean, base) in enumerate(zip(rungs.values(), means, below, strict=True)):
        if base is not None:
            start = means[base]
            colour = BLUE if mean > start else VERMILLION
            axes.plot([start, start], [base, place], ":", color=GREY, linewidth=1)
            axes.plot([start, mean], [place, place], color=colour, linewidth=7, alpha=0.35)
            text = f"{mean - start:+.1f}"
            axes.text(right + room, place, text, color=colour, va="center", ha="right")
        axes.plot([100 * value for value in found], [place] * len(found), "o", color="black", ms=4)
        axes.plot([mean, mean], [place - 0.3, place + 0.3], color="black")
    axes.set_yticks(range(len(rungs)), list(rungs))
    axes.set(xlabel="test accuracy in per cent; right: gain", ylim=(len(rungs) - 0.5, -0.5))
    axes.set_xlim(left - 0.3 * room, right + 1.05 * room)
    axes.tick_params(axis="y", length=0)
    return figure


@styled
def accuracy_by_minutes(runs: Mapping[str, Sequence[RunRecord]], goal: float) -> Figure:
    """Draw validation accuracy against the minutes of training, a line a seed.

    Args:
        runs: By label, what `records.find` returned; a label without runs is left out.
        goal: An accuracy to mark, 0–1.
    """
    figure = new_figure(height=2.6 + 0.25 * len(runs))  # below the axes a line of legend a label
    axes = figure.subplots()
    axes.axhline(goal, color=LIGHT_GREY, linestyle="--")
    for (label, of), colour in zip(runs.items(), cycle(SERIES), strict=False):
        for place, run in enumerate(of):
            minutes = np.cumsum(run.history["seconds"]) / 60
            [line] = axes.plot(minutes, run.history["val_accuracy"], "o-", color=colour)
            line.set(markersize=4, linewidth=1.2, label=label if place == 0 else None)
    axes.set(xlabel="minutes of training", ylabel="validation accuracy", xscale="log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    if any(runs.values()):
        figure.legend(loc="outside lower center", ncols=1)  # labels are long
    return figure
