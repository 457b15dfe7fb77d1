"""Thin networks of chapter resnet18: plain and residual ones differ in their shortcuts alone."""

from lessons_src.analysis import layer_table
from lessons_src.models import build_model
from lessons_src.models.thin import DEPTHS, SubsampleAndPad, thin_net

import keras
import numpy as np
import pytest


@pytest.mark.parametrize("depth", DEPTHS)
def test_plain_and_residual_have_the_same_weights(depth):
    plain, residual = thin_net(depth, residual=False), thin_net(depth, residual=True)
    assert [w.shape for w in plain.weights] == [w.shape for w in residual.weights]
    assert layer_table(plain).macs == layer_table(residual).macs
    assert (plain.name, residual.name) == (f"thin_plain{depth}", f"thin_resnet{depth}")


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("family", ["plain", "resnet"])
def test_networks_are_built_by_their_names_on_images_of_half_the_side(family, depth):
    model = build_model(f"thin_{family}{depth}", classes=3)
    assert model.name == f"thin_{family}{depth}" and model.output_shape == (None, 3)
    assert model.get_layer("stem_conv").output.shape[1:3] == (16, 16)


def test_networks_of_one_seed_begin_with_the_same_weights():
    weights = []
    for residual in (False, True):
        keras.utils.set_random_seed(3)
        weights.append(thin_net(8, residual).get_weights())
    for one, other in zip(*weights, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("depth", DEPTHS)
def test_the_depth_counts_the_layers_with_weights(depth):
    kinds = [row.kind for row in layer_table(thin_net(depth, residual=True)).rows]
    assert kinds.count("Conv2D") + kinds.count("Dense") == depth
    assert kinds.count("Add") == (depth - 2) // 2


def test_20_layers_have_the_papers_parameters_and_shapes():
    model = thin_net(20, residual=True)
    table = layer_table(model)
    trained = table.params - table.non_trainable
    assert round(trained / 1e6, 2) == 0.27  # He et al., table 6
    sides = [table[f"stage{stage}_unit3_act"].output_shape for stage in (1, 2, 3)]
    assert sides == [(32, 32, 16), (16, 16, 32), (8, 8, 64)]


def test_shrinking_quarters_the_multiply_adds():
    whole, shrunk = (layer_table(thin_net(8, True, shrink=side)).macs for side in (1, 2))
    assert whole - 640 == 4 * (shrunk - 640)


def test_the_shortcut_skips_pixels_and_appends_zeros():
    x = np.arange(32, dtype="float32").reshape(1, 4, 4, 2)
    out = SubsampleAndPad(2, 5)(x).numpy()
    np.testing.assert_array_equal(out[..., :2], x[:, ::2, ::2])
    assert out.shape == (1, 2, 2, 5) and not out[..., 2:].any()


def test_a_saved_network_can_be_loaded(tmp_path):
    model = thin_net(8, residual=True, input_shape=(8, 8, 3))
    model.save(tmp_path / "net.keras")
    images = np.random.default_rng(0).uniform(size=(2, 8, 8, 3)).astype("float32")
    again = keras.models.load_model(tmp_path / "net.keras")
    np.testing.assert_allclose(again(images), model(images), rtol=1e-6)


@pytest.mark.parametrize("depth", [2, 9, 18, 0])
def test_other_depths_are_refused(depth):
    with pytest.raises(ValueError, match=f"6n \\+ 2.*{depth}"):
        thin_net(depth, residual=True)
