"""The six networks and their blocks: exactly those of the lecture note."""

from lessons_src.analysis import layer_table
from lessons_src.errors import UsageError
from lessons_src.layers.blocks import residual_block
from lessons_src.models import MODELS, build_model

import keras
import numpy as np
import pytest

# Parameters, non-trainable parameters, receptive field of the last map.
NETWORKS = {
    "baseline": (198_506, 12, 6),
    "lenet5": (62_006, 0, 16),
    "alexnet8": (9_639_178, 704, 45),
    "vgg16": (15_262_026, 8_448, 212),
    "inception10": (121_418, 1_184, 51),
    "resnet18": (11_183_562, 9_600, 109),
}


def test_every_network_is_listed():
    assert list(MODELS) == list(NETWORKS)


@pytest.mark.parametrize("name", NETWORKS)
def test_network_has_the_notes_size(name):
    model = build_model(name)
    table = layer_table(model)
    fields = [row.receptive_field for row in table.rows if row.receptive_field]
    assert (model.count_params(), table.non_trainable, fields[-1]) == NETWORKS[name]
    assert model.name == name
    assert model.input_shape == (None, 32, 32, 3)


@pytest.mark.parametrize("name", NETWORKS)
def test_network_takes_other_images_and_classes(name):
    model = build_model(name, input_shape=(40, 48, 1), classes=3)
    probabilities = model(np.zeros((2, 40, 48, 1), "float32")).numpy()
    assert probabilities.shape == (2, 3)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)


def test_each_inception_block_halves_the_side_and_doubles_the_channels():
    shapes = {row.name: row.output_shape for row in layer_table(build_model("inception10")).rows}
    assert shapes["block1_unit1_concat"] == shapes["block1_unit2_concat"] == (16, 16, 64)
    assert shapes["block2_unit1_concat"] == shapes["block2_unit2_concat"] == (8, 8, 128)


def test_residual_unit_passes_its_input_when_the_branch_is_silent():
    inputs = keras.Input((8, 8, 4))
    model = keras.Model(inputs, residual_block(inputs, 4, name="unit"))
    model.get_layer("unit_2_bn").gamma.assign(np.zeros(4))
    images = np.random.default_rng(0).uniform(size=(2, 8, 8, 4)).astype("float32")
    np.testing.assert_allclose(model(images), images, rtol=1e-6)


def test_the_frozen_inception10_differs_in_its_normalization_alone():
    right, frozen = seeded("inception10"), seeded("inception10_frozen_bn")
    assert frozen.name == "inception10_frozen_bn"
    assert [layer.name for layer in frozen.layers] == [layer.name for layer in right.layers]
    for ours, theirs in zip(frozen.get_weights(), right.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    images = np.random.default_rng(0).uniform(size=(4, 32, 32, 3)).astype("float32")
    for model, moves in ((right, True), (frozen, False)):
        kept = model.non_trainable_variables
        before = [statistic.numpy() for statistic in kept]
        model(images, training=True)
        assert {(a != b.numpy()).any() for a, b in zip(before, kept, strict=True)} == {moves}
    np.testing.assert_array_equal(frozen(images, training=True), frozen(images, training=False))


def seeded(name):
    keras.utils.set_random_seed(0)
    return build_model(name)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: build_model("lenet"), "'lenet'.*baseline, lenet5, alexnet8"),
        (lambda: build_model("resnet18", block="wide"), "'wide'.*basic, bottleneck"),
    ],
)
def test_unknown_names_are_refused_with_the_known_ones(call, message):
    with pytest.raises(UsageError, match=message):
        call()


def test_an_unknown_option_is_refused():
    with pytest.raises(TypeError, match="width"):
        build_model("lenet5", width=2)
