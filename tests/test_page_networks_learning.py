"""What pages train with: distributions of first weights, files for trained ones."""

import json
import math

from lessons_src.data import shapes10
from lessons_src.errors import UsageError
from lessons_src.models import build_model
from lessons_src.page_networks import learning

import keras
import numpy as np
import pytest
from keras import layers


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    learning.export_learning(folder, shapes10.CLASS_NAMES)
    return folder


def test_each_network_that_a_page_trains_has_its_files(exported):
    for name in learning.LEARNERS:
        described = json.loads((exported / f"{name}.json").read_text())
        keys = [
            f"{layer['name']}/{weight['name']}"
            for layer in described["graph"]["layers"]
            for weight in layer["weights"]
        ]
        assert keys == list(described["initial"])
        assert sorted(keys) == sorted(described["places"])
        assert described["graph"]["classes"] == list(shapes10.CLASS_NAMES)
        assert (exported / f"{name}.h5.gz").exists()


def test_distributions_are_those_that_keras_draws_from():
    keras.utils.set_random_seed(1)
    model = build_model("lenet5")
    initial = learning.initial_values(model)
    for layer in model.layers:
        for weight in layer.weights:
            found, values = initial[f"{layer.name}/{weight.name}"], np.abs(weight)
            if "limit" in found:
                assert 0.98 * found["limit"] < values.max() <= found["limit"]
            else:
                assert set(values.ravel()) == {found["value"]}
    assert initial["conv1/kernel"] == {"limit": pytest.approx(math.sqrt(6 / (25 * (3 + 6))))}


def test_another_initializer_is_refused_by_name():
    inputs = keras.Input((4,))
    outputs = layers.Dense(2, kernel_initializer="he_normal", name="odd")(inputs)
    with pytest.raises(UsageError, match="odd/kernel begins with HeNormal"):
        learning.initial_values(keras.Model(inputs, outputs))


def test_a_file_filled_with_weights_is_one_that_keras_loads(tmp_path):
    model = build_model("baseline")
    content, places = learning.weights_file(build_model("baseline"))
    filled = bytearray(content)
    for layer in model.layers:
        for weight in layer.weights:
            values = np.random.default_rng(1).normal(size=weight.shape).astype("<f4")
            weight.assign(values)
            place = places[f"{layer.name}/{weight.name}"]
            filled[place : place + values.nbytes] = values.tobytes()
    path = tmp_path / "baseline.weights.h5"
    path.write_bytes(filled)
    loaded = build_model("baseline")
    loaded.load_weights(path)
    for ours, theirs in zip(loaded.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
