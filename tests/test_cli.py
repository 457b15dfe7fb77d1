"""python -m lessons_src: results on standard output, errors on one line."""

import json
import os
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

from lessons_src import bench, data, speeds, training
from lessons_src.__main__ import main
from lessons_src.errors import BookError, DownloadError, RecordError, RunError, UsageError
from lessons_src.experiments import EXPERIMENTS, recording
from lessons_src.models import MODELS
from lessons_src.records import Speeds
from lessons_src.records import speeds as records_speeds
from lessons_src.training import cluster
from lessons_src.training.recipes import NOTE, RECIPES, Recipe

import pytest
from make_record import make_record


@pytest.fixture(scope="module", autouse=True)
def few_shapes():
    """Draw Shapes-10 once, and use a part of it."""
    shapes = data.load_dataset("shapes10").subset(256, 64, 64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(data.LOADERS, "shapes10", lambda: shapes)
        yield


def run(capsys, *words):
    code = main(words)
    out, err = capsys.readouterr()
    return code, out, err


def test_models_lists_the_six_networks(capsys):
    code, out, _ = run(capsys, "models")
    head, *lines = out.splitlines()
    assert code == 0 and head.startswith("network") and head.endswith("receptive field")
    assert [line.split() for line in lines] == [
        ["baseline", "198,506", "658,688", "6"],
        ["lenet5", "62,006", "651,720", "16"],
        ["alexnet8", "9,639,178", "117,909,632", "45"],
        ["vgg16", "15,262,026", "313,725,952", "212"],
        ["inception10", "121,418", "12,240,128", "51"],
        ["resnet18", "11,183,562", "555,422,720", "109"],
    ]


def test_models_as_json(capsys):
    _, out, _ = run(capsys, "models", "--json")
    assert json.loads(out)["lenet5"] == {
        "parameters": 62_006,
        "non_trainable": 0,
        "multiply_adds": 651_720,
        "receptive_field": 16,
    }


def test_data_says_what_it_loads(capsys):
    code, out, _ = run(capsys, "data", "shapes10")
    assert code == 0 and out.startswith("Shapes-10 from generated, seed 0, fingerprint ")
    _, sizes, classes = out.splitlines()
    assert sizes == "32×32×3 pixels, 256 train, 64 val, 64 test"
    assert classes.startswith("10 classes: circle, ring, crescent, ")
    _, out, _ = run(capsys, "data", "shapes10", "--json")
    assert json.loads(out)["images"] == {"train": 256, "val": 64, "test": 64}


@pytest.mark.slow
def test_train_then_evaluate(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("LESSONS_BUDGET", "smoke")
    words = ("lenet5", "--data", "shapes10", "--recipe", "reduced", "--run-dir", str(tmp_path))
    code, out, err = run(capsys, "train", *words, "--json")
    record = json.loads(out)
    assert code == 0 and record["model"] == "lenet5" and "epoch 1/1" in err
    code, out, err = run(capsys, "train", *words)
    assert code == 0 and "test accuracy" in out and "epoch" not in err  # finished: not repeated
    code, out, _ = run(capsys, "evaluate", *words, "--json")
    assert code == 0 and json.loads(out)["accuracy"] == record["test_accuracy"]
    assert json.loads(out)["loss"] == pytest.approx(record["test_loss"])
    _, out, _ = run(capsys, "evaluate", *words)
    assert out.startswith("lenet5 on 64 test images of Shapes-10: accuracy ")


@pytest.mark.slow
def test_the_seed_decides_weights_and_run(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("LESSONS_BUDGET", "smoke")
    losses = []
    for seed, name in ((3, "one"), (3, "two"), (4, "three")):
        words = ("lenet5", "--data", "shapes10", "--recipe", "reduced", "--seed", str(seed))
        _, out, _ = run(capsys, "train", *words, "--run-dir", str(tmp_path / name), "--json")
        assert json.loads(out)["recipe"]["seed"] == seed
        losses.append(json.loads(out)["history"]["loss"])
    assert losses[0] == losses[1] != losses[2]


@pytest.mark.slow
def test_the_run_directory_is_named_after_what_is_trained(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    tiny = Recipe("tiny", epochs=1, batch_size=32, images=(32, 32, 32))
    monkeypatch.setitem(RECIPES, "tiny", tiny)
    words = ("lenet5", "--data", "shapes10", "--recipe", "tiny", "--json")
    code, out, _ = run(capsys, "train", *words, "--seed", "2")
    assert code == 0 and json.loads(out)["model"] == "lenet5"
    [record] = (tmp_path / "runs").rglob("record.json")
    assert record.parent == tmp_path / "runs" / "shapes10" / "lenet5-tiny-seed2"


UNKNOWN = {
    "model": "baseline, lenet5, alexnet8",
    "recipe": "note, tuned",
    "data set": "cifar10, shapes10",
    "network": "baseline, lenet5",
    "experiment or model": "permutation, figure_sizes, ",
}


@pytest.mark.parametrize(
    ("words", "kind", "name"),
    [
        (("train", "lenet", "--data", "shapes10"), "model", "lenet"),
        (("train", "lenet5", "--recipe", "sharp"), "recipe", "sharp"),
        (("train", "lenet5", "--data", "mnist"), "data set", "mnist"),
        (("train", "fast11", "--recipe", "reduced"), "network", "fast11"),
        (("data", "mnist"), "data set", "mnist"),
        (("record", "ladders"), "experiment or model", "ladders"),
        (("record", "lenet5", "--recipe", "reduced"), "recipe", "reduced"),
        (("bench", "lenet"), "model", "lenet"),
    ],
)
def test_an_unknown_name_is_an_error_that_lists_the_known_ones(capsys, words, kind, name):
    code, out, err = run(capsys, *words)
    assert (code, out) == (1, "") and err.count("\n") == 1
    assert err.startswith(f"error: unknown {kind} {name!r}; the known ones are {UNKNOWN[kind]}")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("train", "lenet5", "--data", "shapes10", "--devices", "99"), "99 devices were asked for"),
        (("train", "lenet5", "--data", "shapes10", "--recipe", "fast"), "lenet5 flattens its maps"),
        (("evaluate", "lenet5", "--data", "shapes10", "--run-dir", "none"), "best.weights.h5"),
        (("record", "ladder", "--recipe", "note"), "ladder has recipes of its own"),
    ],
)
def test_what_does_not_fit_is_an_error_of_one_line(capsys, tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, *words)
    *progress, error = err.splitlines()
    assert (code, out) == (1, "") and error.startswith("error: ") and message in error
    assert not any("rror" in line or "Traceback" in line for line in progress)


def test_a_run_directory_that_cannot_be_made_is_an_error(capsys, tmp_path):
    (tmp_path / "file").touch()
    words = ("train", "lenet5", "--data", "shapes10", "--run-dir", str(tmp_path / "file" / "run"))
    code, _, err = run(capsys, *words)
    assert code == 1 and err.startswith(f"error: {tmp_path}/file/run: Not a directory")


def test_an_environment_that_points_nowhere_is_an_error(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("CIFAR10_DIR", str(tmp_path / "nowhere"))
    code, _, err = run(capsys, "data")
    assert code == 1 and "nowhere" in err and err.count("\n") == 1


@pytest.mark.parametrize("kind", [UsageError, DownloadError, RunError, RecordError, BookError])
def test_the_packages_own_errors_are_printed_on_one_line(capsys, monkeypatch, kind):
    monkeypatch.setattr(data, "load_dataset", Mock(side_effect=kind("too  bad,\n try again")))
    assert run(capsys, "data") == (1, "", "error: too bad, try again\n")


@pytest.mark.parametrize("kind", [ValueError, TypeError, KeyError, RuntimeError, OSError])
def test_a_bug_keeps_its_traceback(monkeypatch, kind):
    monkeypatch.setattr(data, "load_dataset", Mock(side_effect=kind("a bug")))
    with pytest.raises(kind, match="a bug"):
        main(["data"])


def test_ctrl_c_ends_a_command_without_a_traceback(capsys, monkeypatch):
    monkeypatch.setattr(data, "load_dataset", Mock(side_effect=KeyboardInterrupt))
    assert run(capsys, "data") == (130, "", "interrupted\n")


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("train", "lenet5", "--seed", "-1"),
        ("train", "lenet5", "--devices", "0"),
        ("train", "lenet5", "--devices", "2", "--workers", "2"),
        ("train", "lenet5", "--workers", "0"),
        ("train", "lenet5", "--precision", "float16"),
        ("bench", "--batch", "0"),
        ("bench", "--rounds", "0"),
        ("bench", "--seconds", "nan"),
        ("speeds", "--rounds", "1"),
        ("record", "lenet5", "--seeds", "none"),
    ],
)
def test_bad_usage_is_refused_before_anything_is_done(capsys, words):
    with pytest.raises(SystemExit) as exit_:
        main(words)
    assert exit_.value.code == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_without_options_the_note_is_trained_from_seed_0_on_one_device(capsys, monkeypatch):
    told = []
    monkeypatch.chdir("/")
    monkeypatch.setattr(
        data, "load_dataset", lambda name: told.append(name) or data.LOADERS["shapes10"]()
    )

    def train(model, dataset, recipe, run_dir, callbacks, workers):
        assert workers is None
        told.append((model.name, recipe, str(run_dir), [type(c).__name__ for c in callbacks]))
        return make_record()

    monkeypatch.setattr(training, "train", train)
    monkeypatch.setattr(Path, "mkdir", lambda path, **options: None)
    code, out, err = run(capsys, "train", "lenet5")
    assert told == [None, ("lenet5", NOTE, "runs/shapes10/lenet5-note-seed0", ["Progress"])]
    assert (code, err) == (0, "training lenet5 on Shapes-10 in runs/shapes10/lenet5-note-seed0\n")
    assert out == (
        "lenet5 on Shapes-10: best epoch 2 of 5, validation accuracy 0.2000, "
        "test accuracy 0.2500\n"
        "150 s of training on 2 CPU cores; runs/shapes10/lenet5-note-seed0/record.json\n"
    )


@pytest.mark.parametrize("index", [0, 1])
def test_of_several_workers_the_chief_alone_prints_and_keeps(capsys, monkeypatch, tmp_path, index):
    told = []

    @contextmanager
    def cluster_of(count, command):
        told.append((count, command))
        yield "cluster"

    def train(model, dataset, recipe, run_dir, callbacks=(), workers=None):
        told.append((str(run_dir), len(callbacks), recipe.precision, workers.is_chief))
        return make_record()

    monkeypatch.setattr(cluster, "cluster_of", cluster_of)
    monkeypatch.setattr(
        "lessons_src.training.workers.Workers",
        lambda found: {"cluster": Mock(is_chief=index == 0)}[found],
    )
    monkeypatch.setattr(training, "train", train)
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "2")
    words = ["train", "lenet5", "--data", "shapes10", "--run-dir", str(tmp_path / "run")]
    words += ["--workers", "2", "--precision", "bfloat16"]
    code, out, err = run(capsys, *words)
    (count, command), (run_dir, callbacks, precision, is_chief) = told
    assert (code, count, precision) == (0, 2, "bfloat16")
    assert command == [sys.executable, "-m", "lessons_src", *words]
    assert is_chief == bool(callbacks) == (run_dir == str(tmp_path / "run")) == (index == 0)
    assert (tmp_path / "run").exists() == bool(out) == bool(err) == (index == 0)
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "3"


def test_without_options_the_six_networks_are_measured_in_two_batch_sizes(capsys, monkeypatch):
    asked = []

    def measure(network, batch, seconds, rounds, torch):
        asked.append((network, batch, seconds, rounds, torch))
        return bench.Speed(network, batch, 100, 110, 0.1, 1, 2)

    monkeypatch.setattr(bench, "bench", measure)
    code, out, err = run(capsys, "bench")
    assert asked == [(name, batch, 5, 3, None) for name in MODELS for batch in (32, 128)]
    assert code == 0 and len(out.splitlines()) == 2 + 12
    assert [line.split()[:2] for line in err.splitlines()] == [[n, str(b)] for n, b, *_ in asked]


def test_speeds_are_kept_on_request_alone(capsys, monkeypatch, tmp_path):
    asked, kept = [], tmp_path / "speeds.json"
    found = Speeds("2 CPU cores", {}, 32, {name: [100.0, 100.0] for name in MODELS})
    monkeypatch.setattr(records_speeds, "SPEEDS", kept)
    monkeypatch.setattr(speeds, "measure", lambda *words: asked.append(words) or found)
    code, out, _ = run(capsys, "speeds", "--rounds", "2", "--json")
    assert (code, json.loads(out)["batch"]) == (0, 32) and not kept.exists()
    code, out, _ = run(capsys, "speeds", "--keep")
    assert (code, len(out.splitlines())) == (0, 2 + 6)
    assert kept.read_text(encoding="utf-8") == found.to_json()
    assert asked == [(MODELS, 5, 2), (MODELS, 5, 9)]


def test_record_trains_a_network_by_its_recipe_and_seeds(capsys, monkeypatch):
    cifar10, requests = object(), []
    monkeypatch.setattr(data, "load_dataset", lambda name: {"cifar10": cifar10}[name])

    def record_all(experiment, dataset):
        [variant] = experiment.variants
        requests.append((variant.network, variant.recipe, experiment.seeds, dataset is cifar10))
        yield make_record(seed=3, test_accuracy=0.5)

    monkeypatch.setattr(recording, "record_all", record_all)
    code, out, err = run(capsys, "record", "lenet5", "--recipe", "tuned", "--seeds", "3", "4")
    assert (code, err) == (0, "lenet5-note-seed3: test accuracy 0.5000\n")
    assert out.splitlines()[0] == "test accuracy in %, 0 seeds, 95 % intervals"
    assert out.splitlines()[2].split() == ["lenet5", "tuned"]
    _, out, _ = run(capsys, "record", "lenet5", "--json")
    assert json.loads(out) == [{"run": "lenet5-note-seed3", "test_accuracy": 0.5, "seconds": 150.0}]
    assert requests == [
        ("lenet5", RECIPES["tuned"], (3, 4), True),
        ("lenet5", RECIPES["note"], (0,), True),
    ]


def test_record_trains_an_experiment_by_its_name(capsys, monkeypatch):
    requests = []
    monkeypatch.setattr(data, "load_dataset", lambda name: name)
    monkeypatch.setattr(
        recording, "record_all", lambda experiment, dataset: requests.append(experiment) or []
    )
    assert run(capsys, "record", "ladder")[0] == 0
    assert run(capsys, "record", "depths", "--seeds", "7")[0] == 0
    assert requests == [EXPERIMENTS["ladder"], replace(EXPERIMENTS["depths"], seeds=(7,))]


def test_a_smoke_record_takes_drawn_images_and_keeps_nothing(capsys, monkeypatch):
    monkeypatch.setattr(data, "load_dataset", lambda name: name)
    monkeypatch.setattr(
        recording, "try_all", lambda experiment, dataset: [make_record(dataset=dataset)]
    )
    code, out, err = run(capsys, "record", "lenet5", "--smoke")
    assert (code, out) == (0, "") and err.startswith("lenet5-note-seed0")
