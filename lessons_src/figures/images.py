"""Drawings of what goes into a network and what it has learnt: images, kernels, feature maps."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from lessons_src.figures.style import GREY, WIDTH, new_figure, styled

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import CenteredNorm
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

RGB_COLUMNS = 8
COLORBAR = 1.0  # inches that a colour bar takes


@styled
def image_grid(images: ArrayLike, labels: Sequence[str], columns: int = 5) -> Figure:
    """Draw images side by side, each under its label.

    Args:
        images: (N, H, W, C), C = 1 or 3; integers in 0–255 or floats in 0–1.
        labels: N texts; "" for none.
        columns: Images in a line.

    Raises:
        ValueError: If there are not as many labels as images.
    """
    images = np.asarray(images)
    figure, panels = _panels(len(images), columns)
    for axes, image, label in zip(panels, images, labels, strict=True):
        show_image(axes, image)
        axes.set_title(label)
    return figure


def show_image(axes: Axes, image: np.ndarray, **options: Any) -> None:
    """Draw an (H, W, 1 or 3) image, black to white, without smoothing its pixels."""
    brightest = 255 if np.issubdtype(image.dtype, np.integer) else 1
    image = image[..., 0] if image.shape[-1] == 1 else image
    axes.imshow(image, cmap="gray", vmin=0, vmax=brightest, interpolation="nearest", **options)


@styled
def feature_maps(maps: ArrayLike, titles: Sequence[str], columns: int = 4) -> Figure:
    """Draw the channels of one image's feature map, all on one scale.

    Args:
        maps: (H, W, C) activations.
        titles: C texts; "" for none.
        columns: Channels in a line.

    Raises:
        ValueError: If there are not as many titles as channels.
    """
    maps = np.asarray(maps, float)
    figure, panels = _panels(maps.shape[-1], columns, width=WIDTH - COLORBAR)
    for axes, channel, title in zip(panels, np.moveaxis(maps, -1, 0), titles, strict=True):
        drawn = axes.imshow(channel, vmin=maps.min(), vmax=maps.max(), interpolation="nearest")
        axes.set_title(title)
    figure.colorbar(drawn, ax=panels, label="activation", shrink=0.8)
    return figure


@styled
def filters(kernels: ArrayLike) -> Figure:
    """Draw a convolution's weights: in colour for RGB input, else one square for each channel.

    Args:
        kernels: (H, W, Cin, N) weights. With Cin = 3, each kernel's range is stretched to 0–1 and
            drawn as one RGB square; otherwise rows are input channels, columns kernels, and one
            scale around 0 serves all.
    """
    kernels = np.asarray(kernels, float)
    if kernels.shape[2] == 3:
        low, high = kernels.min(axis=(0, 1, 2)), kernels.max(axis=(0, 1, 2))
        stretched = np.moveaxis((kernels - low) / np.where(high > low, high - low, 1), -1, 0)
        figure = image_grid(stretched, [""] * len(stretched), min(len(stretched), RGB_COLUMNS))
        figure.supxlabel("weights as RGB, each kernel's range stretched to 0–1", fontsize=11)
        return figure
    return _weights_by_channel(kernels)


def _weights_by_channel(kernels: np.ndarray) -> Figure:
    """Draw (H, W, Cin, N) weights as Cin rows of N squares, grey lines between them."""
    height, width, channels, count = kernels.shape
    squares = np.pad(kernels, [(0, 1), (0, 1), (0, 0), (0, 0)], constant_values=np.nan)
    montage = squares.transpose(2, 0, 3, 1).reshape(channels * (height + 1), count * (width + 1))
    figure = new_figure(height=max(2.0, (WIDTH - COLORBAR) * montage.shape[0] / montage.shape[1]))
    axes = figure.subplots()
    drawn = axes.imshow(
        montage[:-1, :-1], cmap="RdBu_r", norm=CenteredNorm(), interpolation="nearest"
    )
    axes.set(xlabel=f"kernels: {count}", ylabel=f"input channels: {channels}", xticks=[], yticks=[])
    axes.set_facecolor(GREY)  # the lines between squares; a white one would look like 0
    axes.spines[:].set_visible(False)
    figure.colorbar(drawn, ax=axes, label="weight", shrink=0.8)
    return figure


def joined(pictures: Iterable[np.ndarray], axis: int, gap: int) -> np.ndarray:
    """Join pictures of one shape along an axis, `gap` white pixels between them.

    Args:
        pictures: (H, W, C) each, integers in 0–255 or floats in 0–1.
        axis: 0 for one below the other, 1 for side by side.
        gap: In pixels.
    """
    pictures = list(pictures)
    first = pictures[0]
    shape = list(first.shape)
    shape[axis] = gap
    white = np.full(shape, 255 if np.issubdtype(first.dtype, np.integer) else 1, first.dtype)
    parts = [part for picture in pictures for part in (white, picture)]
    return np.concatenate(parts[1:], axis=axis)


def _panels(count: int, columns: int, width: float = WIDTH) -> tuple[Figure, list[Axes]]:
    """Return a figure with `count` axes for pictures; a line of `columns` is `width` inches."""
    lines = ceil(count / columns)
    figure = new_figure(height=lines * (width / columns + 0.3))
    bare: dict[str, Any] = {"xticks": [], "yticks": []}  # hidden ticks take time
    panels = list(figure.subplots(lines, columns, squeeze=False, subplot_kw=bare).flat)
    for axes in panels:
        axes.set_axis_off()
    return figure, panels[:count]
