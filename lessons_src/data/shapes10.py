"""Shapes-10: ten classes of drawn figures, made from a seed where no photographs can be had.

Every factor of the images is known and can be fixed, which experiments need.
"""

import math
from collections.abc import Callable

from lessons_src.data.dataset import Dataset

import numpy as np
from numpy.typing import NDArray

SIDE = 32
SPLIT_SIZES = (18_000, 2_000, 4_000)
SEED = 0
CHUNK = 64  # images drawn at once: their arrays stay in the processor's cache
BARS, DOTS = 4, 2
NOISE = 30  # largest change of a pixel's value, of 255

Plane = NDArray[np.float32]


def _half_planes(sides: int, distance: float, u: Plane, v: Plane) -> list[Plane]:
    """Signed distances to the edges of a regular polygon with the given inner radius."""
    angles = [2 * math.pi * side / sides for side in range(sides)]
    return [
        u * np.float32(math.cos(angle)) + v * np.float32(math.sin(angle)) - np.float32(distance)
        for angle in angles
    ]


def _disc(u: Plane, v: Plane, radius: float) -> Plane:
    return np.sqrt(u * u + v * v) - np.float32(radius)


def _box(u: Plane, v: Plane, half_width: float, half_height: float) -> Plane:
    return np.maximum(np.abs(u) - np.float32(half_width), np.abs(v) - np.float32(half_height))


def _triangle(u: Plane, v: Plane) -> Plane:
    return np.maximum.reduce(_half_planes(3, 0.5, u, v))


def _star(u: Plane, v: Plane) -> Plane:
    # A pentagram is where at most one of the five edges' lines is crossed.
    return np.sort(_half_planes(5, 0.33, u, v), axis=0)[-2]


def _arrow(u: Plane, v: Plane) -> Plane:
    head = 0.75 * _triangle((0.25 - u) / 0.75, v / 0.75)
    return np.minimum(head, _box(u + 0.5, v, 0.5, 0.2))


# Signed distance to the outline in units of the figure's radius, negative inside.
FIGURES: dict[str, Callable[[Plane, Plane], Plane]] = {
    "circle": lambda u, v: _disc(u, v, 0.85),
    "ring": lambda u, v: np.abs(_disc(u, v, 0.7)) - np.float32(0.2),
    "crescent": lambda u, v: np.maximum(_disc(u, v, 0.95), -_disc(u - 0.5, v, 0.8)),
    "semicircle": lambda u, v: np.maximum(_disc(u + 0.4, v, 0.92), -(u + 0.4)),
    "triangle": _triangle,
    "square": lambda u, v: _box(u, v, 0.7, 0.7),
    "frame": lambda u, v: np.abs(_box(u, v, 0.55, 0.55)) - np.float32(0.16),
    "cross": lambda u, v: np.minimum(_box(u, v, 0.95, 0.25), _box(u, v, 0.25, 0.95)),
    "star": _star,
    "arrow": _arrow,
}
CLASS_NAMES = tuple(FIGURES)


def load() -> Dataset:
    """Generate the data set: 18,000 training, 2,000 validation and 4,000 test images."""
    return split(*generate(sum(SPLIT_SIZES), SEED), SPLIT_SIZES, f"generated, seed {SEED}")


def split(
    images: NDArray[np.uint8], labels: NDArray[np.int64], sizes: tuple[int, int, int], source: str
) -> Dataset:
    """Make a data set of generated images.

    Args:
        images: As `generate` returns them.
        labels: Their labels.
        sizes: How many are training, validation and test images, in this order.
        source: How they were made.
    """
    bounds = np.cumsum(sizes)[:2]
    x_train, x_val, x_test = np.split(images, bounds)
    y_train, y_val, y_test = np.split(labels, bounds)
    return Dataset(
        x_train,
        y_train,
        x_val,
        y_val,
        x_test,
        y_test,
        class_names=CLASS_NAMES,
        name="shapes10",
        source=source,
    )


def generate(
    count: int,
    seed: int,
    *,
    diameter: tuple[float, float] = (12.0, 28.0),
    centre: tuple[float, float] | None = None,
    clutter: bool = True,
    noise: bool = True,
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Draw figures of all ten classes, equally many, in random order.

    The same seed draws the same figures whatever the other arguments: only what they name changes.

    Args:
        count: Number of images.
        seed: Where the random numbers start.
        diameter: Smallest and largest diameter of the figures, in pixels.
        centre: (row, column) of every figure's centre in pixels from the top left corner,
            (16, 16) being the middle; None draws a position where the figure fits.
        clutter: Add bars and dots.
        noise: Add noise to each pixel.

    Returns:
        Images, uint8 (count, 32, 32, 3), and labels, int64 (count,), indices into CLASS_NAMES.

    Raises:
        ValueError: If count is below one or the diameters are not a range.
    """
    if count < 1 or not 0 < diameter[0] <= diameter[1]:
        raise ValueError(
            f"count={count}, diameter={diameter}: expected at least one image "
            "and a smallest and a largest diameter"
        )
    # RandomState's streams are frozen and the drawing uses exactly rounded operations only,
    # so that every machine and every NumPy version draws the same images.
    random = np.random.RandomState(seed)
    labels = random.permutation(np.arange(count) % len(FIGURES))
    numbers = random.random_sample((count, 2 + BARS + DOTS, 7)).astype(np.float32)
    images = np.empty((count, SIDE, SIDE, 3), dtype=np.uint8)
    for start in range(0, count, CHUNK):
        chunk = slice(start, min(start + CHUNK, count))
        canvas = _draw(numbers[chunk], labels[chunk], diameter, centre, clutter)
        if noise:
            canvas += random.randint(-NOISE, NOISE + 1, canvas.shape, dtype=np.int8)
        images[chunk] = np.clip(canvas, 0, 255).astype(np.uint8).transpose(0, 2, 3, 1)
    return images, labels.astype(np.int64)


def _draw(
    numbers: Plane,
    labels: NDArray[np.int64],
    diameter: tuple[float, float],
    centre: tuple[float, float] | None,
    clutter: bool,
) -> Plane:
    """Paint ground, clutter, figure and one bar across it: (N, 3, 32, 32), from 0 to 255."""
    ground, figure, *bars_and_dots = np.moveaxis(numbers, 1, 0)
    colour = ground[:, :3] / 2
    canvas = np.empty((len(labels), 3, SIDE, SIDE), dtype=np.float32)
    canvas[:] = (255 * colour)[:, :, None, None]
    canvas += _slope(ground[:, 3:5])[:, None]
    if clutter:
        for item in bars_and_dots[1:BARS]:
            _paint_bar(canvas, item)
        for item in bars_and_dots[BARS:]:
            _paint_dot(canvas, item)
    radius = (diameter[0] + (diameter[1] - diameter[0]) * figure[:, 3]) / 2
    positions = SIDE / 2 + (2 * figure[:, :2] - 1) * np.maximum(SIDE / 2 - 1 - radius, 0)[:, None]
    if centre is not None:
        positions[:] = centre
    # Brighter than the ground in each channel: always a visible contrast.
    figure_colour = colour + 0.2 + 0.3 * figure[:, 4:]
    _paint(canvas, _figure_distance(labels, positions, figure[:, 2], radius), figure_colour)
    if clutter:
        _paint_bar(canvas, bars_and_dots[0])
    return canvas


def _slope(numbers: Plane) -> Plane:
    """A brightness that changes evenly over the image, by up to 60 from side to side."""
    line = np.linspace(-30, 30, SIDE, dtype=np.float32)
    rows, columns = (2 * numbers - 1).T
    return rows[:, None, None] * line[:, None] + columns[:, None, None] * line


def _axes(positions: Plane, turn: Plane) -> tuple[Plane, Plane]:
    """Coordinates of each pixel along two axes through a position, turned by a part of a circle."""
    # Sine and cosine differ between machines in the last digit: round it off.
    cos = np.round(np.cos(2 * np.pi * turn.astype(np.float64)), 6).astype(np.float32)
    sin = np.round(np.sin(2 * np.pi * turn.astype(np.float64)), 6).astype(np.float32)
    cos, sin = cos[:, None, None], sin[:, None, None]
    pixels = np.arange(SIDE, dtype=np.float32) + np.float32(0.5)
    y = pixels[:, None] - positions[:, 0, None, None]
    x = pixels - positions[:, 1, None, None]
    return cos * x + sin * y, cos * y - sin * x


def _paint(canvas: Plane, distance: Plane, colour: Plane) -> None:
    """Cover what lies inside an outline, and pixels that it crosses in part."""
    cover = np.clip(np.float32(0.5) - distance, 0, 1)[:, None]
    canvas += cover * (255 * colour[:, :, None, None] - canvas)


def _paint_bar(canvas: Plane, numbers: Plane) -> None:
    u, v = _axes(SIDE * numbers[:, :2], numbers[:, 2])
    size = numbers[:, 3, None, None]
    _paint(canvas, np.maximum(np.abs(u) - (4 + 8 * size), np.abs(v) - 0.8), numbers[:, 4:])


def _paint_dot(canvas: Plane, numbers: Plane) -> None:
    u, v = _axes(SIDE * numbers[:, :2], numbers[:, 2])
    radius = 1 + 2 * numbers[:, 3, None, None]
    _paint(canvas, np.sqrt(u * u + v * v) - radius, numbers[:, 4:])


def _figure_distance(
    labels: NDArray[np.int64], positions: Plane, turn: Plane, radius: Plane
) -> Plane:
    distance = np.empty((len(labels), SIDE, SIDE), dtype=np.float32)
    for label, outline in enumerate(FIGURES.values()):
        of_class = labels == label
        scale = radius[of_class, None, None]
        u, v = _axes(positions[of_class], turn[of_class])
        distance[of_class] = outline(u / scale, v / scale) * scale
    return distance
