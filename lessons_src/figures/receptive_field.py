"""Drawings of receptive fields: on a picture, weighted by gradient, against the figures' size."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons_src.arithmetic import ReceptiveField, Window, conv_output_size, receptive_field
from lessons_src.figures.images import show_image
from lessons_src.figures.seeds import draw_seeds
from lessons_src.figures.style import (
    BLUE,
    GREY,
    ORANGE,
    SERIES,
    SKY_BLUE,
    VERMILLION,
    new_figure,
    styled,
)

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike

MARGIN = 16  # pixels drawn around the picture, for fields that reach beyond it


@styled
def field_on_image(image: ArrayLike, windows: Sequence[Window], step: int = 1) -> Figure:
    """Draw a picture with the fields of the middle unit after each layer of a chain.

    Args:
        image: (side, side, C), C = 1 or 3; integers in 0–255 or floats in 0–1.
        windows: The layers' geometry, first layer first.
        step: Windows that count as one layer; 2 where each convolution is followed by a pooling.

    Raises:
        ValueError: For no layers, more than there are colours, or a window that does not fit.
    """
    image = np.asarray(image)
    if not step <= len(windows) <= step * len(SERIES):
        layers = len(windows) // step
        raise ValueError(f"{layers} layers; give 1 to {len(SERIES)}, as many as there are colours")
    side = image.shape[0]
    figure = new_figure(height=6.1)
    figure.set_layout_engine("none")  # equal margins in all frames
    axes = figure.add_axes((0.08, 0.17, 0.84, 0.83))
    axes.set_aspect("equal")
    axes.set(xlim=(-MARGIN, side + MARGIN), ylim=(side + MARGIN, -MARGIN), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    show_image(axes, image, extent=(0, side, side, 0))
    handles = []
    chains = [windows[:end] for end in range(step, len(windows) + 1, step)]
    for depth, (chain, colour) in enumerate(zip(chains, SERIES, strict=False), start=1):
        field, units = _field_and_units(chain, side)
        _draw_square(axes, field.offset + units // 2 * field.jump, field.size, colour)
        label = f"{depth}: {field.size}×{field.size}, jump {field.jump}"
        label += "\nlarger than shown" * (field.size > side + 2 * MARGIN)
        handles.append(Patch(fill=False, edgecolor=colour, linewidth=3, label=label))
    figure.legend(
        handles=handles,
        title="after layer",
        loc="lower center",  # beside the picture it would take half of a phone's width
        ncols=2,
        handlelength=1,
        handleheight=1,
    )
    return figure


def _field_and_units(windows: Sequence[Window], size: int) -> tuple[ReceptiveField, int]:
    """Return the field of a chain's last layer on `size` pixels, and the units along its side."""
    field = receptive_field(windows, size)
    for window in windows:
        size = conv_output_size(size, window.kernel, window.stride, window.padding, window.dilation)
    return field, size


def _draw_square(axes: Axes, first: float, side: float, colour: str, **options: Any) -> None:
    """Frame the pixels `first` to `first + side − 1`, of rows and of columns."""
    axes.add_patch(
        Rectangle(
            (first, first), side, side, fill=False, ec=colour, lw=2.5, clip_on=True, **options
        )
    )


@styled
def effective_field(
    maps: Mapping[str, ArrayLike], field: ReceptiveField, unit: int, sides: Sequence[int]
) -> Figure:
    """Draw how strongly each input pixel moves one unit, with the field and the part that counts.

    Args:
        maps: By label, (side, side) gradient magnitudes, not negative; each divided by its maximum.
        field: The theoretical field of the unit's layer.
        unit: The unit's row, which is its column, too.
        sides: For each map the side in pixels of the middle square that holds what is called
            the effective field.

    Raises:
        ValueError: If there are not as many sides as maps.
    """
    figure = new_figure(height=3.5)
    panels = figure.subplots(1, len(maps), squeeze=False)[0]
    first = field.offset + unit * field.jump
    for axes, (label, values), side in zip(panels, maps.items(), sides, strict=True):
        magnitudes = np.asarray(values, float)
        length = len(magnitudes)
        drawn = axes.imshow(
            magnitudes / magnitudes.max(), extent=(0, length, length, 0), interpolation="nearest"
        )
        _draw_square(axes, first, field.size, SKY_BLUE, linestyle="--")
        _draw_square(axes, first + (field.size - side) / 2, side, ORANGE)
        axes.set(title=f"{label}\n{side}×{side} of {field.size}×{field.size}", xticks=[], yticks=[])
    figure.colorbar(drawn, ax=panels, label="gradient, of the largest", shrink=0.75)
    handles = [
        Patch(fill=False, ec=SKY_BLUE, linestyle="--", linewidth=2.5, label="field"),
        Patch(fill=False, ec=ORANGE, linewidth=2.5, label="95 % of the gradient"),
    ]
    figure.legend(
        handles=handles, loc="outside lower center", ncols=2, handlelength=2.5, handleheight=1.5
    )
    return figure


@styled
def accuracy_by_diameter(
    accuracies: Mapping[str, ArrayLike],
    diameters: Sequence[float],
    fields: Sequence[int],
    title: str,
) -> Figure:
    """Draw accuracy against the size of the figures: thin a line a seed, thick their mean.

    Args:
        accuracies: By the network's label, (seeds, diameters) in 0–1.
        diameters: Diameters in pixels.
        fields: The side of each network's receptive field in pixels.
        title: Data set, number of images, seeds.

    Raises:
        ValueError: If there are not as many fields as networks.
    """
    figure = new_figure(height=3.8)
    axes = figure.subplots()
    axes.axhline(0.1, color=GREY, linestyle=":", linewidth=1.5, label="guessing")
    styles = zip(accuracies.items(), fields, (VERMILLION, BLUE, SKY_BLUE), strict=False)
    if len(accuracies) != len(fields):
        raise ValueError(f"{len(fields)} fields for {len(accuracies)} networks")
    for (label, values), field, colour in styles:
        draw_seeds(axes, diameters, values, colour, marker="o", label=label)
        axes.axvline(field, color=colour, linestyle="--", linewidth=1.2)
    axes.set(xlabel="diameter of the figure in pixels", ylabel="test accuracy", ylim=(0, 1))
    axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.set_xticks(diameters)
    axes.set_xlim(min(*diameters, *fields) - 1, max(*diameters, *fields) + 1)
    axes.plot([], [], "--", color=GREY, linewidth=1.2, label="size of the field")
    axes.set_title(title)
    figure.legend(loc="outside lower center", ncols=2)
    return figure
