"""The receptive field of one unit: its cone through a chain of layers, along one axis."""

from lessons_src.arithmetic import ReceptiveField
from lessons_src.page_figures.cells import TAB_STOPS, label, plain, span
from lessons_src.page_figures.drawing import (
    BLUE,
    GREEN,
    LETTERS,
    ORANGE,
    VERMILLION,
    WIDEST,
    button,
    drawing,
    element,
    escape,
)
from lessons_src.page_figures.inputs import text, whole
from lessons_src.page_figures.stack import MOST_LINES, Row, follow

TITLE = "The receptive field of a unit"
LINK = True
INPUTS = (
    text("layers", "Layers, one per line", "conv 6 kernel 3\nmax pool 2\nconv 16 kernel 3", rows=4),
    whole("size", "Pixels along a side", 16, most=256),
    whole("layer", "Layer (empty: the last)", None, 0, MOST_LINES),
    whole("unit", "Unit (empty: the middle)", None, 0, 255),
)
MOST_LAYERS, MOST_PIXELS = 40, 1000  # what the drawing has room for
MOST_UNITS = 600  # that can be clicked; where there are more, they are too small for it
UNIT, WORDS, PATHS = 11, 17, 34  # heights: of a unit, of the words above it, of the bars of paths
GAP = 8  # from a layer to the words of the next


def seen(rows: list, layer: int, unit: int) -> list:
    """Return what a unit sees of its own layer and of each before it, down to the image.

    Args:
        rows: The layers, as `stack.follow` gives them.
        layer: Where the unit is, counted from 1; 0 is the image.
        unit: Its number.

    Returns:
        For the image, for layer 1, and so on up to the unit's own: by the number of a unit how many
        paths lead from it to the unit. Numbers that a layer has not stand for its padding. No path
        leads through padding, but what it would see is counted as seen, as in the formulas.
    """
    found = [{unit: 1}]
    for row in reversed(rows[:layer]):
        reached: dict = {}
        for place, paths in found[0].items():
            first = place * row.layer["stride"] - row.padding[0]
            through = paths if 0 <= place < row.shape[0] else 0
            for tap in range(row.layer["kernel"]):
                pixel = first + tap * row.layer["dilation"]
                reached[pixel] = reached.get(pixel, 0) + through
        found.insert(0, reached)
    return found


def draw(layers: str, size: int, layer: int, unit: int) -> str:
    """Return what a unit sees in words, its cone, and buttons that move it.

    Args:
        layers: A stack without branches.
        size: Side of the image in pixels.
        layer: Where the unit is; None or too large, and it is the last.
        unit: Its number; None is the middle one, too large the last.

    Raises:
        ValueError: For a stack that has no layer with a field, that is no chain, or whose cone is
            too large for a drawing.
    """
    rows, problem = _chain(layers, size)
    layer = len(rows) if layer is None else min(layer, len(rows))
    side = rows[layer - 1].shape[0] if layer else size
    unit = side // 2 if unit is None else min(unit, side - 1)
    reach = rows[layer - 1].field.size if layer else 1
    if reach > MOST_PIXELS:
        raise ValueError(
            f"The field of layer {layer} is {reach:,} pixels long; up to {MOST_PIXELS:,} are drawn."
        )
    cone = seen(rows, layer, unit)
    note = element("p", escape(problem), role="note") if problem else ""
    return (
        note
        + element("p", _words(rows, layer, unit, cone[0], size))
        + _drawing(rows, size, layer, unit, cone)
        + _moves(rows, size, layer, unit)
    )


def _chain(layers: str, size: int) -> tuple:
    """Return the rows whose units have a field, and what is impossible after them."""
    rows, problem = follow(layers, size, 3)
    if any(row.lane or (row.padding is None and row.field is not None) for row in rows):
        raise ValueError(
            "The cone is drawn for one chain of layers. Take one of the branches for it; the "
            "calculator takes them all."
        )
    rows = [row for row in rows if row.field is not None]
    if not rows:
        raise ValueError(problem or "Write at least one layer, such as conv 6 kernel 3.")
    if len(rows) > MOST_LAYERS:
        raise ValueError(f"The drawing has room for {MOST_LAYERS} layers, not for {len(rows)}.")
    return rows, problem


def _words(rows: list, layer: int, unit: int, pixels: dict, size: int) -> str:
    """Return what the unit sees, and how the sizes grow."""
    first, last = min(pixels), max(pixels)
    length, outside = last - first + 1, len([p for p in pixels if not 0 <= p < size])
    name = f"layer {layer}, {rows[layer - 1].layer.short()}," if layer else "the image"
    words = (
        f"Unit {unit} of {name} sees {span('pixel', first, last)} along each axis, {length} in all"
    )
    if outside:
        words += f", {outside} of them in the padding"
    words += "."
    if len(pixels) < length:
        words += f" It skips {length - len(pixels)} of these."
    most = max(pixels.values())
    if most > 1:
        words += f" Along one axis, at most {most:,} paths lead from one pixel to it."
    sizes = ", ".join(str(row.field.size) for row in rows)
    return f"{words} Field after each layer: {sizes}."


class _Scale:
    """Where pixels and units lie in the drawing."""

    def __init__(self, rows: list, size: int, pixels: dict):
        self.rows, self.size = rows, size
        self.first = min(0, min(pixels))
        self.unit = (WIDEST - 4) / (max(size, max(pixels) + 1) - self.first)

    def x(self, pixel: float) -> float:
        """Return where a pixel begins."""
        return 2 + (pixel - self.first) * self.unit

    def box(self, level: int, place: int) -> tuple:
        """Return where a unit begins and how wide it is: as wide as neighbours are apart."""
        if level == 0:
            return self.x(place), max(self.unit, 1.0)
        field = self.rows[level - 1].field
        middle = self.x(field.offset + place * field.jump + field.size / 2)
        wide = max(field.jump * self.unit, 1.0)
        return middle - wide / 2, wide

    def top(self, level: int) -> float:
        """Return where the units of a layer begin; the image is level 0."""
        return PATHS + WORDS + level * (UNIT + WORDS + GAP)


def _drawing(rows: list, size: int, layer: int, unit: int, cone: list) -> str:
    """Return the image and the layers below it, with the unit's cone."""
    scale = _Scale(rows, size, cone[0])
    sides = [size] + [row.shape[0] for row in rows]
    bottom = scale.top(len(rows)) + UNIT
    borders = f"M{scale.x(0):.2f} {PATHS}V{bottom}M{scale.x(size):.2f} {PATHS}V{bottom}"
    dashes = {"stroke_dasharray": "3 4", "stroke_opacity": 0.6}
    parts = [
        _paths(scale, cone[0]),
        _cone(scale, cone),
        element("path", d=borders, stroke="currentColor", **dashes),
    ]
    for level, side in enumerate(sides):
        title = f"{level}  {_named(rows[level - 1])}" if level else f"image: {size} pixels"
        weight = "bold" if level == layer else None
        y = scale.top(level) - 4
        parts.append(label(2, y, title, WIDEST - 4, text_anchor="start", font_weight=weight))
        parts.append(_units(scale, level, side, cone[level] if level < len(cone) else {}))
        if sum(sides) <= MOST_UNITS:
            parts.append(_targets(scale, level, side, sum(sides)))
    x, wide = scale.box(layer, unit)
    parts.append(element("rect", x=x - 1, y=scale.top(layer) - 1, width=wide + 2, height=UNIT + 2,
                         fill="none", stroke=VERMILLION, stroke_width=3))  # fmt: skip
    words = (
        f"{size} pixels, below them the units of {'; '.join(_named(row) for row in rows)}. The "
        f"cone of unit {unit} of layer {layer} opens to "
        f"{span('pixel', min(cone[0]), max(cone[0]))}."
    )
    return drawing(WIDEST, bottom + 3, words, "".join(parts))


def _named(row: Row) -> str:
    """Return a layer with the three numbers of its fields."""
    field = row.field or ReceptiveField()
    return f"{row.layer.short()}: r {field.size}, j {field.jump}, o {plain(field.offset)}"


def _units(scale: _Scale, level: int, side: int, lit: dict) -> str:
    """Return the units of a layer, and over them those that are seen, in the padding faintly."""
    real = [place for place in sorted(lit) if 0 <= place < side]
    padding = [place for place in sorted(lit) if not 0 <= place < side]
    shapes = []
    for places, colour, strength in (
        (range(side), GREEN if level else BLUE, 0.3), (real, ORANGE, 0.9), (padding, ORANGE, 0.3),
    ):  # fmt: skip
        path = ""
        for place in places:
            x, wide = scale.box(level, place)
            inner = wide - 1 if wide > 3 else wide
            path += f"M{x:.2f} {scale.top(level)}h{inner:.2f}v{UNIT}h-{inner:.2f}z"
        shapes.append(element("path", d=path, fill=colour, fill_opacity=strength))
    return "".join(shapes)


def _targets(scale: _Scale, level: int, side: int, count: int) -> str:
    """Return what can be clicked of a layer's units."""
    # One element as a pattern for all: there are hundreds, and each takes its time to write.
    pattern = element(
        "rect", x="LEFT", y=scale.top(level) - 3, width="WIDE", height=UNIT + 6, fill_opacity=0,
        id=f"receptive_field-{level}-UNIT", aria_label=f"Layer {level}, unit UNIT",
        data_set={"layer": str(level), "unit": "UNIT"},
        tabindex="-1" if count > TAB_STOPS else None,
    )  # fmt: skip
    targets = []
    for unit in range(side):
        x, wide = scale.box(level, unit)
        target = pattern.replace("LEFT", f"{x:.2f}").replace("WIDE", f"{wide:.2f}")
        targets.append(target.replace("UNIT", str(unit)))
    return "".join(targets)


def _paths(scale: _Scale, pixels: dict) -> str:
    """Return a bar for each pixel: how many paths lead from it to the unit."""
    most = max(pixels.values())
    bars = []
    for pixel in sorted(pixels):
        x, wide = scale.box(0, pixel)
        tall = (PATHS - 4) * (pixels[pixel] / most)
        bars.append(f"M{x:.2f} {PATHS}v-{tall:.2f}h{wide:.2f}v{tall:.2f}z")
    return element("path", d="".join(bars), fill=ORANGE, fill_opacity=0.6) + label(
        WIDEST - 20, LETTERS, "paths"
    )


def _cone(scale: _Scale, cone: list) -> str:
    """Return the area between the outermost units that are seen of each layer."""
    left: list = []
    right: list = []
    for level, places in enumerate(cone):
        for y in (scale.top(level), scale.top(level) + UNIT):
            x, _ = scale.box(level, min(places))
            end, wide = scale.box(level, max(places))
            left.append(f"{x:.2f} {y}")
            right.insert(0, f"{end + wide:.2f} {y}")
    return element("path", d="M" + "L".join(left + right) + "z", fill=ORANGE, fill_opacity=0.2)


def _moves(rows: list, size: int, layer: int, unit: int) -> str:
    """Return buttons to the neighbouring units and layers."""
    sides = [size] + [row.shape[0] for row in rows]
    steps = (
        ("←", "Unit to the left", {"unit": str(unit - 1)} if unit else {}),
        ("→", "Unit to the right", {"unit": str(unit + 1)} if unit + 1 < sides[layer] else {}),
        ("↑", "Layer before", {"layer": str(layer - 1), "unit": ""} if layer else {}),
        ("↓", "Layer after", {"layer": str(layer + 1), "unit": ""} if layer < len(rows) else {}),
    )
    return element(
        "p",
        *(
            button(sign, dict(step, layer=step.get("layer", str(layer))) if step else {},
                   aria_label=words, id=f"receptive_field-{words.lower().replace(' ', '-')}")
            for sign, words, step in steps
        ),
    )  # fmt: skip
