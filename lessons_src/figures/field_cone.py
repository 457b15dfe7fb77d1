"""The cone of one unit: what it reads of each layer before it, down to the pixels, on one axis."""

from collections.abc import Sequence

from lessons_src.arithmetic import ReceptiveField, Window, conv_output_size, same_padding
from lessons_src.figures.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    VERMILLION,
    new_figure,
    styled,
    written,
)

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

HEIGHT, GAP = 0.8, 1.5  # of a cell and between layers, in pixels
BELOW = 3.6  # room under the pixels for size, jump and offset
MOST_PIXELS = 20  # whose numbers can be read on a telephone


@styled
def field_cone(size: int, windows: Sequence[Window], names: Sequence[str], unit: int) -> Figure:
    """Draw the layers of a chain, and the cone of a unit of the last one, over the pixels.

    Each unit stands over the middle of its field, as wide as neighbours are apart. Under the pixels
    are the size of the unit's field, the jump to its neighbour's, and the offset of unit 0's.

    Args:
        size: Length of the image in pixels.
        windows: The layers' geometry, first layer first.
        names: What each layer is called.
        unit: A unit of the last layer that has a neighbour to its right.

    Raises:
        ValueError: For a window that does not fit, a unit without a neighbour to its right, or more
            pixels than can be numbered.
    """
    fields, sides, paddings = _follow(size, windows)
    if not 0 <= unit < sides[-1] - 1:
        raise ValueError(f"unit={unit}; give 0 to {sides[-1] - 2}, which have a right neighbour")
    cone = _cone(unit, windows, paddings)
    left, right = min(cone[0][0], fields[-1].offset, 0), max(cone[0][1] + 1, size)
    if right - left > MOST_PIXELS:
        raise ValueError(f"{right - left} pixels in a row; up to {MOST_PIXELS} are drawn")
    top = len(windows) * (HEIGHT + GAP) + HEIGHT + 0.9
    figure = new_figure(height=6.0 * (top + BELOW) / (right - left + 0.4))
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(left - 0.2, right + 0.2), ylim=(-BELOW, top))
    axes.set_axis_off()
    for level, (field, side) in enumerate(zip(fields, sides, strict=True)):
        _draw_layer(axes, level, field, side, cone[level])
        title = names[level - 1] if level else f"image, {size} pixels"
        if level:
            title += f": r = {field.size}, j = {field.jump}, o = {written(field.offset)}"
        axes.text(left, _bottom(level) + HEIGHT + 0.15, title, va="bottom")
    _draw_cone(axes, fields, cone)
    _draw_numbers(axes, fields[-1], unit)
    return figure


def _follow(
    size: int, windows: Sequence[Window]
) -> tuple[list[ReceptiveField], list[int], list[int]]:
    """Return fields and sides of the image and of each layer, and what each layer pads before."""
    fields, sides, paddings = [ReceptiveField()], [size], []
    for window in windows:
        before = 0
        if window.padding == "same":
            before, _ = same_padding(sides[-1], window.kernel, window.stride, window.dilation)
        fields.append(fields[-1].through(window, before))
        geometry = (window.kernel, window.stride, window.padding, window.dilation)
        sides.append(conv_output_size(sides[-1], *geometry))
        paddings.append(before)
    return fields, sides, paddings


def _cone(unit: int, windows: Sequence[Window], paddings: list[int]) -> list[tuple[int, int]]:
    """Return the first and the last unit that is seen of the image and of each layer."""
    cone = [(unit, unit)]
    for window, before in zip(reversed(windows), reversed(paddings), strict=True):
        first, last = (place * window.stride - before for place in cone[0])
        cone.insert(0, (first, last + (window.kernel - 1) * window.dilation))
    return cone


def _bottom(level: int) -> float:
    return level * (HEIGHT + GAP)


def _box(field: ReceptiveField, unit: int) -> tuple[float, float]:
    """Return where a unit begins and ends: around the middle of its field."""
    middle = field.offset + unit * field.jump + field.size / 2
    return middle - field.jump / 2, middle + field.jump / 2


def _draw_layer(
    axes: Axes, level: int, field: ReceptiveField, side: int, seen: tuple[int, int]
) -> None:
    """Draw a layer's numbered units, those that are seen filled, padding that is seen dashed."""
    for place in range(min(0, seen[0]), max(side, seen[1] + 1)):
        begin, end = _box(field, place)
        real = 0 <= place < side
        axes.add_patch(
            Rectangle(
                (begin + 0.04, _bottom(level)),
                end - begin - 0.08,
                HEIGHT,
                facecolor=ORANGE if seen[0] <= place <= seen[1] and real else "white",
                edgecolor=(GREEN if level else BLUE) if real else GREY,
                linestyle="-" if real else "--",
                linewidth=1.5,
                zorder=3,
            )
        )
        axes.text((begin + end) / 2, _bottom(level) + HEIGHT / 2, written(place), ha="center",
                  va="center", color="black" if real else GREY, zorder=4)  # fmt: skip


def _draw_cone(axes: Axes, fields: list[ReceptiveField], cone: list[tuple[int, int]]) -> None:
    """Join what is seen of each layer by an area behind the units."""
    left, right = [], []
    for level, (field, (first, last)) in enumerate(zip(fields, cone, strict=True)):
        for height in (0, HEIGHT):
            left.append((_box(field, first)[0], _bottom(level) + height))
            right.append((_box(field, last)[1], _bottom(level) + height))
    axes.add_patch(Polygon(left + right[::-1], facecolor=ORANGE, alpha=0.25, zorder=1))


def _draw_numbers(axes: Axes, field: ReceptiveField, unit: int) -> None:
    """Mark size, jump and offset of the last layer's fields under the pixels."""
    first, neighbour = (field.offset + place * field.jump for place in (unit, unit + 1))
    own = f"r = {field.size}: unit {unit}'s field"
    marks = [
        (first, first + field.size, own, ORANGE, "<->"),
        (first, neighbour, f"j = {field.jump}: to its neighbour's", VERMILLION, "->"),
        (
            0,
            field.offset,
            f"o = {written(field.offset)}: where unit 0's field begins",
            PURPLE,
            "->",
        ),
    ]
    for line, (begin, end, words, colour, style) in enumerate(marks):
        height = -0.7 - 1.1 * line
        if begin != end:
            arrow = {"arrowstyle": style, "color": colour, "linewidth": 2}
            axes.annotate("", (end, height), (begin, height),
                          arrowprops={**arrow, "shrinkA": 0, "shrinkB": 0})  # fmt: skip
        axes.plot([begin, begin], [height - 0.25, height + 0.25], color=colour, linewidth=2)
        if style == "<->":  # there is no room beside it
            axes.text((begin + end) / 2, height, words, ha="center", va="center",
                      backgroundcolor="white")  # fmt: skip
        else:
            axes.text(max(begin, end) + 0.25, height, words, va="center")
