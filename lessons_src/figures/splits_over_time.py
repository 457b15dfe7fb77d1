"""Which images a run sees, and when: training in every step, validation per epoch, test once."""

from lessons_src.figures.style import BLUE, GREEN, LIGHT_GREY, VERMILLION, new_figure, styled

from matplotlib.figure import Figure

MARK = 0.12  # epochs that a mark takes


@styled
def splits_over_time(images: dict[str, int], epochs: int) -> Figure:
    """Draw a row for each split and time from left to right.

    Args:
        images: How many images "training", "validation" and "test" have.
        epochs: Epochs of the run.

    Raises:
        ValueError: If a split is missing, or there is no epoch.
    """
    if set(images) != {"training", "validation", "test"} or epochs < 1:
        raise ValueError(f"training, validation and test and an epoch, not {images}, {epochs}")
    numbers = range(1, epochs + 1)
    figure = new_figure(height=2.3)
    axes = figure.subplots()
    rows = {"training": 2, "validation": 1, "test": 0}
    for epoch in range(epochs):
        axes.broken_barh([(epoch, 1 - MARK)], (1.7, 0.6), facecolor=BLUE)
        axes.broken_barh([(epoch + 1 - MARK, MARK)], (0.7, 0.6), facecolor=GREEN)
        axes.axvline(epoch + 1, color=LIGHT_GREY, linewidth=1, zorder=0)
    axes.broken_barh([(epochs + 0.2, 2 * MARK)], (-0.3, 0.6), facecolor=VERMILLION)
    axes.text(0.05, 1, "to choose", va="center", fontsize=10)
    axes.text(epochs + 0.1, 0, "once, to report", ha="right", va="center")
    axes.set_yticks(list(rows.values()), [f"{name}\n{images[name]:,}" for name in rows])
    axes.set_xticks([n - 0.5 for n in numbers], [str(n) for n in numbers])
    axes.set(xlabel="epoch", xlim=(0, epochs + 0.6), ylim=(-0.5, 2.5))
    axes.tick_params(length=0)
    return figure
