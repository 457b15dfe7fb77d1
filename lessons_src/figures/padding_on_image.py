"""Drawing of TensorFlow's "same" padding around a picture."""

from lessons_src.arithmetic import conv_output_size, same_padding
from lessons_src.figures.images import show_image
from lessons_src.figures.style import GREY, ORANGE, VERMILLION, new_figure, styled

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike


@styled
def padding_on_image(image: ArrayLike, kernel: int, stride: int = 1) -> Figure:
    """Draw a picture with the rows and columns that "same" padding adds, first and last window.

    Args:
        image: (H, W, C), C = 1 or 3; integers in 0–255 or floats in 0–1.
        kernel: Side of the window in pixels.
        stride: Step between windows in pixels.

    Raises:
        ValueError: For a kernel or stride that is no whole number of at least 1.
    """
    image = np.asarray(image)
    height, width = image.shape[:2]
    top, bottom = same_padding(height, kernel, stride)
    left, right = same_padding(width, kernel, stride)
    figure = new_figure(height=4.9)
    figure.suptitle(f"same padding, kernel {kernel}×{kernel}, stride {stride}")
    axes = figure.subplots()
    padded = (-left, -top), width + left + right, height + top + bottom
    zeros = Rectangle(*padded, fc="white", ec=GREY, hatch="////", ls="--", zorder=-1, label="zeros")
    axes.add_patch(zeros)
    show_image(axes, image, extent=(0, width, height, 0))
    right_most, lowest = (
        (conv_output_size(size, kernel, stride, "same") - 1) * stride for size in (width, height)
    )
    corners = {"first window": (-left, -top), "last window": (right_most - left, lowest - top)}
    for (name, corner), colour in zip(corners.items(), (ORANGE, VERMILLION), strict=True):
        window = Rectangle(corner, kernel, kernel, fill=False, ec=colour, lw=2.5, label=name)
        axes.add_patch(window)
    figure.legend(loc="outside lower center", ncols=3, handlelength=1, handleheight=1)
    axes.set(xlim=(-left - 0.3, width + right + 0.3), ylim=(height + bottom + 0.3, -top - 0.3))
    axes.set(
        xticks=[], yticks=[], xlabel=f"bottom {bottom}", ylabel=f"left {left}", title=f"top {top}"
    )
    axes.spines[:].set_visible(False)
    axes.annotate(f"right {right}", (1.02, 0.5), xycoords="axes fraction", rotation=90, va="center")
    return figure
