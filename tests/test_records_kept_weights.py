"""Weights kept beside records: one list says whose, and each file fits its network."""

from lessons_src import records
from lessons_src.errors import RecordError
from lessons_src.models import build_model
from lessons_src.records import RECORDS, half_weights
from lessons_src.records.kept_weights import KEPT, weights_path

import keras
import numpy as np
import pytest

MOST_BYTES = 5_000_000


def test_the_weights_in_the_repository_are_those_of_the_list():
    kept = {weights_path(*run).name for run in KEPT}
    assert kept == {path.name for path in RECORDS.iterdir() if path.suffix != ".json"}
    assert "lenet5-note-seed0.weights.npz" in kept


@pytest.mark.parametrize(("network", "recipe"), KEPT)
def test_kept_weights_are_small_fit_and_belong_to_a_record(network, recipe):
    model = build_model(network)
    records.load_weights(model, recipe)
    path = weights_path(network, recipe)
    assert path.stat().st_size <= MOST_BYTES
    record = records.load(path.with_name(path.name.replace(".weights.npz", ".json")))
    assert (record.model, record.recipe["name"], record.recipe["seed"]) == (network, recipe, 0)
    assert record.parameters == model.count_params()


def test_weights_are_loaded_by_the_models_name(tmp_path):
    keras.utils.set_random_seed(0)
    trained, other = build_model("lenet5"), build_model("lenet5")
    half_weights.save(trained, tmp_path / "lenet5-mine-seed0.weights.npz")
    records.load_weights(other, "mine", tmp_path)
    for one, two in zip(trained.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(one, two, rtol=2**-11, atol=2**-25)


def test_without_weights_the_error_says_how_to_make_them(tmp_path):
    (tmp_path / "vgg16-note-seed1.weights.npz").touch()
    with pytest.raises(RecordError, match="no weights of vgg16 .* train vgg16 --recipe note"):
        records.load_weights(build_model("vgg16", width=4), "note", tmp_path)
