"""lessons_src.reports: recorded runs in words, tables and figures with alternative texts."""

from dataclasses import replace

from lessons_src.records import LITERATURE, TrainingCost
from lessons_src.reports import cost_table, depths_report, parts, results_table, runs_report

import pytest
from IPython.display import HTML
from make_record import make_record

RUN = make_record()


@pytest.fixture
def shown(monkeypatch):
    """The figures that a report shows, each with its alternative text; none is drawn."""
    kept = []

    def keep(figure, alt):
        kept.append((figure, alt))
        return HTML("<img>")

    monkeypatch.setattr(parts, "show", keep)
    return kept


# Runs of one network.


OTHER = make_record(
    seed=1,
    test_accuracy=0.35,
    best_epoch=1,
    seconds=299,
    history={**RUN.history, "val_accuracy": [0.2, 0.4]},
)


def test_a_run_that_was_not_measured_is_said_to_be_so(shown):
    assert runs_report([]).data == "<p>Not yet measured.</p>" and shown == []


def test_one_run_is_reported_without_an_average(shown):
    text = (
        "lenet5 on Shapes-10: 18,000 training images, 2 epochs, batches of 32, 1 seed: "
        "test accuracy 25.0%. Best epoch by validation: 2. "
        "2 minutes of training per run on 2 CPU cores, TensorFlow 2.21.0."
    )
    assert runs_report([RUN]).data == f"<p>{text}</p><img>"
    [(figure, alt)] = shown
    assert alt == f"Accuracy and loss by epoch. {text}"
    assert list(figure.axes[0].lines[1].get_ydata()) == RUN.history["val_accuracy"]


def test_several_runs_have_an_average_and_ranges(shown):
    html = runs_report([RUN, OTHER]).data
    assert "2 seeds: test accuracy 30.0% on average, 25.0% to 35.0% over the seeds." in html
    assert "Best epoch by validation: 2, 1. 2 to 5 minutes of training per run on 2 CPU" in html
    [(figure, _)] = shown
    labels = [text.get_text() for text in figure.legends[0].get_texts()]
    assert labels == ["seed 0", "seed 1", "training", "validation"]
    assert list(figure.axes[0].lines[3].get_ydata()) == [0.2, 0.4]


@pytest.mark.parametrize(
    ("seconds", "time"),
    [((27, 75), "27 to 75 seconds"), ((30.2, 30.4), "30 seconds"), ((119, 121), "2 minutes")],
)
@pytest.mark.usefixtures("shown")
def test_short_trainings_are_told_in_seconds(seconds, time):
    runs = [replace(run, seconds=s) for run, s in zip((RUN, OTHER), seconds, strict=True)]
    assert f"2, 1. {time} of training per run" in runs_report(runs).data


@pytest.mark.usefixtures("shown")
def test_every_machine_is_named():
    html = runs_report([RUN, replace(OTHER, device="one <fast> GPU")]).data
    assert "on 2 CPU cores, TensorFlow 2.21.0 and one &lt;fast&gt; GPU, TensorFlow 2.21.0." in html


def test_runs_on_different_data_are_reported_apart(shown):
    html = runs_report([RUN, replace(RUN, dataset="CIFAR-10", test_accuracy=0.35)]).data
    assert "on Shapes-10" in html and "test accuracy 25.0%." in html
    assert "on CIFAR-10" in html and "test accuracy 35.0%." in html
    assert "average" not in html and len(shown) == 2


# Networks of several depths.


THIN = make_record("thin_plain8", "depths", images={"train": 300}, seconds=90)


def test_what_every_family_has_is_reported(shown):
    better = replace(THIN, history={"accuracy": [0.3, 0.9]})
    runs = {"plain": {8: [THIN], 14: [THIN]}, "residual": {8: [better, THIN], 14: []}}
    html = depths_report(runs).data
    assert html == (
        "<p>Shapes-10, 300 images, 2 epochs, batches of 32, 3 runs, 4 minutes of training on "
        "2 CPU cores, TensorFlow 2.21.0.</p><img>"
    )
    [(figure, alt)] = shown
    last = "plain, 8 layers, 25.0%; residual, 8 layers, 17.5%"
    assert alt == f"Training error by epoch. At the end: {last}"
    plain, residual = figure.axes
    assert list(plain.lines[0].get_ydata()) == pytest.approx([0.5, 0.25])
    assert list(residual.lines[0].get_ydata()) == pytest.approx([0.7, 0.1])
    assert figure.get_suptitle() == "Shapes-10, 300 images"


def test_no_recorded_depth_is_said(shown):
    runs = {"plain": {8: []}, "residual": {8: [THIN]}}
    assert depths_report(runs).data == "<p>Not yet measured.</p>" and shown == []


# Networks in one table.


def test_each_network_has_a_row_measured_or_not():
    fast = replace(RUN, test_accuracy=0.352)
    slow = replace(RUN, test_accuracy=0.25)
    runs = {"Inception10": [slow, fast], "nobody": []}
    table = results_table(runs, {"Inception10": 0.44, "nobody": 120})
    assert [line.split() for line in table.splitlines()] == [
        ["network", "mean", "lowest", "highest", "seeds", "minutes"],
        ["Inception10", "30.1", "25.0", "35.2", "2", "0.4"],
        ["nobody", "0", "120.0"],
    ]
    assert max(map(len, table.splitlines())) <= 48  # characters of a telephone's line


def test_without_a_measurement_there_are_no_minutes():
    head, row = results_table({"LeNet5": [RUN]}, {}).splitlines()
    assert head.split()[-1] == "seeds"
    assert row.split() == ["LeNet5", "25.0", "25.0", "25.0", "1"]


# Trainings and what they took.


def test_each_training_has_a_row_with_what_is_known():
    two_looks = TrainingCost("fast", "They", 0.9401, "A100", 3.29, 0.36, several_looks=True)
    deep = TrainingCost("deep", "They", 0.93, "2 GPUs", petaflops=12.43)
    table = cost_table([two_looks, deep])
    assert [line.split() for line in table.splitlines()] == [
        ["training", "%", "time", "PFLOP", "device"],
        ["fast*", "94.0", "3.3", "s", "0.36", "A100"],
        ["deep", "93.0", "–", "12.4", "2", "GPUs"],
    ]


@pytest.mark.parametrize(
    ("seconds", "time"),
    [
        (2.015, "2.0 s"),
        (79, "79 s"),
        (119, "119 s"),
        (121, "2 min"),
        (35_900, "598 min"),
        (286_013, "79 h"),
    ],
)
def test_a_time_is_told_in_the_unit_that_suits_it(seconds, time):
    _, row = cost_table([TrainingCost("one", "They", 0.9, "GPU", seconds)]).splitlines()
    assert f" {time} " in row


def test_published_trainings_fit_on_a_telephone():
    own = TrainingCost("ResNet18, tuned", "ours", 0.9, "2 cores", 7_200, 1.3)
    assert max(map(len, cost_table([own, *LITERATURE]).splitlines())) <= 46
