"""lessons_src.training.precision: layers compute in bfloat16, weights and probabilities do not."""

from dataclasses import replace

from lessons_src.errors import RunError
from lessons_src.layers.whitening import PatchWhitening
from lessons_src.training import evaluate, precision, train
from lessons_src.training.precision import computing_in
from lessons_src.training.run_directory import claim, identity

import keras
import numpy as np
import pytest
from keras import layers
from training_helpers import SIDE, TINY, drawn, plain, whitened

BFLOAT16 = replace(TINY, precision="bfloat16")


def nested():
    """A network of every kind of layer that matters here, some inside another model."""
    images = keras.Input((SIDE, SIDE, 3))
    x = PatchWhitening(24, 2, name="whiten")(layers.Normalization(name="normalize")(images))
    inner = [layers.Conv2D(4, 3, name="conv"), layers.GlobalAveragePooling2D(name="pool")]
    x = keras.Sequential(inner, name="inner")(x)
    return keras.Model(images, layers.Dense(10, "softmax", name="last")(x))


def test_layers_compute_in_bfloat16_but_for_the_adapted_ones_and_the_last():
    model = nested()
    parts = [*model.layers, *model.get_layer("inner").layers]
    images = drawn().x_train[:8] / np.float32(255)
    exact = model(images)

    def inside(x):
        return model.get_layer("inner")(x).dtype

    maps = np.ones((2, SIDE, SIDE, 24), "float32")
    with computing_in("bfloat16", model):
        assert {p.name for p in parts if p.compute_dtype == "bfloat16"} == {"conv", "pool"} | {
            p.name for p in parts if isinstance(p, layers.InputLayer)
        }
        assert inside(maps) == "bfloat16"
        rounded = model(images)
    assert rounded.dtype == "float32"
    assert "bfloat16" not in {weight.dtype for weight in model.weights}
    np.testing.assert_allclose(np.sum(rounded, axis=1), 1, atol=1e-6)
    assert 0 < np.abs(rounded - exact).max() < 0.02
    assert inside(maps) == "float32"
    np.testing.assert_array_equal(model(images), exact)


def test_float32_leaves_a_policy_of_the_readers_own():
    layer = layers.Dense(4, dtype="mixed_bfloat16")
    model = keras.Sequential([keras.Input((3,)), layer, layers.Dense(2)])
    with computing_in("float32", model):
        assert layer.compute_dtype == "bfloat16"
    with computing_in("bfloat16", model):
        pass
    assert layer.compute_dtype == "bfloat16"


def test_layers_are_their_own_again_after_an_error():
    model = nested()
    with pytest.raises(KeyboardInterrupt), computing_in("bfloat16", model):
        raise KeyboardInterrupt
    assert {layer.compute_dtype for layer in model.layers} == {"float32"}


@pytest.mark.parametrize(
    ("units", "note"), [(True, ""), (False, "no units for bfloat16 (AVX-512"), (None, "not known")]
)
def test_a_note_says_where_bfloat16_is_slower(monkeypatch, capsys, units, note):
    monkeypatch.setattr(precision, "bfloat16_units", lambda: units)
    with computing_in("bfloat16", plain()):
        pass
    told = capsys.readouterr().err
    assert note in told and ("--precision float32" in told) == bool(note)
    with computing_in("float32", plain()):
        pass
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_a_run_in_bfloat16_is_nearly_that_in_float32_and_measured_in_float32(tmp_path):
    runs, dataset = [], drawn()
    for recipe in (TINY, BFLOAT16):
        keras.utils.set_random_seed(3)
        model = whitened()
        run_dir = tmp_path / recipe.precision
        runs.append(train(model, dataset, replace(recipe, epochs=2, learning_rate=0.01), run_dir))
        fresh = whitened()
        fresh.set_weights(model.get_weights())
        fresh.compile(loss="sparse_categorical_crossentropy")
        for network in (model, fresh):
            measured = evaluate(network, dataset.x_test, dataset.y_test)
            assert measured["loss"] == pytest.approx(runs[-1].test_loss, rel=1e-6)
        assert {layer.compute_dtype for layer in model.layers} == {"float32"}
    one, other = (np.array(run.history["loss"]) for run in runs)
    np.testing.assert_allclose(one, other, rtol=0.02)
    assert (one != other).all()
    assert [run.recipe["precision"] for run in runs] == ["float32", "bfloat16"]


@pytest.mark.parametrize(("begun", "now"), [(TINY, BFLOAT16), (BFLOAT16, TINY)])
def test_a_run_does_not_go_on_in_another_precision(tmp_path, begun, now):
    claim(tmp_path, identity(plain(), drawn(), begun))
    message = f"recipe.precision '{begun.precision}', not '{now.precision}'; choose another"
    with pytest.raises(RunError, match=message):
        claim(tmp_path, identity(plain(), drawn(), now))


def test_a_run_of_an_earlier_edition_is_one_in_float32(tmp_path):
    run = identity(plain(), drawn(), TINY)
    del run["recipe.precision"]
    claim(tmp_path, run)
    claim(tmp_path, identity(plain(), drawn(), TINY))
    with pytest.raises(RunError, match="recipe.precision 'float32', not 'bfloat16'"):
        claim(tmp_path, identity(plain(), drawn(), BFLOAT16))
