"""lessons_src.training.train: learns, records, resumes exactly, refuses what can't go on."""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest.mock import Mock

from lessons_src.data.dataset import Dataset
from lessons_src.errors import RunError
from lessons_src.records import load
from lessons_src.training import compiling, evaluate, load_best_weights, train
from lessons_src.training.train import best_epoch

import keras
import numpy as np
import pytest
from training_helpers import RUNS, SIDE, TINY, drawn, plain, whitened

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def dataset():
    return drawn()


@pytest.fixture(scope="module")
def finished_once(tmp_path_factory, dataset):
    keras.utils.set_random_seed(0)
    model, run_dir = plain(), tmp_path_factory.mktemp("runs") / "finished"
    return model, train(model, dataset, TINY, run_dir), run_dir


@pytest.fixture
def finished(finished_once, tmp_path):
    """A finished run: its model, its record, and a directory of its own."""
    model, record, run_dir = finished_once
    return model, record, shutil.copytree(run_dir, tmp_path / "run")


class Interrupt(keras.callbacks.Callback):
    """Press Ctrl-C in the middle of the second epoch."""

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if self.epoch == 1 and batch >= 1:
            raise KeyboardInterrupt


def interrupted(build, dataset, recipe, run_dir):
    keras.utils.set_random_seed(3)
    with pytest.raises(KeyboardInterrupt):
        train(build(), dataset, recipe, run_dir, callbacks=[Interrupt()])


def assert_same_run(one, two):
    with np.load(one / "state.npz") as a, np.load(two / "state.npz") as b:
        assert a.files == b.files
        for name in set(a.files) - {"history"}:
            np.testing.assert_array_equal(a[name], b[name], err_msg=name)
    one, two = load(one / "record.json"), load(two / "record.json")
    for name in set(one.history) - {"seconds"}:
        assert one.history[name] == two.history[name], name
    assert (one.best_epoch, one.test_loss) == (two.best_epoch, two.test_loss)


@pytest.fixture(scope="module")
def whole(tmp_path_factory, dataset):
    """A function that trains one of `RUNS` in one go, once, and returns model and directory."""
    folder = tmp_path_factory.mktemp("whole")

    @cache
    def run(name):
        build, recipe = RUNS[name]
        keras.utils.set_random_seed(3)
        model = build()
        train(model, dataset, recipe, folder / name)
        return model, folder / name

    return run


@pytest.mark.parametrize("name", ["averaged", "fast"])
def test_an_interrupted_run_ends_as_if_never_interrupted(tmp_path, dataset, whole, name):
    build, recipe = RUNS[name]
    interrupted(build, dataset, recipe, tmp_path)
    keras.utils.set_random_seed(4)  # whatever the second session draws by itself
    train(build(), dataset, recipe, tmp_path)
    assert_same_run(whole(name)[1], tmp_path)


def test_so_does_a_killed_one(tmp_path, dataset, whole):
    name = "random layers"
    command = [sys.executable, HERE / "interrupted_run.py", tmp_path]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert len(np.load(tmp_path / "state.npz").files) and not (tmp_path / "record.json").exists()
    build, recipe = RUNS[name]
    train(build(), dataset, recipe, tmp_path)
    assert_same_run(whole(name)[1], tmp_path)


def test_a_run_cannot_go_on_without_its_average(tmp_path, dataset):
    recipe = replace(TINY, averaging=0.9)
    interrupted(plain, dataset, recipe, tmp_path)
    with np.load(tmp_path / "state.npz") as saved:
        kept = {name: saved[name] for name in saved.files if not name.startswith("average")}
        assert len(kept) < len(saved.files)
    np.savez(tmp_path / "state.npz", **kept)
    with pytest.raises(RunError, match=r"state\.npz.*average_0"):
        train(plain(), dataset, recipe, tmp_path)


def test_two_devices_train_as_one_does_at_the_same_global_batch(tmp_path):
    # The network has neither batch normalization, whose statistics are each device's, nor dropout.
    script = HERE / "several_devices.py"
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    subprocess.run([sys.executable, script, tmp_path], check=True, env=environment)
    one, two = (load(tmp_path / devices / "record.json") for devices in "12")
    for name in set(one.history) - {"seconds"}:
        np.testing.assert_allclose(one.history[name], two.history[name], rtol=1e-4, err_msg=name)
    alone, shared = (np.load(tmp_path / devices / "weights.npz") for devices in "12")
    for name in alone.files:
        np.testing.assert_allclose(alone[name], shared[name], atol=1e-5, err_msg=name)


def test_a_batch_that_the_devices_cannot_share_is_refused(tmp_path, dataset, monkeypatch):
    model = plain()
    monkeypatch.setattr(
        type(model), "distribute_strategy", property(lambda _: Mock(num_replicas_in_sync=3))
    )
    with pytest.raises(ValueError, match="a batch of 16 cannot be shared by 3 devices"):
        train(model, dataset, TINY, tmp_path)


def test_training_learns(tmp_path):
    keras.utils.set_random_seed(0)
    record = train(plain(), drawn(400), replace(TINY, epochs=5, learning_rate=0.01), tmp_path)
    assert record.history["loss"][-1] < record.history["loss"][0] - 0.3
    assert record.test_accuracy > 0.3  # chance is 0.1


def test_the_validation_images_choose_the_best_epoch(tmp_path):
    history = {
        "accuracy": [0.2, 0.3, 0.4, 0.9],
        "val_accuracy": [0.5, 0.7, 0.7, 0.6],
        "val_loss": [0.1, 0.4, 0.3, 0.2],
        "test_accuracy": [0.9, 0.1, 0.2, 0.8],
    }
    assert best_epoch(history) == 2
    # The better the network knows the classes, the worse it does on wrongly labelled test images.
    good = drawn(400)
    splits = {name: getattr(good, name) for name in ("x_train", "y_train", "x_val", "y_val")}
    wrong = Dataset(
        **splits,
        x_test=good.x_val,
        y_test=(good.y_val + 5) % 10,
        class_names=good.class_names,
        name="wrong",
        source="noise",
    )
    keras.utils.set_random_seed(0)
    recipe, model = replace(TINY, epochs=5, learning_rate=0.01), plain()
    record = train(model, wrong, recipe, tmp_path)
    assert record.best_epoch == 1 + np.argmax(record.history["val_accuracy"]) > 1
    assert record.best_epoch != 1 + np.argmax(record.history["test_accuracy"])
    kept = evaluate(model, good.x_val, good.y_val)["accuracy"]
    assert kept == pytest.approx(record.val_accuracy) == max(record.history["val_accuracy"])


def test_the_record_and_the_model_are_those_of_the_best_epoch_where_it_is_not_the_last(tmp_path):
    # The better the network knows the classes, the worse it does on wrongly labelled images.
    wrong = replace(drawn(400), y_val=(drawn(400).y_val + 5) % 10)
    keras.utils.set_random_seed(0)
    model = plain()
    record = train(model, wrong, replace(TINY, epochs=5, learning_rate=0.01), tmp_path)
    reached = record.history["val_accuracy"]
    assert record.best_epoch < 5 and reached[-1] < max(reached)
    assert record.val_accuracy == max(reached)
    assert evaluate(model, wrong.x_val, wrong.y_val)["accuracy"] == pytest.approx(max(reached))


@pytest.mark.parametrize("averaging", [0.0, 0.9])
def test_without_validation_all_images_are_learned_and_the_last_epoch_counts(tmp_path, averaging):
    data = drawn(32, val=16)
    joined = data.with_val_in_train()
    recipe = replace(TINY, averaging=averaging, test_curve=True)
    records = []
    for given, validates in ((data, False), (joined, True)):
        keras.utils.set_random_seed(0)
        model = plain()
        recipe = replace(recipe, validates=validates)
        records.append(train(model, given, recipe, tmp_path / str(validates)))
        if not validates:
            measured = evaluate(model, data.x_test, data.y_test)["accuracy"]
    alone, watched = records
    assert alone.images == {"train": 48, "val": 0, "test": 32} and alone.val_accuracy is None
    assert alone.best_epoch == 3 and not [name for name in alone.history if "val" in name]
    for name in ("loss", "accuracy", "test_loss", "test_accuracy"):
        assert alone.history[name] == pytest.approx(watched.history[name])
    assert alone.test_accuracy == pytest.approx(alone.history["test_accuracy"][-1])
    assert measured == pytest.approx(alone.test_accuracy)


def test_evaluation_is_what_numpy_computes(finished_once, dataset):
    model, *_ = finished_once
    kernel, bias = (weight.astype(np.float64) for weight in model.get_weights())
    logits = dataset.x_test.reshape(32, -1) / 255 @ kernel + bias
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    right = probabilities.argmax(axis=1) == dataset.y_test
    loss = -np.log(probabilities[np.arange(32), dataset.y_test]).mean()
    measured = evaluate(model, dataset.x_test, dataset.y_test)
    assert measured["accuracy"] == pytest.approx(right.mean())
    assert measured["loss"] == pytest.approx(loss, rel=1e-4)


def test_small_images_need_global_pooling(tmp_path, dataset):
    with pytest.raises(ValueError, match="plain flattens its maps.*small_epochs must be 0"):
        train(plain(), dataset, replace(TINY, small_epochs=1), tmp_path)


def test_small_images_train_the_weights_of_the_network_that_was_given(whole, dataset):
    model, run_dir = whole("fast")
    record = load(run_dir / "record.json")
    assert record.recipe["small_epochs"] == 1 and record.model == "whitened"
    # 7×7 windows of 2×2×3 for 24 filters, 5×5 of 3×3×24 for 8, and ten units.
    assert record.macs == 49 * 12 * 24 + 25 * 216 * 8 + 80
    measured = evaluate(model, dataset.x_test, dataset.y_test)
    assert measured["accuracy"] == pytest.approx(record.test_accuracy)
    keras.utils.set_random_seed(3)
    assert (whitened().layers[-1].kernel.numpy() != model.layers[-1].kernel.numpy()).all()


def test_the_record_tells_the_whole_run(finished, dataset):
    model, record, run_dir = finished
    assert (record.model, record.parameters, record.macs) == ("plain", 1_930, 1_920)
    assert record.dataset == dataset.title and record.fingerprint == dataset.fingerprint
    assert record.images == {"train": 64, "val": 32, "test": 32}
    assert record.recipe["epochs"] == 3 and record.recipe["name"] == "tiny"
    for name in ("loss", "val_accuracy", "test_accuracy", "learning_rate", "seconds"):
        assert len(record.history[name]) == 3
    assert record.seconds == pytest.approx(sum(record.history["seconds"]))
    assert load(run_dir / "record.json") == record
    measured = evaluate(model, dataset.x_test, dataset.y_test)
    assert measured["accuracy"] == pytest.approx(record.test_accuracy)
    assert measured["loss"] == pytest.approx(record.test_loss)
    assert str(run_dir) not in record.to_json()


class Clock(keras.callbacks.Callback):
    """A clock that a step of training moves by a second, and one of validation by a minute."""

    seconds = 0

    def perf_counter(self):
        return self.seconds

    def on_train_batch_end(self, batch, logs=None):
        self.seconds += 1

    def on_test_batch_end(self, batch, logs=None):
        self.seconds += 60


def test_training_time_is_that_of_all_batches_without_validation(tmp_path, monkeypatch):
    clock = Clock()
    monkeypatch.setattr(sys.modules[train.__module__], "time", clock)
    sixty = drawn(60)  # the last batch of an epoch has 12
    record = train(plain(), sixty, replace(TINY, epochs=2), tmp_path, callbacks=[clock])
    assert record.history["seconds"] == [4, 4] and record.seconds == 8


class Seeds(keras.callbacks.Callback):
    """Keep what the random layers draw from at the start of each epoch."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def on_epoch_begin(self, epoch, logs=None):
        states = [v for v in self.model.variables if v.name == "seed_generator_state"]
        self.seen += [tuple(state.numpy()) for state in states]


def test_each_random_layer_draws_by_the_seed_and_the_epoch(tmp_path, dataset):
    seen = []
    for seed in (7, 7, 8):
        seeds = Seeds()
        model = stacked(keras.layers.Dropout(0.1), keras.layers.GaussianNoise(0.1))
        recipe = replace(TINY, epochs=2, seed=seed, test_curve=False)
        train(model, dataset, recipe, tmp_path / str(len(seen)), callbacks=[seeds])
        seen.append(seeds.seen)
    assert seen[0] == seen[1] and len({*seen[0], *seen[2]}) == 8  # layers × epochs × seeds


def test_the_test_curve_is_measured_only_if_asked(tmp_path, dataset):
    record = train(plain(), dataset, replace(TINY, epochs=1, test_curve=False), tmp_path)
    assert "test_accuracy" not in record.history


def test_a_finished_run_is_returned_not_repeated(finished, dataset):
    model, record, run_dir = finished
    written = (run_dir / "state.npz").stat().st_mtime_ns
    other = plain()
    assert train(other, dataset, TINY, run_dir) == record
    assert (run_dir / "state.npz").stat().st_mtime_ns == written
    for ours, theirs in zip(model.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_best_weights_load_without_the_optimizer(finished):
    model, _, run_dir = finished
    fresh = plain()
    load_best_weights(fresh, run_dir)
    np.testing.assert_array_equal(fresh.get_weights()[0], model.get_weights()[0])
    assert "optimizer" not in h5_groups(run_dir / "best.weights.h5")


def h5_groups(path):
    h5py = pytest.importorskip("h5py")
    with h5py.File(path) as file:
        return set(file)


@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b"x" + b])
@pytest.mark.parametrize("name", ["state.npz", "best.weights.h5"])
def test_a_damaged_file_is_refused_by_name(finished, dataset, name, damage):
    _, _, run_dir = finished
    (run_dir / "record.json").unlink()
    (run_dir / name).write_bytes(damage((run_dir / name).read_bytes()))
    with pytest.raises(RunError, match=name) as caught:
        train(plain(), dataset, TINY, run_dir)
    assert "delete" not in str(caught.value)


def test_a_flipped_bit_in_the_state_is_noticed(finished, dataset):
    _, _, run_dir = finished
    (run_dir / "record.json").unlink()
    content = bytearray((run_dir / "state.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (run_dir / "state.npz").write_bytes(content)
    with pytest.raises(RunError, match=r"state\.npz"):
        train(plain(), dataset, TINY, run_dir)


class Subclassed(keras.Model):
    """A network as a class, with a layer that does not tell its arguments."""

    def __init__(self, adapted=False):
        super().__init__()
        self.normalize = keras.layers.Normalization() if adapted else keras.layers.Flatten()
        self.flatten = keras.layers.Flatten()
        self.scale = Scale(np.float32(2))
        self.dense = keras.layers.Dense(10, activation="softmax")

    def call(self, x):
        return self.dense(self.scale(self.flatten(self.normalize(x))))


class Scale(keras.layers.Layer):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def call(self, x):
        return x * self.factor


def test_a_subclassed_model_trains_too_and_again_under_its_next_name(tmp_path, dataset):
    recipe = replace(TINY, epochs=1)
    record = train(Subclassed(), dataset, recipe, tmp_path)
    assert (record.parameters, record.macs) == (1_930, None)
    again = Subclassed()
    assert again.name != record.model
    assert train(again, dataset, recipe, tmp_path) == record


def test_a_network_without_an_input_is_built_for_the_images(tmp_path, dataset):
    model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10, "softmax")])
    prepare(model, dataset, tmp_path)
    assert model.count_params() == 1_930


def test_a_network_that_the_layer_table_refuses_trains(tmp_path, dataset, monkeypatch):
    def refuse(model):
        raise ValueError("layer odd: what is that?")

    monkeypatch.setattr(compiling, "multiply_adds", refuse)
    assert train(plain(), dataset, replace(TINY, epochs=1), tmp_path).macs is None


def test_a_callback_that_stops_the_run_leaves_it_resumable(tmp_path, dataset):
    class Stop(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            self.model.stop_training = True

    with pytest.raises(RunError, match="stopped the run after epoch 1 of 3"):
        train(plain(), dataset, TINY, tmp_path, callbacks=[Stop()])
    assert len(train(plain(), dataset, TINY, tmp_path).history["loss"]) == 3


class Prepared(keras.callbacks.Callback):
    """Stop before the first step."""

    def on_train_begin(self, logs=None):
        raise KeyboardInterrupt


def prepare(model, dataset, run_dir):
    with pytest.raises(KeyboardInterrupt):
        train(model, dataset, TINY, run_dir, callbacks=[Prepared()])


def stacked(*first):
    head = [keras.layers.Flatten(), keras.layers.Dense(10, "softmax")]
    return keras.Sequential([keras.Input((SIDE, SIDE, 3)), *first, *head])


def test_layers_with_adapt_are_adapted_to_the_training_pixels(tmp_path, dataset):
    pixels = dataset.x_train / np.float32(255)
    mean, variance = pixels.mean(axis=(0, 1, 2)), pixels.var(axis=(0, 1, 2))
    layer = keras.layers.Normalization()
    prepare(stacked(layer), dataset, tmp_path / "normalized")
    np.testing.assert_allclose(layer.get_weights()[0], mean, rtol=1e-4)
    np.testing.assert_allclose(layer.get_weights()[1], variance, rtol=1e-4)
    np.testing.assert_allclose(layer(pixels).numpy().mean(axis=(0, 1, 2)), 0, atol=1e-4)
    model = whitened()
    prepare(model, dataset, tmp_path / "whitened")
    patches = np.array(model.get_layer("whiten")(pixels))
    np.testing.assert_allclose(patches.mean(axis=(0, 1, 2)), 0, atol=1e-4)
    # What stands before the layer counts: this one reads halved pixels.
    layer = keras.layers.Normalization()
    prepare(stacked(keras.layers.Rescaling(0.5), layer), dataset, tmp_path / "halved")
    np.testing.assert_allclose(layer.get_weights()[0], mean / 2, rtol=1e-4)


def test_statistics_that_are_set_stay(tmp_path, dataset):
    given = keras.layers.Normalization(mean=[1, 2, 3], variance=[4, 5, 6])
    adapted = keras.layers.Normalization()
    adapted.adapt(np.arange(3, dtype="float32") + np.zeros((2, SIDE, SIDE, 1), "float32"))
    prepare(stacked(given, adapted), dataset, tmp_path)
    np.testing.assert_array_equal(adapted.get_weights()[0], [0, 1, 2])


def test_statistics_go_on_with_the_run(tmp_path, dataset):
    pixels = dataset.x_train / np.float32(255)
    first, second = (keras.layers.Normalization() for _ in range(2))
    first.adapt(2 * pixels)
    interrupted(lambda: stacked(first), dataset, TINY, tmp_path)
    prepare(stacked(second), dataset, tmp_path)
    np.testing.assert_array_equal(first.get_weights()[0], second.get_weights()[0])
    np.testing.assert_array_equal(first(pixels), second(pixels))


def test_a_layer_to_adapt_in_a_model_without_a_graph_is_named(tmp_path, dataset):
    model = Subclassed(adapted=True)
    model.normalize.build((None, SIDE, SIDE, 3))
    with pytest.raises(ValueError, match="subclassed.*normalization.*adapt"):
        train(model, dataset, TINY, tmp_path)


def test_several_steps_at_a_time_are_the_same_steps(tmp_path, dataset, monkeypatch):
    losses = []
    for most in (1, 32):
        monkeypatch.setattr(compiling, "MOST_STEPS_AT_ONCE", most)
        keras.utils.set_random_seed(0)
        recipe = replace(TINY, epochs=1, batch_size=4)
        losses.append(train(plain(), dataset, recipe, tmp_path / str(most)).history["loss"])
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-6)


def test_run_json_is_readable(finished):
    _, _, run_dir = finished
    run = json.loads((run_dir / "run.json").read_text())
    assert run["model"] == "plain" and run["versions"]["keras"] == keras.__version__
