from dataclasses import replace

from lessons_src import reports
from lessons_src.records import RunRecord

RUN = RunRecord(
    model="lenet5",
    parameters=62_006,
    macs=651_720,
    dataset="Shapes-10",
    fingerprint="0123456789abcdef",
    images={"train": 18_000, "val": 5, "test": 5},
    recipe={"name": "note", "epochs": 2, "batch_size": 32, "seed": 0},
    device="2 CPU cores",
    versions={"tensorflow": "2.21.0"},
    seconds=150,
    history={
        "loss": [2.0, 1.0],
        "accuracy": [0.1, 0.3],
        "val_loss": [2.0, 1.5],
        "val_accuracy": [0.1, 0.2],
    },
    best_epoch=2,
    val_accuracy=0.2,
    test_loss=1.1,
    test_accuracy=0.25,
)


def test_a_run_that_was_not_measured_is_said_to_be_so():
    assert "Not yet measured" in reports.recorded([]).data
    assert "<img" not in reports.recorded([]).data


def test_one_run_has_no_average():
    html = reports.recorded([RUN]).data
    for text in ("18,000 training images", "2 epochs", "1 seed:", "test accuracy 25.0%."):
        assert text in html
    assert "average" not in html and html.count("<img") == 1


def test_several_runs_have_an_average_and_a_range():
    other = replace(RUN, test_accuracy=0.35, best_epoch=1, recipe={**RUN.recipe, "seed": 1})
    html = reports.recorded([RUN, other]).data
    assert "2 seeds: test accuracy 30.0% on average, 25.0% to 35.0%" in html
    assert "Best epoch by validation: 2, 1." in html


def test_runs_on_different_data_are_shown_apart():
    html = reports.recorded([RUN, replace(RUN, dataset="CIFAR-10", test_accuracy=0.35)]).data
    assert "on Shapes-10" in html and "test accuracy 25.0%." in html
    assert "on CIFAR-10" in html and "test accuracy 35.0%." in html
    assert "average" not in html and html.count("<img") == 2
