"""Interactive figures: one call for a live kernel, for Colab, and for a page without any kernel."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import product
from numbers import Real
from typing import Any

from lessons_src.figures.output import image_tag
from lessons_src.interactive.form import form

from ipywidgets import HTML, HBox, Layout, SelectionSlider, ToggleButtons, VBox, Widget
from matplotlib import pyplot
from matplotlib.figure import Figure

MAX_BYTES = 1_500_000  # of one interactive figure's frames; they load with its first move
PIXELS_PER_INCH = 150  # 1.5 times the page's resolution: sharp, yet light enough for 100 frames


class Explorer(VBox):
    """Controls above a picture that the kernel replaces.

    Args:
        children: The controls and the picture.
        page: HTML that does the same without a kernel; None where nobody asks for it.
    """

    def __init__(self, children: Sequence[Widget], page: str | None):
        super().__init__(children)
        self.page = page

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Return what a notebook stores: the widget for a kernel, the page for a built site."""
        bundle = super()._repr_mimebundle_(**options)
        return bundle if self.page is None else bundle | {"text/html": self.page}


def explore(
    draw: Callable[..., Figure],
    alt: Callable[..., str],
    /,
    start: Mapping[str, Any] | None = None,
    **choices: Sequence[Any],
) -> Explorer:
    """Turn a drawing function and its choices into a picture with one control per choice.

    With ipywidgets 8 every frame is drawn once, now, so that the browser alone can swap them on a
    page without a kernel. ipywidgets 7, Colab's, stores no page: there the kernel draws a frame
    when the reader asks for it.

    Args:
        draw: Takes a value of each choice by name, returns a Figure. Its ValueError, for impossible
            geometry say, becomes a frame that shows the message.
        alt: Takes the same, returns what a reader who can't see the frame needs to know.
        start: What a control shows first, by name; otherwise its first value.
        **choices: The values of each control, by name: a slider over numbers, buttons for anything
            else. There is a frame for each combination.

    Returns:
        The controls above the picture.

    Raises:
        ValueError: For a choice without two values, a start that is no choice or can't be drawn,
            an empty alternative text, or more than 1.5 MB of frames.
    """
    start = {name: next(iter(values), None) for name, values in choices.items()} | dict(start or {})
    values = {name: list(choices.get(name, ())) for name in start}
    controls = [_control(name, values[name], value) for name, value in start.items()]

    @cache
    def frame(*indices: int) -> str:
        chosen = {name: values[name][i] for name, i in zip(values, indices, strict=True)}
        try:
            figure = draw(**chosen)
        except ValueError as error:
            if chosen == start:  # the author's mistake; later ones are the reader's discoveries
                raise
            return f'<p role="note">{escape(str(error))}</p>'
        html = image_tag(figure, alt(**chosen), PIXELS_PER_INCH)
        pyplot.close(figure)
        return html

    page = None
    if hasattr(Widget, "_repr_mimebundle_"):  # ipywidgets 8
        combinations = product(*(range(len(options)) for options in values.values()))
        frames = _bounded([frame(*indices) for indices in combinations])
        sliders = {
            name: isinstance(c, SelectionSlider) for name, c in zip(values, controls, strict=True)
        }
        page = form(values, [control.index for control in controls], sliders, frames)
    row = HBox(controls, layout=Layout(flex_flow="row wrap"))
    return Explorer([row, _redrawn(controls, frame)], page)


def _control(name: str, values: Sequence[Any], value: Any) -> SelectionSlider | ToggleButtons:
    """Return a slider over numbers, or buttons for names, that stands at one of the values."""
    if len(values) < 2 or value not in values:
        raise ValueError(f"{name}: give two values or more, the start {value!r} among them")
    numbers = all(isinstance(value, Real) and not isinstance(value, bool) for value in values)
    style = {"description_width": "initial"}
    control = SelectionSlider if numbers else ToggleButtons
    return control(
        options=[(str(value), value) for value in values],
        index=list(values).index(value),
        description=name.replace("_", " "),
        style=style if numbers else style | {"button_width": "initial"},
        layout=Layout(margin="2px 1.5rem 2px 2px"),  # or a long value runs into the next label
    )


def _bounded(frames: list[str]) -> list[str]:
    """Return the frames, if they are not too many bytes for a page."""
    different = set(frames)
    size = sum(map(len, different))
    if size > MAX_BYTES:
        raise ValueError(
            f"{len(different)} frames take {size / 1e6:.1f} MB, more than "
            f"{MAX_BYTES / 1e6:.1f} MB; give fewer values, or draw a smaller or plainer figure"
        )
    return frames


def _redrawn(controls: Sequence[Any], frame: Callable[..., str]) -> HTML:
    """Return one frame that the kernel replaces when a control moves."""
    picture = HTML()

    def redraw(_change: Any = None) -> None:
        picture.value = frame(*(control.index for control in controls))

    for control in controls:
        control.observe(redraw, "index")
    redraw()
    return picture
