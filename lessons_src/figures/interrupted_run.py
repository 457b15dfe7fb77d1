"""A run that is stopped in the middle of an epoch, and how it goes on."""

from lessons_src.figures.arrows import draw_arrow
from lessons_src.figures.style import BLUE, GREEN, LIGHT_GREY, VERMILLION, new_figure, styled

from matplotlib.figure import Figure

WHOLE, FIRST, SECOND = 2.0, 1.0, 0.0  # height of the rows
THICK = 0.5


@styled
def interrupted_run(epochs: int, stopped_in: int) -> Figure:
    """Draw an uninterrupted run, one that is stopped, and its second part.

    Args:
        epochs: Epochs of the run.
        stopped_in: The epoch, counted from 1, in whose middle the second run is stopped.

    Raises:
        ValueError: If the run has no such epoch.
    """
    if not 1 <= stopped_in <= epochs:
        raise ValueError(f"stopped_in must be from 1 to {epochs}, not {stopped_in}")
    numbers = range(1, epochs + 1)
    figure = new_figure(height=2.4)
    axes = figure.subplots()
    done = stopped_in - 1
    parts = [(WHOLE, epoch, 1.0, BLUE) for epoch in range(epochs)]
    parts += [(FIRST, epoch, 1.0, BLUE) for epoch in range(done)]
    parts += [(FIRST, done, 0.5, LIGHT_GREY)]
    parts += [(SECOND, epoch, 1.0, GREEN) for epoch in range(done, epochs)]
    for row, start, length, colour in parts:
        axes.broken_barh([(start + 0.02, length - 0.04)], (row - THICK / 2, THICK), fc=colour)
    axes.plot(done + 0.5, FIRST, "x", color=VERMILLION, markersize=12, markeredgewidth=3)
    axes.text(done + 0.7, FIRST, "stopped", va="center")
    if done:
        draw_arrow(axes, (done, FIRST - THICK / 2), (done, SECOND + THICK / 2), VERMILLION)
        axes.text(done - 0.06, SECOND, f"state after epoch {done}", ha="right", va="center")
    axes.set_yticks([WHOLE, FIRST, SECOND], ["whole", "cut", "resumed"])
    axes.set_xticks([n - 0.5 for n in numbers], [str(n) for n in numbers])
    axes.set(xlabel="epoch", xlim=(0, epochs), ylim=(-0.5, 2.5))
    axes.tick_params(length=0)
    return figure
