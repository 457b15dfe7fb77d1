"""The ladder of chapter 16: away from the note's recipe, one change at a time.

Every rung trains the same thin ResNet18 on the same images for as many epochs. The first four keep
what those below them changed. The three schedules are alternatives on the fourth, and each of the
rest stands on the last schedule alone, so that none has to bear what another one lost.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from lessons_src.models import resnet18
from lessons_src.training.recipes import Recipe

import keras
from keras import initializers, layers

FILTERS = 8  # of the first stage; ResNet18 has 64
SEEDS = (0, 1)


@dataclass(frozen=True)
class Step:
    """One rung.

    Attributes:
        label: What the change is called in figures and tables.
        recipe: The recipe with the change; its name begins with "ladder_".
        standardize: Whether the network begins by standardizing the pixels.
        initialize: What is done to the untrained network; None for Keras' own initialization.
        below: Place in `STEPS` of the rung that it is compared with; None for the first.
    """

    label: str
    recipe: Recipe
    standardize: bool = True
    initialize: Callable[[keras.Model], None] | None = None
    below: int | None = None


def draw_by_he(model: keras.Model) -> None:
    """Draw the kernels of all convolutions anew, normally, with variance 2 / fan-in.

    Args:
        model: Any model; it is changed.

    Source: He et al., Delving Deep into Rectifiers, 2015, section 2.2.
    """
    for layer in model.layers:
        if isinstance(layer, layers.Conv2D):
            layer.kernel.assign(initializers.HeNormal()(layer.kernel.shape))


def begin_as_shortcuts(model: keras.Model) -> None:
    """Set γ of every residual unit's last normalization to 0: the unit begins as its shortcut.

    Args:
        model: A `resnet18`, built by `residual_block`; it is changed.

    Source: Goyal et al., Accurate, Large Minibatch SGD, 2017, section 5.1.
    """
    for layer in model.layers:
        if layer.name.endswith("_2_bn"):  # the last in a unit's branch
            layer.gamma.assign(layer.gamma * 0)


def thin_resnet18(pixel_statistics: tuple | None = None) -> keras.Model:
    """Build ResNet18 with an eighth of its filters, 177,602 parameters: the ladder's network.

    Args:
        pixel_statistics: As `resnet18` takes them.
    """
    wide = resnet18(initial_filters=FILTERS, pixel_statistics=pixel_statistics)
    return keras.Model(wide.inputs[0], wide.outputs[0], name="resnet18_thin")


def build(step: Step, dataset) -> keras.Model:
    """Build the untrained network of a rung.

    Args:
        step: One of `STEPS`.
        dataset: The `data.Dataset` whose training images give the pixels' statistics.
    """
    statistics = None
    if step.standardize:
        pixels = dataset.x_train[:5_000] / 255
        statistics = (pixels.mean(axis=(0, 1, 2)), pixels.std(axis=(0, 1, 2)))
    model = thin_resnet18(statistics)
    if step.initialize:
        step.initialize(model)
    return model


_NOTE = Recipe("ladder_00_note", epochs=10, batch_size=32, images=(12_000, 2_500, 10_000))
_STANDARDIZED = replace(_NOTE, name="ladder_01_standardized")
_SHIFTED = replace(_NOTE, name="ladder_02_shifted", shift=2)
_SGD = replace(
    _SHIFTED,
    name="ladder_03_sgd",
    optimizer="sgd",
    learning_rate=0.025,
    weight_decay=5e-3,
)
_STEP = replace(_SGD, name="ladder_04_step", warmup_epochs=1, schedule="step")
_COSINE = replace(_STEP, name="ladder_05_cosine", schedule="cosine")
_LINEAR = replace(_STEP, name="ladder_06_linear", schedule="linear")
_BATCH = replace(_LINEAR, name="ladder_07_batch", batch_size=128, learning_rate=0.1)
_HE = replace(_LINEAR, name="ladder_08_he")
_SHORTCUTS = replace(_LINEAR, name="ladder_08_shortcuts")
_SMOOTHED = replace(_LINEAR, name="ladder_09_smoothed", label_smoothing=0.1)
_CUT_OUT = replace(_LINEAR, name="ladder_10_cut_out", cutout=8)
_AVERAGED = replace(_LINEAR, name="ladder_11_averaged", averaging=0.995)
_RESIZED = replace(_LINEAR, name="ladder_12_resized", small_epochs=3)

STEPS = (
    Step("the note's recipe", _NOTE, standardize=False),
    Step("pixels standardized", _STANDARDIZED, below=0),
    Step("flips and shifts", _SHIFTED, below=1),
    Step("SGD, weight decay", _SGD, below=2),
    Step("warm-up, steps down", _STEP, below=3),
    Step("or down by a cosine", _COSINE, below=3),
    Step("or down on a line", _LINEAR, below=3),
    Step("batches of 128, rate × 4", _BATCH, below=6),
    Step("kernels by He", _HE, initialize=draw_by_he, below=6),
    Step("units begin as shortcuts", _SHORTCUTS, initialize=begin_as_shortcuts, below=6),
    Step("label smoothing", _SMOOTHED, below=6),
    Step("a square painted over", _CUT_OUT, below=6),
    Step("averaged weights", _AVERAGED, below=6),
    Step("small images first", _RESIZED, below=6),
)
