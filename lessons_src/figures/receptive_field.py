"""Receptive fields on pictures: after each layer, and weighted by gradient."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons_src.arithmetic import ReceptiveField, Window, conv_output_size, receptive_field
from lessons_src.figures.images import show_image
from lessons_src.figures.style import ORANGE, SERIES, SKY_BLUE, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle
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
        maps: By label, (side, side) squared gradients; each is divided by its maximum.
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
        squares = np.asarray(values, float)
        length = len(squares)
        drawn = axes.imshow(
            squares / squares.max(), extent=(0, length, length, 0), interpolation="nearest"
        )
        _draw_square(axes, first, field.size, SKY_BLUE, linestyle="--")
        _draw_square(axes, first + (field.size - side) / 2, side, ORANGE)
        axes.set(title=f"{label}\n{side}×{side} of {field.size}×{field.size}", xticks=[], yticks=[])
    figure.colorbar(drawn, ax=panels, label="squared gradient / largest", shrink=0.75)
    handles = [
        Patch(fill=False, ec=SKY_BLUE, linestyle="--", linewidth=2.5, label="field"),
        Patch(fill=False, ec=ORANGE, linewidth=2.5, label="95 % of the sum"),
    ]
    figure.legend(
        handles=handles, loc="outside lower center", ncols=2, handlelength=2.5, handleheight=1.5
    )
    return figure
