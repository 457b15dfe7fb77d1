"""lessons_src.analysis.stack_text: the stack of a model has the numbers of its layer table."""

from collections import Counter

from lessons_src.analysis import layer_table, stack_text
from lessons_src.errors import UsageError
from lessons_src.models import MODELS, build_model
from lessons_src.page_figures.stack import follow

import keras
import pytest
from keras import layers

KINDS = (
    "Conv2D",
    "MaxPooling2D",
    "GlobalAveragePooling2D",
    "Flatten",
    "Dense",
    "Add",
    "Concatenate",
)


def numbers_of_table(model):
    """Return (shape, parameters, multiply-adds, field) of each layer, with its normalization."""
    rows = layer_table(model).rows
    normalized = {row.inputs[0]: row.params for row in rows if "BatchNorm" in row.kind}
    return Counter(
        (row.output_shape, row.params + normalized.get(row.name, 0), row.macs, row.receptive_field)
        for row in rows
        if row.kind in KINDS
    )


def numbers_of_stack(text, side=32, channels=3):
    rows, impossible = follow(text, side, channels)
    assert impossible == ""
    return Counter(
        (row.shape, row.params(), row.macs, row.field and row.field.size) for row in rows
    )


@pytest.mark.parametrize("name", MODELS)
def test_a_networks_stack_has_the_numbers_of_its_layer_table(name):
    model = build_model(name)
    assert numbers_of_stack(stack_text(model)) == numbers_of_table(model)


def test_a_chain_is_written_line_by_line():
    model = keras.Sequential([
        keras.Input((20, 20, 1)),
        layers.Conv2D(4, 3, 2, dilation_rate=1, activation="relu"),
        layers.BatchNormalization(),
        layers.ReLU(),
        layers.AveragePooling2D(2, 1, "same"),
        layers.Conv2D(4, 3, dilation_rate=2, padding="same", use_bias=False),
        layers.GlobalMaxPooling2D(),
        layers.Dropout(0.5),
        layers.Dense(5, use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("softmax"),
    ])  # fmt: skip
    text = stack_text(model)
    assert text.split("\n") == [
        "conv 4 kernel 3 stride 2 bn",
        "average pool 2 stride 1 same",
        "conv 4 kernel 3 dilation 2 same no bias",
        "global max",
        "dense 5 no bias bn",
    ]
    rows, _ = follow(text, 20, 1)
    assert sum(row.params() for row in rows) == model.count_params()


def functional(build):
    inputs = keras.Input((8, 8, 2), name="images")
    return keras.Model(inputs, build(inputs))


def test_a_shortcut_is_a_branch_without_layers():
    model = functional(lambda x: layers.Add()([x, layers.Conv2D(2, 3, padding="same")(x)]))
    assert stack_text(model).split("\n") == [
        "branches", "branch", "conv 2 kernel 3 same", "add",
    ]  # fmt: skip


def join_in_branch(x):
    inner = layers.Add()([layers.Conv2D(2, 1)(x), layers.Conv2D(2, 1)(x)])
    return layers.Add(name="outer")([inner, layers.Conv2D(2, 1)(x)])


def two_sources(x):
    y = layers.Conv2D(2, 1)(x)
    z = layers.Conv2D(2, 1)(y)
    return layers.Add(name="outer")([layers.Add()([y, z]), layers.Conv2D(2, 1)(x)])


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (layers.DepthwiseConv2D(3, name="deep"), "no line for layer 'deep', of kind Depthwise"),
        (layers.Conv2D(2, (1, 3), name="wide"), "no line for layer 'wide', of kind Conv2D"),
        (layers.Conv2D(2, 3, groups=2, name="halves"), "no line for layer 'halves'"),
        (layers.Dense(3, name="pointwise"), "no line for layer 'pointwise'"),
        (layers.UpSampling2D(name="up"), "no line for layer 'up'"),
        (lambda x: layers.BatchNormalization(name="bn")(layers.MaxPooling2D()(x)), "'max_pooling"),
        (join_in_branch, "'outer'"),
        (two_sources, "'outer'"),
    ],
)
def test_what_no_stack_describes_is_refused_by_name(build, words):
    keras.utils.clear_session()
    with pytest.raises(UsageError, match=words):
        stack_text(functional(build))
