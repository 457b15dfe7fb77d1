"""The main path through a layer table: what the drawings of whole networks walk along."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

Sides = int | tuple[int, int]  # one number, or (height, width) where they differ

# The layers that give a network its shape; normalization, activation and dropout keep it.
OPERATIONS = {
    "InputLayer": "input",
    "Conv2D": "conv",
    "DepthwiseConv2D": "depthwise conv",
    "SeparableConv2D": "separable conv",
    "PatchWhitening": "whitening conv",
    "MaxPooling2D": "max pool",
    "AveragePooling2D": "average pool",
    "GlobalAveragePooling2D": "global average",
    "GlobalMaxPooling2D": "global max",
    "Dense": "dense layer",
}
UNITS = {"Add": "residual unit", "Concatenate": "Inception unit"}  # by the layer that ends them


class Row(Protocol):
    """A row of `analysis.layer_table`, as far as the drawings need it."""

    @property
    def name(self) -> str:
        """The layer's name."""

    @property
    def kind(self) -> str:
        """The layer's Keras class."""

    @property
    def output_shape(self) -> tuple[int, ...]:
        """(H, W, C) or (units,)."""

    @property
    def kernel(self) -> Sides | None:
        """Side of the kernel or pooling window in pixels, if there is one."""

    @property
    def stride(self) -> Sides | None:
        """Step of the windows in pixels, if there are any."""


@dataclass(frozen=True)
class Step:
    """One layer, or one unit of parallel branches, on the path from input to output.

    Attributes:
        operation: What it does: "conv", "max pool", "residual unit", ….
        window: Its kernel's side and stride, such as "3×3" or "2×2 /2"; "/2" alone for a unit.
        shape: (H, W, C) or (units,) of its output.
    """

    operation: str
    window: str
    shape: tuple[int, ...]


def steps(rows: Iterable[Row]) -> list[Step]:
    """Reduce a layer table to the steps of its main path.

    Args:
        rows: All rows, in order. Branches that an Add or Concatenate joins count as one unit with
            it; the name before its last underscore says which: `stage2_unit1_add` joins what
            is called `stage2_unit1_…`.
    """
    rows = list(rows)
    units = {row.name.rpartition("_")[0] + "_": row for row in rows if row.kind in UNITS}
    path = []
    for row in rows:
        unit = next((prefix for prefix in units if row.name.startswith(prefix)), None)
        if unit is None and row.kind in OPERATIONS:
            path.append(
                Step(OPERATIONS[row.kind], window_text(row.kernel, row.stride), row.output_shape)
            )
        elif unit is not None and units[unit] is row:
            stride = max(_pair(inner.stride or 1) for inner in rows if inner.name.startswith(unit))
            path.append(Step(UNITS[row.kind], window_text(None, stride), row.output_shape))
    return path


def window_text(kernel: Sides | None, stride: Sides | None) -> str:
    """Return "5×5", "1×7", "2×2 /2", "/2" or nothing."""
    parts = ["×".join(map(str, _pair(kernel)))] if kernel else []
    height, width = _pair(stride or 1)
    if (height, width) != (1, 1):
        parts.append(f"/{height}" if height == width else f"/{height}×{width}")
    return "\N{NO-BREAK SPACE}".join(parts)


def _pair(sides: Sides) -> tuple[int, int]:
    """Return height and width."""
    return sides if isinstance(sides, tuple) else (sides, sides)
