"""lessons_src.records.half_weights: little is lost, and no wrong file is loaded."""

from lessons_src.errors import RecordError
from lessons_src.models import build_model
from lessons_src.records import half_weights

import keras
import numpy as np
import pytest
from keras import layers


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    model = build_model("fast11", widths=(4, 6, 8))
    rng = np.random.default_rng(0)
    for variable in model.weights:
        variable.assign(rng.uniform(0.01, 2, variable.shape))
    return model


def small(widths=(4, 6, 8), **options):
    return build_model("fast11", widths=widths, **options)


def one_layer(inputs):
    images = keras.Input((inputs,))
    outputs = layers.Dense(1, use_bias=False, name="one")(images)
    return keras.Model(images, outputs)


def test_weights_change_by_a_part_in_two_thousand(network, tmp_path):
    path = tmp_path / "net.weights.npz"
    half_weights.save(network, path)
    again = small()
    half_weights.load(again, path)
    for before, after in zip(network.get_weights(), again.get_weights(), strict=True):
        assert after.dtype == np.float32
        np.testing.assert_allclose(after, before, rtol=2**-11)
    images = np.random.default_rng(1).uniform(size=(2, 32, 32, 3)).astype("float32")
    np.testing.assert_allclose(again(images), network(images), atol=0.02)
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_holds_the_nearest_half_precision_numbers(tmp_path):
    model = one_layer(inputs=4)
    model.set_weights([np.reshape([1 / 3, -65_504, 3e-8, 1 + 2**-11 + 2**-20], (4, 1))])
    half_weights.save(model, tmp_path / "net.npz")
    with np.load(tmp_path / "net.npz") as saved:
        [(name, held)] = saved.items()
    assert (name, held.dtype) == ("one/kernel", np.float16)
    nearest = [1365 / 4096, -65_504, 2**-24, 1 + 2**-10]
    np.testing.assert_array_equal(held.astype(float).ravel(), nearest)


def test_another_architecture_is_refused_by_name(network, tmp_path):
    path = tmp_path / "net.weights.npz"
    half_weights.save(network, path)
    wider = small(widths=(5, 6, 8))
    before = wider.get_weights()
    with pytest.raises(RecordError, match=r"net\.weights\.npz does not fit fast11: block1_1_conv"):
        half_weights.load(wider, path)
    for one, other in zip(before, wider.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    with pytest.raises(RecordError, match="does not fit lenet5: conv1/kernel has shape None"):
        half_weights.load(build_model("lenet5"), path)
    with pytest.raises(RecordError, match=r"scores/kernel has shape \(8, 10\).*\(8, 3\)"):
        half_weights.load(small(classes=3), path)


def test_a_file_with_more_layers_than_the_model_is_refused_by_name(tmp_path):
    model = one_layer(inputs=2)
    longer = keras.Model(model.input, layers.Dense(3, use_bias=False, name="two")(model.output))
    half_weights.save(longer, tmp_path / "net.npz")
    with pytest.raises(RecordError, match=r"two/kernel has shape \(1, 3\) .* None in the model"):
        half_weights.load(model, tmp_path / "net.npz")


@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"PK?"])
def test_a_damaged_file_is_refused_by_name(network, tmp_path, damage):
    path = tmp_path / "net.weights.npz"
    half_weights.save(network, path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(RecordError, match=r"net\.weights\.npz is damaged"):
        half_weights.load(small(), path)


def test_a_flipped_byte_is_noticed(network, tmp_path):
    path = tmp_path / "net.weights.npz"
    half_weights.save(network, path)
    content = bytearray(path.read_bytes())
    content[300] ^= 0xFF  # in the first array; nothing guards the headers between arrays
    path.write_bytes(content)
    with pytest.raises(RecordError, match="is damaged"):
        half_weights.load(small(), path)


def test_a_changed_byte_is_noticed_or_harmless(tmp_path):
    path, model, noticed = tmp_path / "net.weights.npz", one_layer(inputs=50), 0
    half_weights.save(model, path)
    whole = path.read_bytes()
    half_weights.load(model, path)
    [loaded] = model.get_weights()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            half_weights.load(model, path)
        except RecordError:
            noticed += 1
        np.testing.assert_array_equal(model.get_weights(), [loaded])
    assert noticed > len(whole) / 2


def test_a_missing_file_is_no_damage(network, tmp_path):
    with pytest.raises(FileNotFoundError):
        half_weights.load(network, tmp_path / "none.npz")


@pytest.mark.parametrize("value", [65_536, -1e6, np.inf, np.nan])
def test_what_float16_cannot_hold_is_refused(tmp_path, value):
    model = one_layer(inputs=1)
    model.set_weights([np.array([[value]])])
    with pytest.raises(RecordError, match="one/kernel"):
        half_weights.save(model, tmp_path / "net.npz")
    assert not list(tmp_path.iterdir())
