"""Interactive figures: one call for a live kernel, for Colab, and for a page without any kernel."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import product
from typing import Any

from lessons_src.figures.output import image_tag

import ipywidgets
from ipywidgets import HTML, HBox, Layout, SelectionSlider, VBox, Widget, jslink
from matplotlib import pyplot
from matplotlib.figure import Figure

MAX_BYTES = 1_500_000  # of one interactive figure's frames; they load with the page
PIXELS_PER_INCH = 150  # 1.5 times the page's resolution: sharp, yet light enough for 100 frames


def explore(
    draw: Callable[..., Figure],
    alt: Callable[..., str],
    /,
    start: Mapping[str, Any] | None = None,
    **choices: Sequence[Any],
) -> VBox:
    """Turn a drawing function and its choices into a picture with one slider per choice.

    With ipywidgets 8 every frame is drawn once, now, and the browser alone swaps them, so that a
    page without a kernel works too. ipywidgets 7, Colab's, can't stack frames: there the kernel
    draws anew whenever a slider moves.

    Args:
        draw: Takes a value of each choice by name, returns a Figure. Its ValueError, for impossible
            geometry say, becomes a frame that shows the message.
        alt: Takes the same, returns what a reader who can't see the frame needs to know.
        start: What a slider shows first, by name; otherwise its first value.
        **choices: The values of each slider, by name. There is a frame for each combination.

    Returns:
        The sliders above the picture.

    Raises:
        ValueError: For a choice without two values, a start that is no choice or can't be drawn,
            an empty alternative text, or more than 1.5 MB of frames.
    """
    start = {name: next(iter(values), None) for name, values in choices.items()} | dict(start or {})
    sliders = [_slider(name, choices.get(name, ()), value) for name, value in start.items()]

    def frame(*values: Any) -> str:
        chosen = dict(zip(start, values, strict=True))
        try:
            figure = draw(**chosen)
        except ValueError as error:
            if chosen == start:  # the author's mistake; later ones are the reader's discoveries
                raise
            return f'<p role="note">{escape(str(error))}</p>'
        html = image_tag(figure, alt(**chosen), PIXELS_PER_INCH)
        pyplot.close(figure)
        return html

    picture = _stacked if hasattr(ipywidgets, "Stack") else _redrawn
    controls = HBox(sliders, layout=Layout(flex_flow="row wrap"))
    return VBox([controls, picture(sliders, frame)])


def _slider(name: str, values: Sequence[Any], value: Any) -> SelectionSlider:
    """Return a slider over a choice's values that stands at one of them."""
    if len(values) < 2 or value not in values:
        raise ValueError(f"{name}: give two values or more, the start {value!r} among them")
    return SelectionSlider(
        options=[(str(value), value) for value in values],
        index=list(values).index(value),
        description=name.replace("_", " "),
        style={"description_width": "initial"},
        layout=Layout(margin="2px 1.5rem 2px 2px"),  # or a long value runs into the next label
    )


def _stacked(sliders: list[SelectionSlider], frame: Callable[..., str]) -> Widget:
    """Return all frames in nested stacks, a level for each slider, which the browser switches."""
    combinations = product(*(slider.options for slider in sliders))
    frames = [frame(*(value for _, value in options)) for options in combinations]
    shared = {html: HTML(html) for html in _bounded(frames)}
    level: list[Widget] = [shared[html] for html in frames]
    for slider in reversed(sliders):
        size = len(slider.options)
        level = [_stack(slider, level[i : i + size]) for i in range(0, len(level), size)]
    return level[0]


def _stack(slider: SelectionSlider, children: list[Widget]) -> Widget:
    """Return the children stacked, showing the one that the slider stands at."""
    stack = ipywidgets.Stack(children, selected_index=slider.index)
    jslink((slider, "index"), (stack, "selected_index"))
    return stack


def _bounded(frames: list[str]) -> set[str]:
    """Return the different frames, if they are not too many bytes for a page."""
    different = set(frames)
    size = sum(map(len, different))
    if size > MAX_BYTES:
        raise ValueError(
            f"{len(different)} frames take {size / 1e6:.1f} MB, more than "
            f"{MAX_BYTES / 1e6:.1f} MB; give fewer values, or draw a smaller or plainer figure"
        )
    return different


def _redrawn(sliders: list[SelectionSlider], frame: Callable[..., str]) -> HTML:
    """Return one frame that the kernel replaces when a slider moves."""
    picture = HTML()

    def redraw(_change: Any = None) -> None:
        picture.value = frame(*(slider.value for slider in sliders))

    for slider in sliders:
        slider.observe(redraw, "value")
    redraw()
    return picture
