"""lessons_src.records: what is written can be read, and nothing else."""

import json
from dataclasses import replace

from lessons_src.errors import RecordError
from lessons_src.models import ALL_MODELS, build_model
from lessons_src.records import RECORDS, find, load, run_name, run_record

import pytest
from make_record import make_record

PATHS = sorted(RECORDS.glob("*.json"))


def test_a_record_survives_its_file(tmp_path):
    record = make_record(macs=None)
    (tmp_path / "run.json").write_text(record.to_json(), encoding="utf-8")
    assert load(tmp_path / "run.json") == record


def test_what_an_experiment_measured_survives_and_is_left_out_where_there_is_nothing(tmp_path):
    plain = make_record()
    assert plain.measured == {} and "measured" not in plain.to_json()
    record = replace(plain, measured={"share": 0.25})
    (tmp_path / "run.json").write_text(record.to_json(), encoding="utf-8")
    assert load(tmp_path / "run.json") == record != plain


def test_a_record_without_a_precision_is_of_a_run_in_float32(tmp_path):
    content = json.loads(make_record().to_json())
    for kept, read in (("bfloat16", "bfloat16"), (None, "float32")):
        content["recipe"]["precision"] = kept
        if kept is None:
            del content["recipe"]["precision"]
        (tmp_path / "run.json").write_text(json.dumps(content), encoding="utf-8")
        assert load(tmp_path / "run.json").recipe["precision"] == read


def test_a_run_is_named_by_network_recipe_and_seed():
    assert run_name("lenet5", "note", 3) == make_record(seed=3).name == "lenet5-note-seed3"


def test_find_orders_by_data_then_seed_and_leaves_out_other_runs(tmp_path):
    for record in (
        make_record(seed=10),
        make_record(seed=9),
        make_record(seed=1),
        make_record(seed=2, dataset="CIFAR-10"),
        make_record("vgg16"),
        make_record(recipe="tuned"),
    ):
        (tmp_path / f"{record.name}.json").write_text(record.to_json(), encoding="utf-8")
    found = [(run.dataset, run.recipe["seed"]) for run in find("lenet5", "note", tmp_path)]
    assert found == [("CIFAR-10", 2), ("Shapes-10", 1), ("Shapes-10", 9), ("Shapes-10", 10)]
    assert find("resnet18", "note", tmp_path) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.pop("schema"), "schema 1"),
        (lambda c: c.update(schema=0), "schema 1"),
        (lambda c: c.pop("seconds"), "seconds"),
        (lambda c: c.update(speed=3), "speed"),
        (lambda c: c["history"]["loss"].pop(), "'loss' has 1 values, not 2"),
        (lambda c: c["history"]["val_accuracy"].append(0.3), "'val_accuracy' has 3 values, not 2"),
    ],
)
def test_other_files_are_refused_by_name(tmp_path, change, message):
    content = json.loads(make_record().to_json())
    change(content)
    path = tmp_path / "run.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(RecordError, match=f"run.json.*{message}"):
        load(path)


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", make_record().to_json()[:50].encode()])
def test_a_damaged_file_is_refused_by_name(tmp_path, content):
    (tmp_path / "run.json").write_bytes(content)
    with pytest.raises(RecordError, match=r"run\.json is not JSON"):
        load(tmp_path / "run.json")


@pytest.mark.parametrize("content", ["[]", "3", "null", '"schema"'])
def test_json_that_is_no_record_is_refused_by_name(tmp_path, content):
    (tmp_path / "run.json").write_text(content, encoding="utf-8")
    with pytest.raises(RecordError, match=r"run\.json is no run record of schema 1"):
        load(tmp_path / "run.json")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_committed_record_is_whole(path):
    record = load(path)
    accuracies = record.history["val_accuracy"]
    assert record.best_epoch == 1 + accuracies.index(max(accuracies))
    assert record.val_accuracy == accuracies[record.best_epoch - 1]
    assert record.seconds == pytest.approx(sum(record.history["seconds"]))
    assert record in find(record.model, record.recipe["name"])
    if path.stem != record.name:  # the same run on the other copy of the data
        assert path.stem == f"{record.name}-jpeg" and record.dataset == "CIFAR-10 (JPEG copy)"
    assert json.loads(path.read_text())["schema"] == run_record.SCHEMA


@pytest.mark.parametrize("model", sorted({load(path).model for path in PATHS} & set(ALL_MODELS)))
def test_the_committed_records_of_a_network_hold_its_parameters(model):
    built = build_model(model)
    counts = {run.parameters for run in map(load, PATHS) if run.model == model}
    assert counts == {built.count_params()}
