"""Heat maps laid over the pictures that they belong to."""

import numpy as np
from matplotlib import colormaps
from numpy.typing import ArrayLike


def overlaid(images: ArrayLike, maps: ArrayLike) -> np.ndarray:
    """Lay maps over the pictures that they belong to, enlarged, dark where a map is 0.

    Args:
        images: (N, H, W, 3) in 0–1.
        maps: (N, H', W'), 0 or more; each is scaled to its own largest value.

    Returns:
        (N, H, W, 3) in 0–1.
    """
    images, maps = np.asarray(images, float), np.asarray(maps, float)
    largest = maps.max(axis=(1, 2), keepdims=True)
    maps = maps / np.where(largest > 0, largest, 1)
    height, width = images.shape[1:3]
    rows = _between(maps.shape[1], height)
    columns = _between(maps.shape[2], width)
    heat = np.einsum("yi,nij,xj->nyx", rows, maps, columns)
    return 0.45 * images + 0.55 * colormaps["inferno"](heat)[..., :3]


def _between(small: int, large: int) -> np.ndarray:
    """Return the (large, small) weights with which linear interpolation enlarges a side."""
    positions = np.clip((np.arange(large) + 0.5) * small / large - 0.5, 0, small - 1)
    return np.maximum(1 - np.abs(positions[:, np.newaxis] - np.arange(small)), 0)
