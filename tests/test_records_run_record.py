"""lessons_src.records: what is written can be read, and nothing else."""

import json
from dataclasses import replace

from lessons_src import records
from lessons_src.models import build_model
from lessons_src.records import RECORDS, RunRecord, find, load, run_record

import pytest

RECORD = RunRecord(
    model="lenet5",
    parameters=62_006,
    macs=651_720,
    dataset="Shapes-10",
    fingerprint="0123456789abcdef",
    images={"train": 10, "val": 5, "test": 5},
    recipe={"name": "note", "epochs": 2, "seed": 1},
    device="2 CPU cores",
    versions={"keras": "3.15.1"},
    seconds=1.5,
    history={"loss": [2.0, 1.0], "val_accuracy": [0.1, 0.2]},
    best_epoch=2,
    val_accuracy=0.2,
    test_loss=1.1,
    test_accuracy=0.25,
)


def test_a_record_survives_its_file(tmp_path):
    (tmp_path / "run.json").write_text(RECORD.to_json())
    assert load(tmp_path / "run.json") == RECORD


def test_find_orders_by_data_and_seed_and_ignores_others(tmp_path):
    for name, record in {
        "a": replace(RECORD, recipe={**RECORD.recipe, "seed": 2}),
        "b": RECORD,
        "c": replace(RECORD, model="vgg16"),
        "d": replace(RECORD, recipe={**RECORD.recipe, "name": "tuned"}),
        "e": replace(RECORD, dataset="CIFAR-10", recipe={**RECORD.recipe, "seed": 3}),
    }.items():
        (tmp_path / f"{name}.json").write_text(record.to_json())
    assert [run.recipe["seed"] for run in find("lenet5", "note", tmp_path)] == [3, 1, 2]
    assert find("resnet18", "note", tmp_path) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.pop("schema"), "schema 1"),
        (lambda c: c.update(schema=0), "schema 1"),
        (lambda c: c.pop("seconds"), "seconds"),
        (lambda c: c.update(speed=3), "speed"),
        (lambda c: c["history"]["loss"].pop(), "'loss' has 1 values, not 2"),
    ],
)
def test_other_files_are_refused_by_name(tmp_path, change, message):
    content = json.loads(RECORD.to_json())
    change(content)
    path = tmp_path / "run.json"
    path.write_text(json.dumps(content))
    with pytest.raises(ValueError, match=f"run.json.*{message}"):
        load(path)


def test_a_cut_file_is_refused_by_name(tmp_path):
    (tmp_path / "run.json").write_text(RECORD.to_json()[:50])
    with pytest.raises(ValueError, match=r"run\.json is not JSON"):
        load(tmp_path / "run.json")


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.json")), ids=lambda path: path.stem)
def test_every_committed_record_is_whole(path):
    record = load(path)
    history = record.history
    assert record.best_epoch == 1 + max(
        range(len(history["val_accuracy"])), key=history["val_accuracy"].__getitem__
    )
    assert record.val_accuracy == history["val_accuracy"][record.best_epoch - 1]
    assert record.seconds == pytest.approx(sum(history["seconds"]))
    assert record in find(record.model, record.recipe["name"])
    name = f"{record.model}-{record.recipe['name']}-seed{record.recipe['seed']}"
    if path.stem != name:  # the same run on the other copy of the data
        assert path.stem == f"{name}-jpeg" and record.dataset == "CIFAR-10 (JPEG copy)"
    assert json.loads(path.read_text())["schema"] == run_record.SCHEMA


def test_weights_are_found_or_the_way_to_make_them_is_told(tmp_path):
    for seed in (1, 0):
        (tmp_path / f"lenet5-note-seed{seed}.weights.h5").touch()
    assert records.weights("lenet5", "note", tmp_path).name == "lenet5-note-seed0.weights.h5"
    with pytest.raises(FileNotFoundError, match="train vgg16 --recipe note"):
        records.weights("vgg16", "note", tmp_path)


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.weights.h5")), ids=lambda path: path.stem)
def test_committed_weights_are_small_and_belong_to_a_record(path):
    assert path.stat().st_size < 1_000_000
    record = load(path.with_name(path.name.replace(".weights.h5", ".json")))
    model = build_model(record.model)
    model.load_weights(path)
    assert model.count_params() == record.parameters
