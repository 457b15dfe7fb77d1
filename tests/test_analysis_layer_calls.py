"""lessons_src.analysis.layer_calls: each use of a layer, in order, with what it reads."""

from lessons_src.analysis.layer_calls import layer_calls

import keras
import pytest
from keras import layers


def test_calls_come_after_what_they_read():
    images = keras.Input((4, 4, 1), name="images")
    short = layers.Conv2D(1, 1, name="short")(images)
    x = layers.Conv2D(1, 3, padding="same", name="first")(images)
    x = layers.ReLU(name="relu")(x)
    model = keras.Model(images, layers.Add(name="add")([x, short]))
    calls = layer_calls(model)
    assert [call.name for call in calls] == [layer.name for layer in model.layers]
    assert {call.name: call.inputs for call in calls} == {
        "images": (),
        "first": ("images",),
        "relu": ("first",),
        "short": ("images",),
        "add": ("relu", "short"),
    }
    assert calls[-1].output is model.outputs[0]
    assert calls[-1].input_tensors == (x, short)


def test_a_second_use_is_another_call_of_the_same_layer():
    images = keras.Input((4, 4, 1), name="images")
    conv = layers.Conv2D(1, 3, padding="same", name="conv")
    block = keras.Sequential([keras.Input((4, 4, 1)), conv], name="block")
    calls = layer_calls(keras.Model(images, conv(block(conv(conv(images))))))
    assert [(call.name, call.repeated, call.inputs) for call in calls] == [
        ("images", False, ()),
        ("conv", False, ("images",)),
        ("conv (2)", True, ("conv",)),
        ("block/conv", True, ("conv (2)",)),
        ("conv (3)", True, ("block/conv",)),
    ]
    assert {id(call.layer) for call in calls[1:]} == {id(conv)}


def test_a_nested_model_may_have_several_inputs_and_outputs():
    one, two = keras.Input((3,), name="one"), keras.Input((3,), name="two")
    total = layers.Add(name="add")([one, two])
    less = layers.Subtract(name="subtract")([one, two])
    inner = keras.Model([one, two], {"total": total, "less": less}, name="inner")
    left, right = keras.Input((3,), name="left"), keras.Input((3,), name="right")
    both = inner([left, right])
    outer = keras.Model(
        [left, right],
        [layers.ReLU(name="relu")(both["less"]), layers.ELU(name="elu")(both["total"])],
    )
    inputs = {call.name: call.inputs for call in layer_calls(outer)}
    assert inputs.pop("left") == inputs.pop("right") == ()
    assert inputs == {
        "inner/add": ("left", "right"),
        "inner/subtract": ("left", "right"),
        "relu": ("inner/subtract",),
        "elu": ("inner/add",),
    }


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__(name="subclassed")
        self.dense = layers.Dense(1)

    def call(self, x):
        return self.dense(x)


def test_a_model_without_a_graph_is_refused_wherever_it_is():
    images = keras.Input((4,))
    middle = keras.Model(images, Subclassed()(images), name="middle")
    outer = keras.Sequential([keras.Input((4,)), middle], name="outer")
    for model, name in (
        (Subclassed(), "subclassed"),
        (middle, "subclassed"),
        (outer, "middle/subclassed"),
        (keras.Sequential([layers.Dense(1)], name="unbuilt"), "unbuilt"),
    ):
        with pytest.raises(ValueError, match=f"^'{name}' has no graph.*functional"):
            layer_calls(model)


def test_a_layer_with_two_outputs_is_refused_by_name():
    images = keras.Input((4, 4, 2))
    halves = keras.ops.split(images, 2, axis=-1)
    with pytest.raises(ValueError, match="'split.* 2 outputs"):
        layer_calls(keras.Model(images, halves))
