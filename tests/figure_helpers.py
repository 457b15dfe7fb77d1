"""What the tests of figures read off a drawn Figure."""

from collections import namedtuple

from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

Row = namedtuple("Row", "name kind output_shape kernel stride inputs", defaults=[()])

LENET5 = [
    Row("images", "InputLayer", (32, 32, 3), None, None),
    Row("conv1", "Conv2D", (28, 28, 6), 5, 1),
    Row("pool1", "MaxPooling2D", (14, 14, 6), 2, 2),
    Row("conv2", "Conv2D", (10, 10, 16), 5, 1),
    Row("pool2", "MaxPooling2D", (5, 5, 16), 2, 2),
    Row("flatten", "Flatten", (400,), None, None),
    Row("dense1", "Dense", (120,), None, None),
    Row("dense2", "Dense", (84,), None, None),
    Row("predictions", "Dense", (10,), None, None),
]
ADDED = ("stage2_unit1_2_conv", "stage2_unit1_project_conv")
RESIDUAL = [
    Row("images", "InputLayer", (32, 32, 3), None, None),
    Row("stem_conv", "Conv2D", (32, 32, 64), 3, 1),
    Row("stem_bn", "BatchNormalization", (32, 32, 64), None, None),
    Row("stage2_unit1_1_conv", "Conv2D", (16, 16, 128), 3, 2, ("stem_bn",)),
    Row("stage2_unit1_2_conv", "Conv2D", (16, 16, 128), 3, 1, ("stage2_unit1_1_conv",)),
    Row("stage2_unit1_project_conv", "Conv2D", (16, 16, 128), 1, 2, ("stem_bn",)),
    Row("stage2_unit1_add", "Add", (16, 16, 128), None, None, ADDED),
    Row("stage2_unit1_act", "Activation", (16, 16, 128), None, None),
    Row("global_pool", "GlobalAveragePooling2D", (128,), None, None),
    Row("predictions", "Dense", (10,), None, None),
]
HISTORY = {
    "accuracy": [0.3, 0.5, 0.6],
    "val_accuracy": [0.35, 0.45, 0.5],
    "loss": [1.9, 1.4, 1.1],
    "val_loss": [1.8, 1.5, 1.4],
}


def texts(figure: Figure) -> list[str]:
    """Return every text of a figure that is not empty."""
    return [t.get_text() for t in figure.findobj(Text) if t.get_text()]


def written(axes: Axes) -> list[str]:
    """Return the texts written into axes, each on one line, in the order of drawing."""
    return [" ".join(text.get_text().split()) for text in axes.texts if text.get_text()]


def arrows(axes: Axes) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return start and head of each arrow, as (x, y)."""
    found = [text for text in axes.texts if isinstance(text, Annotation) and text.arrow_patch]
    return [(text.xyann, text.xy) for text in found]


def titled(axes: Axes) -> tuple[str, str, str]:
    """Return title, x label and y label."""
    return axes.get_title(), axes.get_xlabel(), axes.get_ylabel()


def drawn(line) -> tuple[list[float], list[float]]:
    """Return the (x, y) values of a line."""
    return list(line.get_xdata()), list(line.get_ydata())


def look(line) -> tuple[str, str]:
    """Return colour and dashes of a line, or of its sample in a legend."""
    return to_hex(line.get_color()), line.get_linestyle()


def legend(figure: Figure) -> dict[str, object]:
    """Return the samples of a figure's only legend by their labels."""
    [found] = figure.legends
    labels = [text.get_text() for text in found.get_texts()]
    return dict(zip(labels, found.legend_handles, strict=True))


def shown_as(axis, value: float) -> str:
    """Return how an axis writes a value at a tick."""
    return axis.get_major_formatter()(value)


def cells(figure: Figure, kind: str) -> int:
    """Return how many cells with the label `kind` a figure has."""
    collections = figure.axes[0].collections
    return sum(len(c.get_paths()) for c in collections if c.get_label() == kind)
