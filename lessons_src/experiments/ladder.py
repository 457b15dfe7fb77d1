"""The ladder: away from the note's recipe, one change at a time.

Every rung trains the same thin ResNet18 on the same images for the same number of epochs. Each of
the first five rungs keeps the changes of the rungs below it. The three schedules are alternatives
on top of the fifth rung. Each further rung makes its change on top of the last schedule alone, so
that a change that loses accuracy does not burden the others.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.models import resnet18
from lessons_src.training.recipes import Recipe

import keras
from keras import initializers, layers

FILTERS = 8  # of the first stage; ResNet18 has 64


def draw_by_he(model: keras.Model) -> None:
    """Draw all convolutions' kernels again, from a normal distribution of variance 2 / fan-in.

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


def on_data(
    dataset: Dataset,
    standardize: bool = True,
    initialize: Callable[[keras.Model], None] | None = None,
) -> keras.Model:
    """Build the untrained network of a rung.

    Args:
        dataset: Its first 5,000 training images give the pixels' statistics.
        standardize: Whether the network begins by standardizing the pixels.
        initialize: Changes the untrained network's weights; None keeps Keras' own initialization.
    """
    statistics = None
    if standardize:
        pixels = dataset.x_train[:5_000] / 255
        statistics = (pixels.mean(axis=(0, 1, 2)), pixels.std(axis=(0, 1, 2)))
    model = thin_resnet18(statistics)
    if initialize:
        initialize(model)
    return model


def _rung(label: str, recipe: Recipe, against: str | None, **options) -> Variant:
    """Return a rung; the options are those of `on_data`."""
    return Variant(label, "resnet18_thin", recipe, against, partial(on_data, **options))


_NOTE = Recipe("ladder_00_note", epochs=10, batch_size=32, images=(12_000, 2_500, 10_000))
_STANDARDIZED = replace(_NOTE, name="ladder_01_standardized")
_SHIFTED = replace(_NOTE, name="ladder_02_shifted", flip=True, shift=2)
_PLAIN_SGD = replace(_SHIFTED, name="ladder_03_plain_sgd", optimizer="sgd", learning_rate=0.025)
_SGD = replace(_PLAIN_SGD, name="ladder_03_sgd", weight_decay=5e-3)
_STEP = replace(_SGD, name="ladder_04_step", warmup_epochs=1, schedule="step")
_COSINE = replace(_STEP, name="ladder_05_cosine", schedule="cosine")
_LINEAR = replace(_STEP, name="ladder_06_linear", schedule="linear")
_AT_ONCE = replace(_LINEAR, name="ladder_06_linear_at_once", warmup_epochs=0)
_BATCH = replace(_LINEAR, name="ladder_07_batch", batch_size=128, learning_rate=0.1)
_HE = replace(_LINEAR, name="ladder_08_he")
_SHORTCUTS = replace(_LINEAR, name="ladder_08_shortcuts")
_SMOOTHED = replace(_LINEAR, name="ladder_09_smoothed", label_smoothing=0.1)
_CUT_OUT = replace(_LINEAR, name="ladder_10_cut_out", cutout=8)
_AVERAGED = replace(_LINEAR, name="ladder_11_averaged", averaging=0.995)
_RESIZED = replace(_LINEAR, name="ladder_12_resized", small_epochs=3)

EXPERIMENT = Experiment(
    "ladder",
    variants=(
        _rung("the note's recipe", _NOTE, None, standardize=False),
        _rung("pixels standardized", _STANDARDIZED, "the note's recipe"),
        _rung("flips and shifts", _SHIFTED, "pixels standardized"),
        _rung("SGD", _PLAIN_SGD, "flips and shifts"),
        _rung("weight decay", _SGD, "SGD"),
        _rung("warm-up, steps down", _STEP, "weight decay"),
        _rung("or down by a cosine", _COSINE, "weight decay"),
        _rung("or down on a line", _LINEAR, "weight decay"),
        _rung("no warm-up, on a line", _AT_ONCE, "or down on a line"),
        _rung("batches of 128, rate × 4", _BATCH, "or down on a line"),
        _rung("kernels by He", _HE, "or down on a line", initialize=draw_by_he),
        _rung(
            "units begin as shortcuts",
            _SHORTCUTS,
            "or down on a line",
            initialize=begin_as_shortcuts,
        ),
        _rung("label smoothing", _SMOOTHED, "or down on a line"),
        _rung("a square painted over", _CUT_OUT, "or down on a line"),
        _rung("averaged weights", _AVERAGED, "or down on a line"),
        _rung("small images first", _RESIZED, "or down on a line"),
    ),
    seeds=(0, 1, 2, 3, 4),
)
