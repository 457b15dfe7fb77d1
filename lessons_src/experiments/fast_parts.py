"""Fast11 and its recipe with one part taken away or exchanged at a time."""

from dataclasses import replace
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.layers.whitening import PatchWhitening
from lessons_src.models import fast11
from lessons_src.training.recipes import FAST

import keras
from keras import layers

# SGD's rate for all variables. Muon's own is made for kernels of one size: of these four the one
# with the highest validation accuracy of a single run is compared.
SGD_RATES = (0.1, 0.2, 0.4, 0.8)


def on_data(dataset: Dataset, name: str, whitens: bool = True, **options) -> keras.Model:
    """Build Fast11 with another part.

    Args:
        dataset: What it will be trained on.
        name: Name of the model.
        whitens: Whether the first layer is computed from the images; if not, it is trained.
        **options: As `fast11` takes them.
    """
    model = fast11(dataset.x_train.shape[1:], len(dataset.class_names), **options)

    def exchanged(layer):
        if isinstance(layer, PatchWhitening) and not whitens:
            return layers.Conv2D(layer.filters, layer.kernel_size, name=layer.name)
        return type(layer).from_config(layer.get_config())

    copy = keras.models.clone_model(model, clone_function=exchanged)
    return keras.Model(copy.inputs[0], copy.outputs[0], name=name)


def by_sgd(rate: float, against: str | None) -> Variant:
    """Return Fast11 trained by SGD alone.

    Args:
        rate: The peak learning rate of all variables.
        against: Label of what it is compared with.
    """
    recipe = replace(FAST, name=f"fast_sgd_{rate}", optimizer="sgd", learning_rate=rate)
    return Variant(f"SGD, rate {rate}", "fast11", recipe, against)


def _network(label: str, name: str, **options) -> Variant:
    return Variant(label, name, FAST, "Fast11", partial(on_data, name=name, **options))


EXPERIMENT = Experiment(
    "fast_parts",
    variants=(
        Variant("Fast11", "fast11", FAST),
        _network("no whitening", "fast11_trained_first", whitens=False),
        _network("half the filters", "fast11_thin", widths=(32, 96, 128)),
        _network("two convolutions a block", "fast11_shallow", deep=False),
        Variant(
            "no small images",
            "fast11",
            replace(FAST, name="fast_full_size", small_epochs=0),
            "Fast11",
        ),
        Variant(
            "no label smoothing",
            "fast11",
            replace(FAST, name="fast_hard", label_smoothing=0.0),
            "Fast11",
        ),
    ),
    seeds=(0, 1, 2),
)

_FIRST, *_OTHERS = SGD_RATES
RATES = Experiment(
    "fast_sgd_rates",
    variants=(by_sgd(_FIRST, None), *(by_sgd(rate, f"SGD, rate {_FIRST}") for rate in _OTHERS)),
    seeds=(0,),
)
