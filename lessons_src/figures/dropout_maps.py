"""What a dropout mask leaves of a feature map."""

from lessons_src.figures.images import joined
from lessons_src.figures.style import VERMILLION, new_figure, styled

import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

GAP = 1  # pixels between two maps
TIMES = 2  # the scale ends at so many times the largest value, whatever the rate


@styled
def dropout_maps(maps: ArrayLike, kept: ArrayLike, rate: float) -> Figure:
    """Draw feature maps, and below them what dropout makes of them in training.

    Both are on one scale, which is the same at all rates; kept values beyond it have its last
    colour.

    Args:
        maps: (H, W, C) activations, not negative.
        kept: (H, W, C) of truth values: which values the mask keeps.
        rate: Probability of being dropped; the kept values are drawn divided by 1 − rate.

    Raises:
        ValueError: If the mask has another shape than the maps, or nothing could be kept.
    """
    maps, kept = np.asarray(maps, float), np.asarray(kept, bool)
    if kept.shape != maps.shape:
        raise ValueError(f"kept has shape {kept.shape}, but the maps have {maps.shape}")
    if not 0 <= rate < 1:
        raise ValueError(f"rate must be at least 0 and below 1, not {rate!r}")
    after = np.where(kept, maps / (1 - rate), 0)
    scale = ScalarMappable(Normalize(0, TIMES * maps.max()), "viridis")
    above, below = scale.to_rgba(np.moveaxis(np.stack([maps, after]), -1, 1))  # (C, H, W, 4) each
    below[np.moveaxis(~kept, -1, 0)] = to_rgba(VERMILLION)
    lines = [joined(pictures, 1, GAP) for pictures in (above, below)]
    figure = new_figure(height=3.3)
    axes = figure.subplots()
    axes.imshow(joined(lines, 0, GAP), interpolation="nearest")
    height = maps.shape[0]
    axes.set(xticks=[])
    axes.set_yticks([height / 2, 1.5 * height + GAP], ["before", "after"], rotation=90, va="center")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    figure.colorbar(scale, ax=axes, label="activation", shrink=0.8, extend="max")
    means = f"mean {maps.mean():.2f} → {after.mean():.2f}"
    figure.suptitle(f"rate {rate}: {kept.sum()} of {kept.size} kept, {means}", fontsize=12)
    dropped = Patch(color=VERMILLION, label="dropped: 0")
    figure.legend(handles=[dropped], loc="outside lower center")
    return figure
