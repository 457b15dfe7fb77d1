"""Learning curves: accuracy and loss over the epochs, of single runs or over seeds."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import GREY, new_figure, series_colours, styled

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, PercentFormatter

MOST_STEPS = 6  # of a vertical axis; as many as fit would change with the layout, which cuts labels
LONGEST_LABEL = 16  # characters of a run's label that leave room for three columns


@styled
def curves(histories: Mapping[str, Mapping[str, Sequence[float]]]) -> Figure:
    """Draw accuracy and loss of one or several runs, epoch by epoch.

    Args:
        histories: By the run's label, its lists "accuracy", "val_accuracy", "loss", "val_loss":
            one number per epoch, accuracies in 0–1.

    Raises:
        ValueError: For more runs than there are colours to tell them apart.
    """
    colours = series_colours(histories)
    figure = new_figure(height=3.4)
    panels = figure.subplots(1, 2)
    for axes, quantity in zip(panels, ("accuracy", "loss"), strict=True):
        axes.set(xlabel="epoch", ylabel=quantity)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        axes.yaxis.set_major_locator(MaxNLocator(MOST_STEPS))
        for history, colour in zip(histories.values(), colours, strict=True):
            epochs = range(1, len(history[quantity]) + 1)
            axes.plot(epochs, history[quantity], "o--", color=colour, linewidth=1, markersize=2)
            axes.plot(epochs, history[f"val_{quantity}"], "o-", color=colour, markersize=3)
    panels[0].yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    runs = [Line2D([], [], color=c, label=run) for run, c in zip(histories, colours, strict=True)]
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
    """Draw accuracy and loss of several kinds of run: thin lines are seeds, thick ones means.

    Args:
        runs: By label, a history for each seed: lists "accuracy", "val_accuracy" (in 0–1), "loss",
            "val_loss", and "epoch", after which they were measured; 1, 2, … if left out.
        names: What the dashed lines (`accuracy`, `loss`) and the solid ones (`val_accuracy`,
            `val_loss`) were measured on.

    Raises:
        ValueError: For more kinds than there are colours to tell them apart.
    """
    colours = series_colours(runs)
    figure = new_figure(height=3.6)
    for axes, quantity in zip(figure.subplots(1, 2), ("accuracy", "loss"), strict=True):
        axes.set(xlabel="epoch", ylabel=quantity)
        axes.xaxis.set_major_locator(
            MaxNLocator(5, integer=True, steps=[1, 2, 5, 10], min_n_ticks=1)
        )
        axes.yaxis.set_major_locator(MaxNLocator(MOST_STEPS))
        if quantity == "accuracy":
            axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        for histories, colour in zip(runs.values(), colours, strict=True):
            epochs = histories[0].get("epoch", range(1, len(histories[0][quantity]) + 1))
            for key, dashes in ((quantity, "--"), (f"val_{quantity}", "-")):
                draw_seeds(axes, epochs, [run[key] for run in histories], colour, dashes)
    handles = [Line2D([], [], color=c, label=kind) for kind, c in zip(runs, colours, strict=True)]
    handles.append(Line2D([], [], color=GREY, linestyle="--", label=names[0]))
    handles.append(Line2D([], [], color=GREY, linestyle="-", label=names[1]))
    figure.legend(handles=handles, loc="outside lower center", ncols=2)
    return figure
