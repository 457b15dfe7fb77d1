"""lessons_src.layers.blocks: what each block computes, on numbers of both signs."""

from lessons_src.layers.blocks import bottleneck_block, conv_bn_act, inception_block, residual_block

import keras
import numpy as np
import pytest

MAPS = np.random.default_rng(0).normal(size=(2, 6, 4, 3)).astype("float32")


def model_of(block, *arguments, **options):
    keras.utils.set_random_seed(0)
    inputs = keras.Input(MAPS.shape[1:])
    return keras.Model(inputs, block(inputs, *arguments, **options, name="unit"))


def silenced(model, *normalizations):
    """Return what a model makes of MAPS after the γ of some normalizations is set to 0."""
    for name in normalizations:
        gamma = model.get_layer(name).gamma
        gamma.assign(gamma * 0)
    return model(MAPS).numpy()


def test_a_convolution_is_normalized_and_then_rectified():
    model = model_of(conv_bn_act, 5, 3)
    assert [layer.name for layer in model.layers[1:]] == ["unit_conv", "unit_bn", "unit_act"]
    conv, normalization, _ = model.layers[1:]
    assert (conv.filters, conv.kernel_size, conv.strides, conv.padding, conv.use_bias) == (
        5,
        (3, 3),
        (1, 1),
        "same",
        True,
    )
    rng = np.random.default_rng(1)
    normalization.set_weights([rng.uniform(0.5, 2, 5) for _ in range(4)])
    gamma, beta, mean, variance = normalization.get_weights()
    normalized = gamma * (conv(MAPS).numpy() - mean) / np.sqrt(variance + 0.001) + beta
    np.testing.assert_allclose(model(MAPS), np.maximum(normalized, 0), atol=1e-5)
    assert (normalized < 0).any()


def test_what_a_convolution_is_told_it_does():
    model = model_of(conv_bn_act, 5, 3, 2, "valid", activation=None, use_bias=False)
    assert [layer.name for layer in model.layers[1:]] == ["unit_conv", "unit_bn"]
    conv = model.layers[1]
    assert (conv.strides, conv.padding, conv.use_bias) == ((2, 2), "valid", False)
    assert model(MAPS).numpy().min() < 0


@pytest.mark.parametrize(
    ("block", "filters", "last"),
    [(residual_block, 3, "unit_2_bn"), (bottleneck_block, 1, "unit_3_bn")],
)
def test_a_unit_with_a_silent_branch_rectifies_its_input(block, filters, last):
    maps = MAPS if block is residual_block else np.concatenate([MAPS, MAPS[..., :1]], axis=-1)
    inputs = keras.Input(maps.shape[1:])
    model = keras.Model(inputs, block(inputs, filters, name="unit"))
    model.get_layer(last).gamma.assign(np.zeros(maps.shape[-1]))
    np.testing.assert_allclose(model(maps), np.maximum(maps, 0), atol=1e-6)


def test_a_branch_can_lower_what_it_is_added_to():
    """A branch that ended in a ReLU could only add."""
    model = model_of(residual_block, 3)
    model.get_layer("unit_2_bn").beta.assign([-9.0, 0.0, 9.0])
    assert silenced(model, "unit_2_bn")[..., 0].max() == 0
    np.testing.assert_allclose(model(MAPS)[..., 2], MAPS[..., 2] + 9, rtol=1e-5)


def test_a_projection_is_normalized_and_not_rectified():
    model = model_of(residual_block, 4, 2)
    model.get_layer("unit_2_bn").beta.assign(np.full(4, 9.0))
    projected = keras.Model(model.inputs[0], model.get_layer("unit_project_bn").output)(MAPS)
    np.testing.assert_allclose(silenced(model, "unit_2_bn"), projected + 9, rtol=1e-5)
    assert projected.numpy().min() < 0 and projected.shape == (2, 3, 2, 4)


def test_an_inception_unit_joins_four_branches_of_which_one_pools_the_largest():
    model = model_of(inception_block, 2)
    assert model(MAPS).shape == (2, 6, 4, 8)
    pooled = keras.Model(model.inputs[0], model.get_layer("unit_pool").output)(MAPS)
    padded = np.pad(MAPS, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    np.testing.assert_array_equal(pooled, windows.max(axis=(4, 5)))


def test_strides_halve_the_map_rounding_up():
    for block in (inception_block, residual_block):
        inputs = keras.Input((7, 5, 3))
        assert block(inputs, 4, 2, name="unit").shape[1:3] == (4, 3)


def strides_of(model):
    """Return the stride of each convolution by what its name says after the unit's."""
    found = [layer for layer in model.layers if isinstance(layer, keras.layers.Conv2D)]
    return {conv.name[len("unit_") : -len("_conv")]: conv.strides[0] for conv in found}


@pytest.mark.parametrize(
    ("block", "strided", "others"),
    [
        (residual_block, {"1", "project"}, {"2"}),
        (bottleneck_block, {"1", "project"}, {"2", "3"}),
        (inception_block, {"1x1", "3x3_reduce", "5x5_reduce", "pool_project"}, {"3x3", "5x5"}),
    ],
)
def test_the_stride_is_on_the_first_convolution_of_each_branch(block, strided, others):
    model = model_of(block, 4, 2)
    assert strides_of(model) == dict.fromkeys(strided, 2) | dict.fromkeys(others, 1)


def test_inception_branches_are_joined_in_the_order_of_the_paper():
    joined = model_of(inception_block, 2).get_layer("unit_concat").input
    branches = [tensor._keras_history.operation.name for tensor in joined]
    assert branches == ["unit_1x1_act", "unit_3x3_act", "unit_5x5_act", "unit_pool_project_act"]


def test_the_branches_of_an_inception_unit_see_1_3_and_5_pixels():
    convolutions = model_of(inception_block, 2).layers
    sides = {la.name: la.kernel_size for la in convolutions if hasattr(la, "kernel_size")}
    assert {name[len("unit_") : -len("_conv")]: side for name, (side, _) in sides.items()} == {
        "1x1": 1,
        "3x3_reduce": 1,
        "3x3": 3,
        "5x5_reduce": 1,
        "5x5": 5,
        "pool_project": 1,
    }
