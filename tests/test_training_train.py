"""lessons_src.training: learns, records, resumes exactly, and refuses what it cannot go on with."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

from lessons_src.data import load_dataset
from lessons_src.errors import RunError
from lessons_src.models import build_model
from lessons_src.records import load
from lessons_src.training import compiling, evaluate, load_best_weights, train, train_over_seeds
from lessons_src.training.batches import training_batches
from lessons_src.training.recipes import FAST, NOTE

import keras
import numpy as np
import pytest

SMALL = replace(NOTE, epochs=2, images=(128, 64, 64))
SMALL_STEPS = replace(SMALL, images=(512, 64, 64))


@pytest.fixture(scope="module")
def shapes():
    return load_dataset("shapes10")


@pytest.fixture
def finished(tmp_path, shapes):
    """A finished run: its model, its record, its directory."""
    model = build_model("lenet5")
    return model, train(model, shapes, SMALL, tmp_path / "run"), tmp_path / "run"


def interrupted_run(*arguments):
    script = Path(__file__).with_name("interrupted_run.py")
    return subprocess.run([sys.executable, script, *map(str, arguments)], check=False).returncode


@pytest.mark.parametrize(
    ("network", "recipe"),
    [
        ("baseline", "note"),
        ("inception10", "tuned"),
        ("fast11", "fast"),
        ("inception10", "ladder_12_resized"),
    ],
)
def test_a_killed_run_ends_as_if_never_interrupted(tmp_path, network, recipe):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert interrupted_run(whole, network, recipe) == 0
    assert interrupted_run(killed, network, recipe, 2) == -signal.SIGKILL
    assert not (killed / "record.json").exists()
    assert interrupted_run(killed, network, recipe) == 0
    with np.load(whole / "state.npz") as a, np.load(killed / "state.npz") as b:
        assert a.files == b.files
        for name in set(a.files) - {"history"}:
            np.testing.assert_array_equal(a[name], b[name], err_msg=name)
    one, two = load(whole / "record.json"), load(killed / "record.json")
    assert one.history["val_loss"] == two.history["val_loss"]
    assert one.test_accuracy == two.test_accuracy


def on_devices(run_dir, devices):
    script = Path(__file__).with_name("several_devices.py")
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    subprocess.run([sys.executable, script, run_dir, str(devices)], check=True, env=environment)
    return load(run_dir / "record.json"), np.load(run_dir / "weights.npz")


def test_two_devices_train_as_one_does_at_the_same_global_batch(tmp_path):
    # LeNet5 has neither batch normalization, whose statistics are each device's own, nor dropout.
    (one, alone), (two, shared) = (on_devices(tmp_path / str(n), n) for n in (1, 2))
    for name in set(one.history) - {"seconds"}:
        np.testing.assert_allclose(one.history[name], two.history[name], rtol=1e-4, err_msg=name)
    for name in alone.files:
        np.testing.assert_allclose(alone[name], shared[name], atol=1e-5, err_msg=name)


def test_a_batch_that_the_devices_cannot_share_is_refused(tmp_path, shapes, monkeypatch):
    model = build_model("lenet5")
    monkeypatch.setattr(
        type(model), "distribute_strategy", property(lambda _: Mock(num_replicas_in_sync=3))
    )
    with pytest.raises(ValueError, match="a batch of 32 cannot be shared by 3 devices"):
        train(model, shapes, SMALL, tmp_path)


def test_training_learns(tmp_path, shapes):
    recipe = replace(NOTE, epochs=4, images=(4000, 500, 500))
    record = train(build_model("baseline"), shapes, recipe, tmp_path)
    assert record.history["loss"][-1] < record.history["loss"][0]
    assert record.test_accuracy > 0.2  # chance is 0.1


def test_small_images_need_global_pooling(tmp_path, shapes):
    recipe = replace(SMALL, small_epochs=1)
    with pytest.raises(ValueError, match="lenet5 flattens its maps.*small_epochs must be 0"):
        train(build_model("lenet5"), shapes, recipe, tmp_path / "run")


def test_the_record_tells_the_whole_run(finished, shapes):
    model, record, run_dir = finished
    assert (record.model, record.parameters, record.macs) == ("lenet5", 62_006, 651_720)
    assert record.dataset == "Shapes-10"
    assert record.images == {"train": 128, "val": 64, "test": 64}
    assert record.recipe["epochs"] == 2 and record.recipe["name"] == "note"
    for name in ("loss", "val_accuracy", "test_accuracy", "learning_rate", "seconds"):
        assert len(record.history[name]) == 2
    assert record.seconds == pytest.approx(sum(record.history["seconds"]))
    assert load(run_dir / "record.json") == record
    assert evaluate(model, shapes.x_test[:64], shapes.y_test[:64])["accuracy"] == pytest.approx(
        record.test_accuracy
    )
    assert str(run_dir) not in record.to_json()


def test_the_test_curve_is_measured_only_if_asked(tmp_path, shapes):
    record = train(build_model("lenet5"), shapes, replace(SMALL, test_curve=False), tmp_path)
    assert "test_accuracy" not in record.history


def test_seeds_differ_and_each_is_the_run_it_would_be_alone(tmp_path, shapes):
    zero, one = train_over_seeds(lambda: build_model("lenet5"), shapes, SMALL, 2)
    keras.utils.set_random_seed(1)
    alone = train(build_model("lenet5"), shapes, replace(SMALL, seed=1), tmp_path)
    assert [run.recipe["seed"] for run in (zero, one)] == [0, 1]
    assert one.history["loss"] == alone.history["loss"] != zero.history["loss"]


def test_a_finished_run_is_returned_not_repeated(finished, shapes):
    model, record, run_dir = finished
    written = (run_dir / "state.npz").stat().st_mtime_ns
    other = build_model("lenet5")
    assert train(other, shapes, SMALL, run_dir) == record
    assert (run_dir / "state.npz").stat().st_mtime_ns == written
    for ours, theirs in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_resume_false_starts_again(finished, shapes):
    _, record, run_dir = finished
    again = train(build_model("lenet5"), shapes, SMALL, run_dir, resume=False)
    assert again.history["loss"] != record.history["loss"]  # other initial weights


def test_best_weights_load_without_the_optimizer(finished):
    model, _, run_dir = finished
    fresh = build_model("lenet5")
    load_best_weights(fresh, run_dir)
    np.testing.assert_array_equal(fresh.get_weights()[0], model.get_weights()[0])
    assert (run_dir / "best.weights.h5").stat().st_size < 2 * 4 * model.count_params()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m, d, r: (build_model("baseline"), d, r), "model 'lenet5', not 'baseline'"),
        (lambda m, d, r: (build_model("lenet5", activation="relu"), d, r), "other layers"),
        (lambda m, d, r: (m, d, replace(r, epochs=3)), "recipe.epochs 2, not 3"),
        (lambda m, d, r: (m, d, replace(r, seed=1)), "recipe.seed 0, not 1"),
        (lambda m, d, r: (m, d, replace(r, images=(96, 64, 64))), "fingerprint"),
    ],
)
def test_a_directory_of_another_run_is_refused(finished, shapes, change, message):
    _, record, run_dir = finished
    model, dataset, recipe = change(build_model("lenet5"), shapes, SMALL)
    for resume in (True, False):
        with pytest.raises(RunError, match=f"{run_dir}.*{message}"):
            train(model, dataset, recipe, run_dir, resume=resume)
    assert load(run_dir / "record.json") == record


@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"x" + b])
@pytest.mark.parametrize("name", ["state.npz", "best.weights.h5", "run.json"])
def test_a_damaged_file_is_refused_by_name(finished, shapes, name, damage):
    _, _, run_dir = finished
    (run_dir / "record.json").unlink()
    (run_dir / name).write_bytes(damage((run_dir / name).read_bytes()))
    with pytest.raises(RunError, match=name):
        train(build_model("lenet5"), shapes, SMALL, run_dir)


def test_a_flipped_bit_in_the_state_is_noticed(finished, shapes):
    _, _, run_dir = finished
    (run_dir / "record.json").unlink()
    content = bytearray((run_dir / "state.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (run_dir / "state.npz").write_bytes(content)
    with pytest.raises(RunError, match=r"state\.npz"):
        train(build_model("lenet5"), shapes, SMALL, run_dir)


def test_a_subclassed_model_trains_too(tmp_path, shapes):
    class Small(keras.Model):
        def __init__(self):
            super().__init__(name="small")
            self.flatten = keras.layers.Flatten()
            self.dense = keras.layers.Dense(10, activation="softmax")

        def call(self, x):
            return self.dense(self.flatten(x))

    model = Small()
    model(np.zeros((1, 32, 32, 3), "float32"))
    record = train(model, shapes, SMALL, tmp_path)
    assert (record.parameters, record.macs) == (30_730, None)


def test_a_callback_that_stops_the_run_leaves_it_resumable(tmp_path, shapes):
    class Stop(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            self.model.stop_training = True

    with pytest.raises(RunError, match="stopped the run after epoch 1 of 2"):
        train(build_model("lenet5"), shapes, SMALL, tmp_path, callbacks=[Stop()])
    assert len(train(build_model("lenet5"), shapes, SMALL, tmp_path).history["loss"]) == 2


def test_dropout_inside_a_block_is_seeded_too(tmp_path, shapes):
    losses = []
    for name in ("one", "two"):
        keras.utils.set_random_seed(len(losses))  # dropout's own seed differs
        block = keras.Sequential([keras.layers.Flatten(), keras.layers.Dropout(0.5)], name="block")
        head = keras.layers.Dense(10, "softmax", kernel_initializer="zeros", name="head")
        model = keras.Sequential([keras.Input((32, 32, 3)), block, head], name="nested")
        losses.append(train(model, shapes, SMALL, tmp_path / name).history["loss"])
    assert losses[0] == losses[1]


def test_small_images_come_first_and_train_the_same_weights(tmp_path, shapes):
    recipe = replace(FAST, epochs=2, small_epochs=1, images=(128, 64, 64), batch_size=64)
    batches = list(training_batches(shapes.subset(*recipe.images), recipe))
    assert [tuple(x.shape) for x, _ in batches] == 2 * [(64, 24, 24, 3)] + 2 * [(64, 32, 32, 3)]
    model = build_model("fast11", widths=(8, 8, 8))
    before = model.get_layer("scores").get_weights()[0]
    record = train(model, shapes, recipe, tmp_path)
    assert record.macs and (model.get_layer("scores").get_weights()[0] != before).any()
    measured = evaluate(model, shapes.x_test[:64], shapes.y_test[:64])
    assert measured["accuracy"] == pytest.approx(record.test_accuracy)


def test_the_whitening_layer_is_computed_from_the_training_images(tmp_path, shapes):
    model = build_model("fast11", widths=(8, 8, 8))
    train(model, shapes, replace(FAST, epochs=1, images=(512, 64, 64)), tmp_path)
    patches = np.array(model.get_layer("whiten")(shapes.x_train[:512] / np.float32(255)))
    assert abs(patches[..., 0].mean()) < 0.01


def test_run_json_is_readable(finished):
    _, _, run_dir = finished
    assert json.loads((run_dir / "run.json").read_text())["model"] == "lenet5"


def test_several_steps_at_a_time_are_the_same_steps(tmp_path, shapes, monkeypatch):
    losses = []
    for most in (1, 32):
        monkeypatch.setattr(compiling, "MOST_STEPS_AT_ONCE", most)
        keras.utils.set_random_seed(0)
        record = train(build_model("baseline"), shapes, SMALL_STEPS, tmp_path / str(most))
        losses.append(record.history["loss"])
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-6)
