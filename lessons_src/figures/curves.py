"""Drawings of training and of its results: curves over epochs, accuracy class by class."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import BLUE, GREY, SERIES, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import ArrayLike

LONGEST_LABEL = 16  # characters of a run's label that leave room for three columns


@styled
def curves(histories: Mapping[str, Mapping[str, Sequence[float]]]) -> Figure:
    """Draw accuracy and loss of one or several runs, epoch by epoch.

    Args:
        histories: By the run's label, its lists "accuracy", "val_accuracy", "loss", "val_loss":
            one number an epoch, accuracies in 0–1.

    Raises:
        ValueError: For more runs than there are colours to tell them apart.
    """
    if len(histories) > len(SERIES):
        raise ValueError(f"{len(histories)} runs in one figure; draw {len(SERIES)} at most")
    figure = new_figure(height=3.4)
    panels = figure.subplots(1, 2)
    for axes, quantity in zip(panels, ("accuracy", "loss"), strict=True):
        axes.set(xlabel="epoch", ylabel=quantity)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        for history, colour in zip(histories.values(), SERIES, strict=False):
            epochs = range(1, len(history[quantity]) + 1)
            axes.plot(epochs, history[quantity], "o--", color=colour, linewidth=1, markersize=2)
            axes.plot(epochs, history[f"val_{quantity}"], "o-", color=colour, markersize=3)
    panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    runs = [Line2D([], [], color=c, label=run) for run, c in zip(histories, SERIES, strict=False)]
    splits = [
        Line2D([], [], color=GREY, linestyle="--", linewidth=1, label="training"),
        Line2D([], [], color=GREY, label="validation"),
    ]
    columns = 3 if max(map(len, histories)) <= LONGEST_LABEL else 2
    figure.legend(handles=[*runs, *splits], loc="outside lower center", ncols=columns)
    return figure


@styled
def curves_over_seeds(
    runs: Mapping[str, Sequence[Mapping[str, Sequence[float]]]], names: tuple[str, str]
) -> Figure:
    """Draw accuracy and loss of several kinds of run: thin a line a seed, thick their mean.

    Args:
        runs: By label, a history for each seed: lists "accuracy", "val_accuracy" (in 0–1), "loss",
            "val_loss", and "epoch", after which they were measured; 1, 2, … if left out.
        names: What the dashed lines (accuracy, loss) and the solid ones (val_…) were measured on.

    Raises:
        ValueError: For more kinds than there are colours to tell them apart.
    """
    if len(runs) > len(SERIES):
        raise ValueError(f"{len(runs)} kinds in one figure; draw {len(SERIES)} at most")
    figure = new_figure(height=3.6)
    for axes, quantity in zip(figure.subplots(1, 2), ("accuracy", "loss"), strict=True):
        axes.set(xlabel="epoch", ylabel=quantity)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
        if quantity == "accuracy":
            axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        for histories, colour in zip(runs.values(), SERIES, strict=False):
            epochs = histories[0].get("epoch", range(1, len(histories[0][quantity]) + 1))
            for key, dashes in ((quantity, "--"), (f"val_{quantity}", "-")):
                draw_seeds(axes, epochs, [run[key] for run in histories], colour, dashes)
    handles = [Line2D([], [], color=c, label=kind) for kind, c in zip(runs, SERIES, strict=False)]
    handles.append(Line2D([], [], color=GREY, linestyle="--", label=names[0]))
    handles.append(Line2D([], [], color=GREY, linestyle="-", label=names[1]))
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure


@styled
def class_accuracy(per_class: ArrayLike, names: Sequence[str], overall: float) -> Figure:
    """Draw each class's accuracy as a bar, and the overall accuracy as a line across them.

    Args:
        per_class: (classes,) accuracies in 0–1.
        names: The classes' names, in the same order.
        overall: Accuracy over all images in 0–1; not the bars' mean where classes differ in size.

    Raises:
        ValueError: If there are not as many names as accuracies.
    """
    accuracies = np.asarray(per_class, float)
    if accuracies.shape != (len(names),):
        raise ValueError(
            f"per_class has shape {accuracies.shape}, but there are {len(names)} names"
        )
    figure = new_figure(height=0.33 * len(names) + 1.2)
    axes = figure.subplots()
    labels = [f"{name} {value:.0%}" for name, value in zip(names, accuracies, strict=True)]
    axes.barh(labels, accuracies, color=BLUE)
    axes.axvline(overall, color=VERMILLION, linestyle="--")
    axes.set_title(f"overall {overall:.1%}", color=VERMILLION)
    axes.invert_yaxis()  # first class on top
    axes.set(xlabel="accuracy", xlim=(0, 1))
    axes.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return figure
