"""The one place that keeps records: whole, once, of the original data, with the weights of some."""

from dataclasses import replace

from lessons_src.data import Dataset
from lessons_src.errors import DatasetError
from lessons_src.experiments import Experiment, Variant, recording
from lessons_src.experiments.recording import record_all, recorded, runs_by_label, try_all
from lessons_src.records import find, half_weights, load
from lessons_src.training import load_best_weights
from lessons_src.training.recipes import NOTE

import keras
import numpy as np
import pytest
from keras import layers
from make_record import make_record

pytestmark = pytest.mark.slow


def tiny(name):
    """Return what builds a network of 26 weights, with dropout, under a network's name."""

    def build(dataset):
        inputs = keras.Input((4, 4, 3))
        x = layers.GlobalAveragePooling2D()(layers.Conv2D(2, 1, name="conv")(inputs))
        x = layers.Dropout(0.5, name="drop")(x)
        outputs = layers.Dense(10, activation="softmax", name="predictions")(x)
        return keras.Model(inputs, outputs, name=name)

    return build


def variant(network):
    return Variant(network, network, replace(NOTE, epochs=3, batch_size=8), build=tiny(network))


# Of lenet5 by the recipe "note" the weights are kept, of vgg16 they are not.
EXPERIMENT = Experiment("both", (variant("lenet5"), variant("vgg16")), seeds=(0, 1))
ALONE = replace(EXPERIMENT, variants=EXPERIMENT.variants[:1], seeds=(0,))


@pytest.fixture(scope="module")
def data():
    """Drawn images under the title of the original CIFAR-10."""
    random = np.random.default_rng(0)
    arrays = {}
    for split, count in (("train", 32), ("val", 40), ("test", 16)):
        arrays[f"x_{split}"] = random.integers(0, 256, (count, 4, 4, 3), dtype="uint8")
        arrays[f"y_{split}"] = random.integers(0, 10, count)
    return Dataset(**arrays, class_names=tuple("0123456789"), name="cifar10", source="drawn")


@pytest.fixture(scope="module")
def kept(data, tmp_path_factory):
    """The folder of the records, that of the runs, and what was yielded."""
    folder, run_dirs = tmp_path_factory.mktemp("records"), tmp_path_factory.mktemp("runs")
    return folder, run_dirs, list(record_all(EXPERIMENT, data, folder, run_dirs))


def test_every_variant_is_kept_with_every_seed_one_seed_after_the_other(kept):
    folder, _, yielded = kept
    names = [run.name for run in yielded]
    assert names == [
        "lenet5-note-seed0",
        "vgg16-note-seed0",
        "lenet5-note-seed1",
        "vgg16-note-seed1",
    ]
    assert [load(folder / f"{name}.json") for name in names] == yielded
    assert len({tuple(run.history["loss"]) for run in yielded if run.model == "lenet5"}) == 2


def test_the_records_of_an_experiment_are_found_by_label_and_in_the_order_of_the_seeds(kept):
    folder, _, yielded = kept
    found = runs_by_label(EXPERIMENT, folder)
    assert found == {"lenet5": yielded[::2], "vgg16": yielded[1::2]}


def test_what_a_variant_measures_of_the_trained_network_is_in_its_record(data, tmp_path):
    def measure(model, dataset):
        right = np.mean(model(dataset.x_test / 255).numpy().argmax(axis=1) == dataset.y_test)
        return {"right": float(right)}

    [plain] = ALONE.variants
    alone = replace(ALONE, variants=(replace(plain, measure=measure),))
    [record] = record_all(alone, data, tmp_path / "records", tmp_path / "runs")
    assert record.measured == {"right": pytest.approx(record.test_accuracy)}
    assert recorded(plain, tmp_path / "records") == [record]


def test_each_seed_decides_the_weights_that_a_run_begins_with(data, monkeypatch, tmp_path):
    begun = []

    def train(model, dataset, recipe, run_dir, callbacks):
        begun.append(model.get_weights()[0])
        return make_record("vgg16", seed=recipe.seed)

    monkeypatch.setattr(recording, "train", train)
    experiment = replace(EXPERIMENT, variants=EXPERIMENT.variants[1:], seeds=(5, 6))
    assert [run.name for run in record_all(experiment, data, tmp_path, tmp_path)] == [
        "vgg16-note-seed5",
        "vgg16-note-seed6",
    ]
    for seed, weights in zip((5, 6), begun, strict=True):
        keras.utils.set_random_seed(seed)
        np.testing.assert_array_equal(weights, tiny("vgg16")(data).get_weights()[0])


def test_weights_are_kept_by_the_list_and_of_the_first_seed(kept):
    folder, _, _ = kept
    weights = [path.name for path in folder.iterdir() if path.suffix != ".json"]
    assert weights == ["lenet5-note-seed0.weights.npz"]


def test_the_kept_weights_are_those_of_the_best_epoch(kept, data):
    folder, run_dirs, _ = kept
    best, half = tiny("lenet5")(data), tiny("lenet5")(data)
    load_best_weights(best, run_dirs / "cifar10" / "lenet5-note-seed0")
    half_weights.load(half, folder / "lenet5-note-seed0.weights.npz")
    for one, other in zip(best.get_weights(), half.get_weights(), strict=True):
        np.testing.assert_array_equal(one.astype("float16"), other)


def test_what_is_recorded_is_not_trained_again(kept, data, monkeypatch, tmp_path):
    folder, _, yielded = kept
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    monkeypatch.delattr(recording, "train")
    assert list(record_all(EXPERIMENT, data, folder, tmp_path)) == yielded
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_an_interrupted_recording_keeps_nothing_and_goes_on(kept, data, monkeypatch, tmp_path):
    class Interrupt(keras.callbacks.Callback):
        def __init__(self, stream):
            super().__init__()

        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 2:
                raise KeyboardInterrupt

    folder, run_dirs = tmp_path / "records", tmp_path / "runs"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(recording, "Progress", Interrupt)
        with pytest.raises(KeyboardInterrupt):
            list(record_all(ALONE, data, folder, run_dirs))
    assert list(folder.iterdir()) == []
    begun = []
    monkeypatch.setattr(
        recording,
        "Progress",
        lambda stream: keras.callbacks.LambdaCallback(
            on_epoch_begin=lambda epoch, logs: begun.append(epoch)
        ),
    )
    [resumed] = record_all(ALONE, data, folder, run_dirs)
    assert begun == [2]
    whole = kept[2][0]
    for name in ("loss", "val_loss", "val_accuracy"):
        assert resumed.history[name] == whole.history[name]
    assert resumed.test_loss == whole.test_loss


def test_a_record_comes_after_the_weights_that_belong_to_it(kept, data, monkeypatch, tmp_path):
    def fail(model, path):
        raise OSError("no space left")

    _, run_dirs, _ = kept
    monkeypatch.setattr(half_weights, "save", fail)
    with pytest.raises(OSError, match="no space left"):
        list(record_all(ALONE, data, tmp_path, run_dirs))
    assert list(tmp_path.iterdir()) == []


def test_records_of_other_data_do_not_count_and_give_way(kept, data, tmp_path):
    _, run_dirs, [original, *_] = kept
    copy = make_record(dataset="CIFAR-10 (JPEG copy)")
    path = tmp_path / f"{copy.name}.json"
    path.write_text(copy.to_json(), encoding="utf-8")
    assert recorded(ALONE.variants[0], tmp_path) == []
    assert list(record_all(ALONE, data, tmp_path, run_dirs)) == [original]
    assert find("lenet5", "note", tmp_path) == [original]


@pytest.mark.parametrize(
    ("change", "title"),
    [({"name": "shapes10"}, "Shapes-10"), ({"copy": "JPEG copy"}, r"CIFAR-10 \(JPEG copy\)")],
)
def test_other_data_than_the_original_are_refused(data, tmp_path, change, title):
    with pytest.raises(DatasetError, match=f"of CIFAR-10 itself, not of {title}: .*CIFAR10_DIR"):
        next(record_all(ALONE, replace(data, **change), tmp_path, tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_try_trains_each_variant_for_a_moment(data, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    long = replace(variant("vgg16").recipe, epochs=40, small_epochs=20)
    slow = replace(EXPERIMENT, variants=(replace(variant("vgg16"), recipe=long),))
    [run] = try_all(slow, data)
    assert (run.recipe["epochs"], run.recipe["small_epochs"]) == (3, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_variant_with_data_of_its_own_sees_them_alone(data, tmp_path):
    own = replace(data, name="shapes10", x_test=np.zeros_like(data.x_test), y_test=data.y_test * 0)
    alone = replace(ALONE.variants[0], data=lambda: own)
    [run] = record_all(replace(ALONE, variants=(alone,)), data, tmp_path, tmp_path / "runs")
    assert (run.dataset, run.fingerprint) == ("Shapes-10", own.fingerprint)
    assert recorded(alone, tmp_path) == [run]
