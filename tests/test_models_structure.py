"""Every network, layer by layer: kinds, settings and connections, written down a second time.

Settings that do not stand here must be Keras' defaults. Parameter counts would show neither a
dropout rate nor a ReLU in the wrong position.
"""

from functools import cache

from lessons_src.models import ALL_MODELS, build_model

import keras
import pytest

L2 = ("L2", {"l2": 0.01})

# Arguments without a default, with values that no network has.
NEEDED = {
    "Activation": {"activation": None},
    "AveragePooling2D": {"pool_size": 9},
    "Conv2D": {"filters": 1, "kernel_size": 9},
    "Dense": {"units": 1},
    "Dropout": {"rate": 0.99},
    "Rescaling": {"scale": 99},
}
# Layers of the book, by the Keras layer that they are a kind of; the others are Keras' own.
KIND_OF = {
    "FrozenBatchNormalization": "BatchNormalization",
    "PatchWhitening": "Conv2D",
    "SubsampleAndPad": "Layer",
}


@cache
def defaults(kind):
    keras_kind = KIND_OF.get(kind, kind)
    return getattr(keras.layers, keras_kind)(**NEEDED.get(keras_kind, {})).get_config()


def explicit(kind, settings):
    """Return the settings of a layer that are not Keras' defaults; classes by their names."""
    plain = {
        name: (value["class_name"], value["config"])
        if isinstance(value, dict) and "class_name" in value
        else value
        for name, value in settings.items()
        if name not in ("name", "dtype") and value != defaults(kind).get(name, "none")
    }
    return kind, plain


def described(model):
    """Return by layer its kind, its settings, and the layers that feed it."""
    rows = {}
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        tensors = layer.input if isinstance(layer.input, list) else [layer.input]
        sources = [tensor._keras_history.operation.name for tensor in tensors]
        rows[layer.name] = (*explicit(type(layer).__name__, layer.get_config()), sources)
    return rows


class Expected:
    """Collects rows as `described` returns them; a layer follows the last one by default."""

    def __init__(self):
        self.rows, self.last = {}, "images"

    def add(self, name, kind, after=None, **settings):
        assert name not in self.rows
        sources = after if isinstance(after, list) else [after or self.last]
        self.rows[name] = (*explicit(kind, settings), sources)
        self.last = name

    def conv(self, name, filters, side, after=None, stride=1, padding="same", **settings):
        sizes = {"kernel_size": (side, side), "strides": (stride, stride), "padding": padding}
        self.add(name, "Conv2D", after, filters=filters, **sizes, **settings)

    def max_pool(self, name, side, stride, after=None, padding="valid"):
        sizes = {"pool_size": (side, side), "strides": (stride, stride), "padding": padding}
        self.add(name, "MaxPooling2D", after, **sizes)

    def dense(self, name, units, activation, **settings):
        self.add(name, "Dense", units=units, activation=activation, **settings)

    def relu(self, name):
        self.add(name, "Activation", activation="relu")

    def conv_bn(self, name, filters, side, after=None, **settings):
        self.conv(f"{name}_conv", filters, side, after, **settings)
        self.add(f"{name}_bn", "BatchNormalization")

    def conv_bn_relu(self, name, filters, side, after=None, **settings):
        self.conv_bn(name, filters, side, after, **settings)
        self.relu(f"{name}_act")


def baseline():
    net = Expected()
    net.conv_bn_relu("block1", 6, 5)
    net.max_pool("block1_pool", 2, 2, padding="same")
    net.add("block1_drop", "Dropout", rate=0.2)
    net.add("flatten", "Flatten")
    net.dense("dense1", 128, "relu")
    net.add("dense1_drop", "Dropout", rate=0.2)
    net.dense("predictions", 10, "softmax")
    return net.rows


def lenet5(activation):
    net = Expected()
    for number, filters in ((1, 6), (2, 16)):
        net.conv(f"conv{number}", filters, 5, padding="valid", activation=activation)
        net.max_pool(f"pool{number}", 2, 2)
    net.add("flatten", "Flatten")
    net.dense("dense1", 120, activation)
    net.dense("dense2", 84, activation)
    net.dense("predictions", 10, "softmax")
    return net.rows


def alexnet8(*filters, units):
    net = Expected()
    for number in (1, 2):
        net.conv_bn_relu(f"block{number}", filters[number - 1], 3, padding="valid")
        net.max_pool(f"block{number}_pool", 3, 2)
    for number in (3, 4, 5):
        net.conv(f"block{number}_conv", filters[number - 1], 3, activation="relu")
    net.max_pool("block5_pool", 3, 2)
    net.add("flatten", "Flatten")
    for number in (1, 2):
        net.dense(f"dense{number}", units, "relu")
        net.add(f"dense{number}_drop", "Dropout", rate=0.5)
    net.dense("predictions", 10, "softmax")
    return net.rows


def vgg(*groups, units):
    """Each group: the filters of its convolutions."""
    net = Expected()
    for group, convolutions in enumerate(groups, start=1):
        for number, filters in enumerate(convolutions, start=1):
            net.conv_bn_relu(f"group{group}_{number}", filters, 3)
        net.max_pool(f"group{group}_pool", 2, 2, padding="same")
        net.add(f"group{group}_drop", "Dropout", rate=0.2)
    net.add("flatten", "Flatten")
    for number in (1, 2):
        net.dense(f"dense{number}", units, "relu")
        net.add(f"dense{number}_drop", "Dropout", rate=0.2)
    net.dense("predictions", 10, "softmax")
    return net.rows


def inception(*blocks, stem):
    """Each block: the channels of every branch of its two units."""
    net = Expected()
    net.conv_bn_relu("stem", stem, 3)
    for block, filters in enumerate(blocks, start=1):
        for unit, stride in ((1, 2), (2, 1)):
            source, name = net.last, f"block{block}_unit{unit}"
            net.conv_bn_relu(f"{name}_1x1", filters, 1, source, stride=stride)
            for side in (3, 5):
                reduce = f"{name}_{side}x{side}_reduce"
                net.conv_bn_relu(reduce, filters, 1, source, stride=stride)
                net.conv_bn_relu(f"{name}_{side}x{side}", filters, side)
            net.max_pool(f"{name}_pool", 3, 1, source, padding="same")
            net.conv_bn_relu(f"{name}_pool_project", filters, 1, stride=stride)
            branches = ("1x1", "3x3", "5x5", "pool_project")
            sources = [f"{name}_{branch}_act" for branch in branches]
            net.add(f"{name}_concat", "Concatenate", sources, axis=-1)
    net.add("global_pool", "GlobalAveragePooling2D")
    net.dense("predictions", 10, "softmax")
    return net.rows


def frozen(rows):
    kinds = {"BatchNormalization": "FrozenBatchNormalization"}
    return {name: (kinds.get(kind, kind), *rest) for name, (kind, *rest) in rows.items()}


def resnet(*units, filters=64, bottleneck=False, standardize=None):
    """`units`: how many in each stage."""
    net = Expected()
    if standardize:
        scale, offset = standardize
        net.add("standardize", "Rescaling", scale=scale, offset=offset)
    net.conv_bn_relu("stem", filters, 3, use_bias=False)
    for stage, count in enumerate(units, start=1):
        width = filters * 2 ** (stage - 1)
        branch = [(width, 1), (width, 3), (4 * width, 1)] if bottleneck else [(width, 3)] * 2
        for unit in range(1, count + 1):
            source, name = net.last, f"stage{stage}_unit{unit}"
            stride = 2 if stage > 1 and unit == 1 else 1
            *inner, (last_width, last_side) = branch
            for number, (channels, side) in enumerate(inner, start=1):
                first = {"after": source, "stride": stride} if number == 1 else {}
                net.conv_bn_relu(f"{name}_{number}", channels, side, use_bias=False, **first)
            end = f"{name}_{len(branch)}"
            net.conv_bn(end, last_width, last_side, use_bias=False)
            if unit == 1 and (stage > 1 or bottleneck):
                shortcut = {"after": source, "stride": stride, "use_bias": False}
                net.conv_bn(f"{name}_project", last_width, 1, **shortcut)
                source = f"{name}_project_bn"
            net.add(f"{name}_add", "Add", [f"{end}_bn", source])
            net.relu(f"{name}_act")
    net.add("global_pool", "GlobalAveragePooling2D")
    net.dense("predictions", 10, "softmax", kernel_regularizer=L2)
    return net.rows


def thin(pairs, residual):
    """`pairs` of convolutions in each of the three stages."""
    net = Expected()
    sizes = {"pool_size": (2, 2), "strides": (2, 2), "padding": "valid"}
    net.add("shrink", "AveragePooling2D", **sizes)
    net.conv_bn_relu("stem", 16, 3, use_bias=False)
    for stage, filters in ((1, 16), (2, 32), (3, 64)):
        for unit in range(1, pairs + 1):
            source, name = net.last, f"stage{stage}_unit{unit}"
            stride = 2 if stage > 1 and unit == 1 else 1
            net.conv_bn_relu(f"{name}_1", filters, 3, stride=stride, use_bias=False)
            net.conv_bn(f"{name}_2", filters, 3, use_bias=False)
            if not residual:
                net.relu(f"{name}_2_act")
                continue
            if stride == 2:
                net.add(f"{name}_fit", "SubsampleAndPad", source, strides=2, channels=filters)
                source = f"{name}_fit"
            net.add(f"{name}_add", "Add", [f"{name}_2_bn", source])
            net.relu(f"{name}_act")
    net.add("global_pool", "GlobalAveragePooling2D")
    net.dense("predictions", 10, "softmax")
    return net.rows


def fast11():
    net = Expected()
    window = {"filters": 24, "kernel_size": (2, 2)}
    net.add("whiten", "PatchWhitening", **window, noise=0.001, trainable=False)
    net.relu("whiten_act")

    def conv(name, filters):
        kernels = {"kernel_initializer": ("PartialIdentity", {})}
        net.conv(f"{name}_conv", filters, 3, use_bias=False, **kernels)

    def normalize(name):
        net.add(f"{name}_bn", "BatchNormalization", momentum=0.9)

    for block, filters in ((1, 64), (2, 192), (3, 256)):
        name = f"block{block}"
        conv(f"{name}_1", filters)
        net.max_pool(f"{name}_pool", 2, 2)
        normalize(f"{name}_1")
        net.relu(f"{name}_1_act")
        conv(f"{name}_2", filters)
        normalize(f"{name}_2")
        net.relu(f"{name}_2_act")
        conv(f"{name}_3", filters)
        normalize(f"{name}_3")
        net.add(f"{name}_add", "Add", [f"{name}_3_bn", f"{name}_1_act"])
        net.relu(f"{name}_3_act")
    net.add("global_pool", "GlobalMaxPooling2D")
    net.dense("scores", 10, "linear", use_bias=False)
    net.add("cool", "Rescaling", scale=1 / 9)
    net.add("predictions", "Softmax")
    return net.rows


VGG16 = (2 * [64], 2 * [128], 3 * [256], 3 * [512], 3 * [512])
NETWORKS = {
    "baseline": baseline(),
    "lenet5": lenet5("sigmoid"),
    "alexnet8": alexnet8(96, 256, 384, 384, 256, units=2048),
    "vgg16": vgg(*VGG16, units=512),
    "inception10": inception(16, 32, stem=16),
    "inception10_frozen_bn": frozen(inception(16, 32, stem=16)),
    "resnet18": resnet(2, 2, 2, 2),
    "thin_alexnet8": alexnet8(24, 64, 96, 96, 64, units=512),
    "thin_vgg16": vgg(2 * [16], 2 * [32], 3 * [64], 3 * [128], 3 * [128], units=128),
    "thin_plain8": thin(1, residual=False),
    "thin_plain14": thin(2, residual=False),
    "thin_plain20": thin(3, residual=False),
    "thin_plain32": thin(5, residual=False),
    "thin_resnet8": thin(1, residual=True),
    "thin_resnet14": thin(2, residual=True),
    "thin_resnet20": thin(3, residual=True),
    "thin_resnet32": thin(5, residual=True),
    "fast11": fast11(),
}

# Network, options, the name that the model then has, its parameters by the chapters, its layers.
VARIANTS = [
    ("lenet5", {"activation": "relu"}, "lenet5", 62_006, lenet5("relu")),
    ("alexnet8", {"width": 24}, "alexnet8", 608_074, alexnet8(24, 64, 96, 96, 64, units=512)),
    (
        "vgg16",
        {"convs_per_group": (2, 2, 4, 4, 4)},
        "vgg19",
        20_576_842,
        vgg(2 * [64], 2 * [128], 4 * [256], 4 * [512], 4 * [512], units=512),
    ),
    (
        "vgg16",
        {"width": 16},
        "vgg16",
        959_322,
        vgg(2 * [16], 2 * [32], 3 * [64], 3 * [128], 3 * [128], units=128),
    ),
    ("inception10", {"num_blocks": 3}, "inception14", 503_370, inception(16, 32, 64, stem=16)),
    ("inception10", {"init_ch": 32}, "inception10", 476_298, inception(32, 64, stem=32)),
    ("resnet18", {"block_list": (3, 4, 6, 3)}, "resnet34", 21_299_146, resnet(3, 4, 6, 3)),
    (
        "resnet18",
        {"block_list": (3, 4, 6, 3), "block": "bottleneck"},
        "resnet50",
        23_573_962,
        resnet(3, 4, 6, 3, bottleneck=True),
    ),
    ("resnet18", {"initial_filters": 16}, "resnet18", 703_866, resnet(2, 2, 2, 2, filters=16)),
    (
        "resnet18",
        {"initial_filters": 8, "pixel_statistics": ((0.5, 0.25, 1), (0.25, 0.5, 0.125))},
        "resnet18",
        177_602,
        resnet(2, 2, 2, 2, filters=8, standardize=([4.0, 2.0, 8.0], [-2.0, -0.5, -8.0])),
    ),
]


def check(model, name, rows):
    found = described(model)
    assert {layer: found[layer] for layer in found if found[layer] != rows.get(layer)} == {}
    assert found.keys() == rows.keys()
    assert model.name == name
    assert [tensor.name for tensor in model.inputs] == ["images"]
    assert [tensor._keras_history.operation.name for tensor in model.outputs] == ["predictions"]
    assert (model.input_shape, model.output_shape) == ((None, 32, 32, 3), (None, 10))
    assert all(layer.trainable or layer.name == "whiten" for layer in model.layers)


def test_every_network_is_written_down():
    assert NETWORKS.keys() == ALL_MODELS.keys()


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_has_the_layers_of_its_chapter(name):
    check(build_model(name), name, NETWORKS[name])


@pytest.mark.parametrize(("name", "options", "built", "parameters", "rows"), VARIANTS)
def test_options_give_the_relatives(name, options, built, parameters, rows):
    model = build_model(name, **options)
    check(model, built, rows)
    assert model.count_params() == parameters
