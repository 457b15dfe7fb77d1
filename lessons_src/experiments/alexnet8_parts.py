"""AlexNet8 at a quarter of its width, its activation exchanged or its dropout left out.

Dropout is tried a second time in runs three times as long, where the training images are fitted
far better than others.
"""

from dataclasses import replace
from functools import partial

from lessons_src.data import Dataset
from lessons_src.experiments.ablation import RECIPE, SEEDS, recomputed
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.models import build_model

import keras
from keras import layers

DROPOUT = 0.5  # AlexNet8's rate
LONG = replace(RECIPE, name="ablation_long", epochs=15)


def on_data(dataset: Dataset, activation: str, rate: float) -> keras.Model:
    """Build the thin AlexNet8 with another activation or another rate of dropout.

    Args:
        dataset: What it will be trained on.
        activation: Keras' name of what stands for each ReLU; the initial weights stay Keras'.
        rate: Share of the dense layers' outputs that dropout sets to 0; 0 for none.
    """
    model = build_model("thin_alexnet8", dataset.x_train.shape[1:], len(dataset.class_names))

    def exchanged(layer):
        config = layer.get_config()
        if config.get("activation") == "relu":
            config["activation"] = activation
        if isinstance(layer, layers.Dropout):
            config["rate"] = rate
        return type(layer).from_config(config)

    copy = keras.models.clone_model(model, clone_function=exchanged)
    return keras.Model(copy.inputs[0], copy.outputs[0], name=_network(activation, rate))


def _network(activation: str, rate: float) -> str:
    parts = "" if activation == "relu" else f"_{activation}"
    return f"thin_alexnet8{parts}" + ("" if rate else "_no_dropout")


def _variant(label, recipe, against=None, activation="relu", rate=DROPOUT):
    build = partial(on_data, activation=activation, rate=rate)
    return Variant(label, _network(activation, rate), recipe, against, build, measure=recomputed)


EXPERIMENT = Experiment(
    "alexnet8_parts",
    variants=(
        _variant("ReLU", RECIPE),
        _variant("tanh", RECIPE, "ReLU", activation="tanh"),
        _variant("sigmoid", RECIPE, "ReLU", activation="sigmoid"),
        _variant("no dropout", RECIPE, "ReLU", rate=0.0),
        _variant("15 epochs", LONG),
        _variant("15 epochs, no dropout", LONG, "15 epochs", rate=0.0),
    ),
    seeds=SEEDS,
)
