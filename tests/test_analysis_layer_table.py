"""lessons_src.inspection: what it reads off a model equals what the model says of itself."""

from lessons_src.analysis import accuracy_by_class, activations, layer_table
from lessons_src.arithmetic import Window, conv_macs, conv_params, dense_params, receptive_field
from lessons_src.models import MODELS, build_model

import keras
import numpy as np
import pytest


@pytest.mark.parametrize("name", MODELS)
def test_totals_are_the_models_own(name):
    model = build_model(name)
    table = layer_table(model)
    assert table.params == model.count_params()
    assert table.non_trainable == sum(np.prod(w.shape) for w in model.non_trainable_weights)
    assert [row.name for row in table.rows] == [layer.name for layer in model.layers]


def test_rows_of_lenet5_follow_the_arithmetic():
    table = layer_table(build_model("lenet5"))
    conv2 = table["conv2"]
    assert conv2.output_shape == (10, 10, 16)
    assert conv2.params == conv_params(5, 6, 16)
    assert conv2.macs == conv_macs(14, 5, 6, 16)
    assert conv2.receptive_field == receptive_field([Window(5), Window(2, 2), Window(5)]).size
    assert (conv2.kernel, conv2.stride) == (5, 1)
    dense1 = table["dense1"]
    assert (dense1.params, dense1.macs) == (dense_params(400, 120), 400 * 120)
    assert (dense1.receptive_field, table["flatten"].receptive_field) == (None, None)
    assert table.macs == sum(row.macs for row in table.rows)


def test_receptive_field_is_the_largest_over_branches():
    table = layer_table(build_model("inception10"))
    assert table["block1_unit1_1x1_conv"].receptive_field == 3
    assert table["block1_unit1_5x5_conv"].receptive_field == 3 + 4 * 2
    assert table["block1_unit1_concat"].receptive_field == 3 + 4 * 2
    assert table["global_pool"].receptive_field is None


def test_sequential_and_dilated_models():
    model = keras.Sequential(
        [
            keras.Input((16, 16, 1)),
            keras.layers.Conv2D(2, 3, dilation_rate=2, name="dilated"),
            keras.layers.AveragePooling2D(2, name="average"),
            keras.layers.Conv2D(2, 3, padding="same", use_bias=False, name="same"),
        ]
    )
    table = layer_table(model)
    assert [row.receptive_field for row in table.rows] == [5, 6, 10]
    assert table["same"].macs == 6 * 6 * 3 * 3 * 2 * 2


def test_text_and_html_hold_every_row_and_the_totals():
    table = layer_table(build_model("lenet5"))
    text, html = str(table), table._repr_html_()
    for row in table.rows:
        assert row.name in text and row.name in html
    assert "62,006" in text and "62,006" in html
    assert html.count("<tr>") == len(table.rows) + 3


def test_names_are_escaped_in_html():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="a<b")])
    assert "a&lt;b" in layer_table(model)._repr_html_()


def test_an_unknown_layer_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="conv9.*conv1, pool1"):
        layer_table(build_model("lenet5"))["conv9"]


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__(name="subclassed")
        self.dense = keras.layers.Dense(1)

    def call(self, x):
        return self.dense(x)


def test_models_without_a_graph_are_refused():
    subclassed = Subclassed()
    subclassed(np.zeros((1, 2), "float32"))
    unbuilt = keras.Sequential([keras.layers.Dense(1)], name="unbuilt")
    for model in (subclassed, unbuilt):
        with pytest.raises(ValueError, match=f"{model.name}.*functional"):
            layer_table(model)


def test_nested_models_and_oblong_windows_are_refused_by_name():
    inner = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Flatten()], name="inner")
    outer = keras.Sequential([keras.Input((4, 4, 1)), inner], name="outer")
    with pytest.raises(ValueError, match="inner.*outer"):
        layer_table(outer)
    oblong = keras.Sequential(
        [keras.Input((8, 8, 1)), keras.layers.Conv2D(1, (1, 7), name="oblong")]
    )
    with pytest.raises(ValueError, match=r"oblong.*\(1, 7\)"):
        layer_table(oblong)


def test_activations_are_what_the_layers_return():
    model = build_model("lenet5")
    images = np.random.default_rng(0).random((2, 32, 32, 3), dtype=np.float32)
    maps = activations(model, images, ["conv1", "dense2"])
    np.testing.assert_allclose(maps["conv1"], model.get_layer("conv1")(images), rtol=1e-5)
    assert (maps["conv1"].shape, maps["dense2"].shape) == ((2, 28, 28, 6), (2, 84))
    with pytest.raises(ValueError, match="conv9"):
        activations(model, images, ["conv9"])


def test_accuracy_by_class_counts_each_class_by_itself():
    labels = np.array([0, 0, 1, 2, 2, 2])
    answers = keras.utils.to_categorical([0, 1, 1, 2, 2, 0], 3).reshape(6, 1, 1, 3)
    model = keras.Sequential([keras.Input((1, 1, 3)), keras.layers.Flatten()])
    per_class, overall = accuracy_by_class(model, answers, labels)
    assert list(per_class) == pytest.approx([1 / 2, 1, 2 / 3])
    assert overall == pytest.approx(4 / 6)


def test_a_sequential_model_may_have_grown_layer_by_layer():
    at_once = [keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3), keras.layers.MaxPooling2D(2)]
    grown = keras.Sequential()
    for layer in [keras.Input((8, 8, 3)), keras.layers.Conv2D(4, 3), keras.layers.MaxPooling2D(2)]:
        grown.add(layer)
    rows = [row.receptive_field for row in layer_table(grown).rows]
    assert rows == [row.receptive_field for row in layer_table(keras.Sequential(at_once)).rows]
    assert rows == [3, 4]
    assert layer_table(grown).params == grown.count_params()
