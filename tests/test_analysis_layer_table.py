"""lessons_src.analysis.layer_table: what it reads off a model equals what the model says."""

from lessons_src.analysis import layer_table, multiply_adds
from lessons_src.arithmetic import Window, conv_macs, conv_params, dense_params, receptive_field
from lessons_src.models import MODELS, build_model
from lessons_src.training.augmentation import augmentation_layers

import keras
import numpy as np
import pytest
from keras import layers


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
            layers.Conv2D(2, 3, dilation_rate=2, name="dilated"),
            layers.AveragePooling2D(2, name="average"),
            layers.Conv2D(2, 3, padding="same", use_bias=False, name="same"),
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


def test_a_small_table_to_the_letter():
    table = table_of(layers.Dense(1, trainable=False, name="a<b"), shape=(2,))
    assert str(table).splitlines() == [
        "layer          kind   output  parameters  multiply-adds  field",
        "a<b            Dense  1                3              2      –",
        "total                                  3              2",
        "not trainable                          3",
    ]
    assert table._repr_html_() == (
        '<table class="dataframe"><thead><tr><th>layer</th><th>kind</th><th>output</th>'
        "<th>parameters</th><th>multiply-adds</th><th>field</th></tr></thead><tbody>"
        "<tr><td>a&lt;b</td><td>Dense</td><td>1</td><td>3</td><td>2</td><td>–</td></tr>"
        "<tr><td>total</td><td></td><td></td><td>3</td><td>2</td><td></td></tr>"
        "<tr><td>not trainable</td><td></td><td></td><td>3</td><td></td><td></td></tr>"
        "</tbody></table>"
    )


def test_a_table_of_some_kinds_counts_the_others_in_one_row():
    whole = layer_table(build_model("lenet5"))
    table = whole.only("Conv2D", "Dense")
    *kept, rest = table.rows
    assert kept == [row for row in whole.rows if row.kind in ("Conv2D", "Dense")]
    assert rest.name == f"{len(whole.rows) - len(kept)} other layers"
    assert (table.params, table.macs) == (whole.params, whole.macs)
    normalized = layer_table(build_model("baseline"))
    assert normalized.only("Conv2D").params == normalized.params
    assert normalized.only("Dense").macs == normalized.macs
    assert rest.output_shape == () and "other layers" in str(table)


def test_a_table_of_all_kinds_has_no_row_of_others_and_an_unknown_kind_is_refused():
    table = table_of(layers.Dense(2), shape=(3,))
    assert table.only("Dense") == table
    with pytest.raises(ValueError, match="kind of layer.*'Conv9'.*Conv2D"):
        layer_table(build_model("lenet5")).only("Conv9")


def test_an_unknown_layer_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="conv9.*conv1, pool1"):
        layer_table(build_model("lenet5"))["conv9"]


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__(name="subclassed")
        self.dense = layers.Dense(1)

    def call(self, x):
        return self.dense(x)


def test_models_without_a_graph_are_refused():
    subclassed = Subclassed()
    subclassed(np.zeros((1, 2), "float32"))
    unbuilt = keras.Sequential([layers.Dense(1)], name="unbuilt")
    for model in (subclassed, unbuilt):
        with pytest.raises(ValueError, match=f"{model.name}.*functional"):
            layer_table(model)


def test_a_sequential_model_may_have_grown_layer_by_layer():
    at_once = [keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.MaxPooling2D(2)]
    grown = keras.Sequential()
    for layer in [keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.MaxPooling2D(2)]:
        grown.add(layer)
    rows = [row.receptive_field for row in layer_table(grown).rows]
    assert rows == [row.receptive_field for row in layer_table(keras.Sequential(at_once)).rows]
    assert rows == [3, 4]
    assert layer_table(grown).params == grown.count_params()


def last_field(table):
    """Return the field of the last row that has one."""
    return [row.receptive_field for row in table.rows if row.receptive_field][-1]


def table_of(*stack, shape=(8, 8, 4)):
    """Return the table of a chain of layers."""
    return layer_table(keras.Sequential([keras.Input(shape), *stack]))


@pytest.mark.parametrize(
    ("layer", "macs", "field"),
    [
        (layers.Conv2D(6, 3), 6 * 6 * 6 * 9 * 4, 3),
        (layers.Conv2D(6, 3, groups=2), 6 * 6 * 6 * 9 * 2, 3),
        (layers.Conv2D(6, 3, strides=2, padding="same"), 4 * 4 * 6 * 9 * 4, 3),
        (layers.Conv2D(6, 3, dilation_rate=2), 4 * 4 * 6 * 9 * 4, 5),
        (layers.Conv2D(6, (1, 7)), 8 * 2 * 6 * 7 * 4, (1, 7)),
        (layers.Conv2D(6, (7, 1), padding="same"), 8 * 8 * 6 * 7 * 4, (7, 1)),
        (layers.Conv2D(6, 3, dilation_rate=(1, 2)), 6 * 4 * 6 * 9 * 4, (3, 5)),
        (layers.DepthwiseConv2D(3), 6 * 6 * 4 * 9, 3),
        (layers.DepthwiseConv2D(3, depth_multiplier=2, strides=2), 3 * 3 * 8 * 9, 3),
        (layers.SeparableConv2D(6, 5), 4 * 4 * (4 * 25 + 4 * 6), 5),
        (layers.SeparableConv2D(6, 3, depth_multiplier=2), 6 * 6 * (8 * 9 + 8 * 6), 3),
        (layers.Dense(6), 8 * 8 * 4 * 6, 1),
        (layers.MaxPooling2D(2), 0, 2),
        (layers.AveragePooling2D((3, 2)), 0, (3, 2)),
        (layers.ZeroPadding2D(2), 0, 1),
        (layers.Cropping2D(((1, 0), (2, 1))), 0, 1),
    ],
)
def test_each_kind_of_layer_is_counted(layer, macs, field):
    table = table_of(layer)
    assert (table.macs, last_field(table)) == (macs, field)
    assert table.params == layer.count_params()


def test_kernels_and_strides_of_two_sides_are_pairs():
    table = table_of(
        layers.Conv2D(2, (1, 3), strides=(2, 1), padding="same", name="oblong"),
        layers.MaxPooling2D((2, 4), strides=2, name="pool"),
        layers.Conv2D(2, (3, 2), name="next"),
        shape=(16, 16, 4),
    )
    found = {row.name: (row.kernel, row.stride, row.receptive_field) for row in table.rows}
    assert found == {
        "oblong": ((1, 3), (2, 1), (1, 3)),
        "pool": ((2, 4), 2, (3, 6)),
        "next": ((3, 2), 1, (11, 8)),
    }
    assert "3 × 6" in str(table) and "3 × 6" in table._repr_html_()


def test_images_may_be_oblong():
    table = table_of(layers.Conv2D(2, 3, strides=2, padding="same", name="conv"), shape=(8, 5, 1))
    assert (table["conv"].output_shape, table.macs) == ((4, 3, 2), 4 * 3 * 9 * 2)


def test_a_layer_used_twice_has_two_rows_and_its_parameters_in_the_first():
    images = keras.Input((8, 8, 4), name="images")
    conv, relu = layers.Conv2D(4, 3, name="conv"), layers.ReLU(name="relu")
    model = keras.Model(images, relu(conv(relu(conv(images)))))
    table = layer_table(model)
    assert [row.name for row in table.rows] == ["images", "conv", "relu", "conv (2)", "relu (2)"]
    assert [row.inputs for row in table.rows[2:]] == [("conv",), ("relu",), ("conv (2)",)]
    assert [row.params for row in table.rows] == [0, 148, 0, 0, 0]
    assert [row.macs for row in table.rows] == [0, 6 * 6 * 144, 0, 4 * 4 * 144, 0]
    assert [row.receptive_field for row in table.rows] == [1, 3, 3, 5, 5]
    assert table.params == model.count_params()


def test_nested_models_are_tabulated_in_their_place():
    stem = keras.Sequential([keras.Input((8, 8, 4)), layers.Conv2D(4, 3, name="conv")], name="stem")
    inner = keras.Input((6, 6, 4))
    x = stem_of_six = layers.Conv2D(4, 3, padding="same", name="conv")(inner)
    x = layers.Add(name="add")([x, stem_of_six])
    block = keras.Model(inner, x, name="block")
    images = keras.Input((8, 8, 4), name="images")
    model = keras.Model(images, layers.MaxPooling2D(2, name="pool")(block(block(stem(images)))))
    table = layer_table(model)
    assert {row.name: row.receptive_field for row in table.rows} == {
        "images": 1,
        "stem/conv": 3,
        "block/conv": 5,
        "block/add": 5,
        "block/conv (2)": 7,
        "block/add (2)": 7,
        "pool": 8,
    }
    assert table["block/add (2)"].inputs == ("block/conv (2)", "block/conv (2)")
    assert table["pool"].inputs == ("block/add (2)",)
    assert table.params == model.count_params() == 2 * 148
    assert table.macs == 3 * 6 * 6 * 144


def test_models_nested_twice_and_augmentation_are_tabulated():
    model = keras.Sequential([keras.Input((8, 8, 3)), augmentation_layers(), nest(nest())])
    table = layer_table(model)
    assert [row.name for row in table.rows[-2:]] == ["outer/inner/conv", "outer/inner/act"]
    assert table.rows[0].name.startswith("augmentation/")
    assert last_field(table) == 3
    assert table.params == model.count_params()


def nest(inner=None):
    """Return a model of a convolution, or of a model."""
    if inner:
        return keras.Sequential([keras.Input((8, 8, 3)), inner], name="outer")
    conv = layers.Conv2D(2, 3, padding="same", name="conv")
    act = layers.Activation("relu", name="act")
    return keras.Sequential([keras.Input((8, 8, 3)), conv, act], name="inner")


def test_a_field_of_branches_is_their_union():
    """3×3/2 sees the pixels 0 to 2, and 3×3 with 1×1/2 beside it the pixels −1 to 1."""
    images = keras.Input((8, 8, 1))
    strided = layers.Conv2D(1, 3, 2, "same")(images)
    other = layers.Conv2D(1, 1, 2)(layers.Conv2D(1, 3, padding="same")(images))
    model = keras.Model(images, layers.Add(name="add")([strided, other]))
    assert layer_table(model)["add"].receptive_field == 4


def test_a_union_follows_padding_and_cropping():
    images = keras.Input((8, 8, 1))
    left = layers.Conv2D(1, 3)(images)
    right = layers.Cropping2D(((0, 2), (2, 0)), name="crop")(images)
    far = layers.ZeroPadding2D(((4, 0), (0, 4)))(layers.Cropping2D(((0, 6), (5, 1)))(images))
    model = keras.Model(images, layers.Maximum(name="max")([left, right]))
    assert layer_table(model)["max"].receptive_field == 3
    farther = keras.Model(images, layers.Add(name="add")([right, far]))
    assert layer_table(farther)["add"].receptive_field == (5, 4)


def test_operators_and_functions_are_layers_too():
    images = keras.Input((8, 8, 2))
    x = layers.Conv2D(2, 3, padding="same")(images)
    x = keras.ops.relu(x + images) * 0.5
    x = keras.ops.concatenate([x, images], axis=-1)
    model = keras.Model(images, layers.Conv2D(1, 3, name="last")(x))
    table = layer_table(model)
    assert [row.kind for row in table.rows[2:-1]] == ["Add", "Relu", "Multiply", "Concatenate"]
    assert (table["last"].receptive_field, table.params) == (5, model.count_params())


def test_after_squeeze_and_excitation_a_unit_sees_the_whole_image():
    images = keras.Input((8, 8, 4))
    x = layers.Conv2D(4, 3, name="conv")(images)
    y = layers.GlobalAveragePooling2D(keepdims=True, name="pool")(x)
    y = layers.Conv2D(4, 1, activation="sigmoid")(y)
    x = layers.Multiply(name="scaled")([x, y])
    table = layer_table(keras.Model(images, layers.Conv2D(2, 3, name="last")(x)))
    assert table["conv"].receptive_field == 3
    assert [table[name].receptive_field for name in ("pool", "scaled", "last")] == [None] * 3
    assert table["last"].macs == 4 * 4 * 9 * 4 * 2


@pytest.mark.parametrize(
    ("layer", "field"),
    [
        (layers.LayerNormalization(), 3),
        (layers.LayerNormalization(axis=[1, 2, 3]), None),
        (layers.LayerNormalization(axis=(3,)), 3),
        (layers.GroupNormalization(2), None),
        (layers.Softmax(), 3),
        (layers.Softmax(axis=1), None),
        (layers.UnitNormalization(axis=3), 3),
        (layers.Reshape((36, 4)), None),
        (layers.Permute((2, 1, 3)), None),
        (layers.Flatten(), None),
        (layers.GlobalMaxPooling2D(), None),
    ],
)
def test_what_looks_at_the_whole_map_has_no_field(layer, field):
    assert table_of(layers.Conv2D(4, 3), layer).rows[-1].receptive_field == field


class Blur(layers.Layer):
    """A layer of a reader's own, which adds up 2×2 pixels and says so if it is told to."""

    def __init__(self, window=None, **options):
        super().__init__(**options)
        self.window = window

    def call(self, inputs):
        return keras.ops.average_pool(inputs, 2, 1)


class Scaled(Blur):
    """The same with weights."""

    def build(self, shape):
        self.scale = self.add_weight(shape=(2, 2))


def branches(*parts):
    """Return a model that adds what two chains of layers make of one image."""
    images, ends = keras.Input((8, 8, 1)), []
    for part in parts:
        x = images
        for layer in part:
            x = layer(x)
        ends.append(x)
    return keras.Model(images, layers.Add(name="add")(ends))


def test_a_layer_of_your_own_can_state_its_window():
    table = table_of(layers.Conv2D(2, 3), Blur(Window(2), name="blur"))
    assert (table["blur"].kernel, table["blur"].stride, table["blur"].receptive_field) == (2, 1, 4)


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (lambda: table_of(Blur(name="blur")), "blur"),
        (lambda: table_of(Scaled(Window(2), name="scaled")), "scaled"),
        (lambda: table_of(layers.Conv2DTranspose(2, 3, 2, name="up")), "up"),
        (lambda: table_of(layers.UpSampling2D(name="up")), "up"),
        (lambda: table_of(layers.Lambda(lambda x: x, name="any")), "any"),
        (
            lambda: table_of(
                layers.Flatten(), layers.Reshape((4, 64)), layers.LSTM(2, name="lstm")
            ),
            "lstm",
        ),
        (lambda: table_of(layers.TimeDistributed(layers.Conv1D(2, 3), name="timed")), "timed"),
        (lambda: layer_table(branches([layers.Conv2D(1, 7)], [layers.Conv2D(1, 2, 7)])), "add"),
        (lambda: layer_table(branches([layers.Conv2D(1, 8)], [])), "add"),
        (lambda: layer_table(build_model("fast11", input_shape=(None, None, 3))), "images"),
    ],
)
def test_what_is_not_known_is_refused_by_name(model, name):
    with pytest.raises(ValueError, match=f"'{name}'"):
        model()


def test_channels_first_is_refused_by_name():
    first = layers.Conv2D(2, 3, data_format="channels_first", name="first")
    with pytest.raises(ValueError, match="'first'.*channels_last"):
        table_of(first)


def test_rows_joined_along_another_axis_are_refused_by_name():
    images = keras.Input((8, 8, 1))
    model = keras.Model(images, layers.Concatenate(axis=1, name="stack")([images, images]))
    with pytest.raises(ValueError, match="'stack'"):
        layer_table(model)


def test_multiply_adds_are_the_tables_total_or_none():
    model = build_model("lenet5")
    assert multiply_adds(model) == layer_table(model).macs == 651_720
    assert multiply_adds(keras.Sequential([keras.Input((4, 4, 1)), Blur()])) is None
    assert multiply_adds(Subclassed()) is None


def test_vectors_have_no_field():
    table = table_of(layers.Dense(3, name="dense"), layers.ReLU(), shape=(5,))
    assert [row.receptive_field for row in table.rows] == [None, None]
    assert table["dense"].macs == 15
