"""Every experiment: its variants are what the records will be found by."""

from lessons_src.experiments import EXPERIMENTS, Experiment, Variant
from lessons_src.experiments.recording import recorded
from lessons_src.experiments.statistics import T_975
from lessons_src.experiments.summary import accuracies, gains, outcome, summary
from lessons_src.models import ALL_MODELS
from lessons_src.training.recipes import NOTE

import numpy as np
import pytest
from experiment_helpers import noise_images
from make_record import make_record

SEARCHES = ("fast_sgd_rates", "mark_trials")  # one run each, which validation images choose from
EVERY = [(e, variant) for e in EXPERIMENTS.values() for variant in e.variants]


@pytest.fixture(scope="module")
def noise():
    return noise_images()


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_no_two_runs_of_an_experiment_share_a_name(experiment):
    labels = [variant.label for variant in experiment.variants]
    runs = [(variant.network, variant.recipe.name) for variant in experiment.variants]
    assert len(set(labels)) == len(set(runs)) == len(experiment.variants)
    assert len(set(experiment.seeds)) == len(experiment.seeds) >= 2 - (experiment.name in SEARCHES)
    assert experiment.name not in ALL_MODELS


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_a_variant_is_compared_with_an_earlier_one(experiment):
    earlier = [None]
    for variant in experiment.variants:
        assert variant.against in earlier, variant.label
        earlier.append(variant.label)
    assert any(variant.against for variant in experiment.variants)


@pytest.mark.parametrize(
    ("experiment", "variant"), EVERY, ids=[f"{e.name}-{v.label}" for e, v in EVERY]
)
def test_a_variant_builds_the_network_that_its_records_name(experiment, variant, noise):
    model = variant.untrained(noise)
    assert model.name == variant.network
    found = recorded(variant)
    assert [run.recipe["seed"] for run in found] == list(range(len(found)))
    assert {run.parameters for run in found} <= {model.count_params()}


def test_depths_compare_each_residual_network_with_the_plain_one():
    variants = EXPERIMENTS["depths"].variants
    assert [v.network for v in variants if v.against is None] == [
        f"thin_plain{depth}" for depth in (8, 14, 20, 32)
    ]
    by_label = {v.label: v for v in variants}
    for variant in variants:
        if variant.against:
            plain = by_label[variant.against]
            assert variant.network == plain.network.replace("plain", "resnet")
            assert variant.recipe == plain.recipe


def test_the_summary_shows_accuracies_and_paired_gains():
    ladder = EXPERIMENTS["ladder"]
    above, head, first, second, *rest = summary(ladder).splitlines()
    counts = [len(recorded(variant)) for variant in ladder.variants]
    seeds = " to ".join(map(str, dict.fromkeys((min(counts), max(counts)))))
    assert above == f"test accuracy in %, {seeds} seeds, 95 % intervals"
    assert head.split() == ["variant", "mean", "gain", "from", "to"]
    assert len(rest) == len(ladder.variants) - 2
    one, two = ([r.test_accuracy for r in recorded(v)] for v in ladder.variants[:2])
    assert first.split()[-1] == f"{100 * np.mean(one):.1f}"
    found = 100 * np.subtract(two, one)
    half = T_975[len(found) - 2] * found.std(ddof=1) / np.sqrt(len(found))
    ends = [f"{end:+.1f}" for end in (found.mean() - half, found.mean() + half)]
    assert second.split()[-3:] == [f"{found.mean():+.1f}", *ends]


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_the_summary_fits_on_a_telephone(experiment):
    width = 48  # of characters in a page's output, 390 pixels wide: course.css
    numbers = " 50.0 -10.0 -10.0 -10.0"
    long = [v.label for v in experiment.variants if len(v.label + numbers) > width]
    assert not long, f"labels of more than {width - len(numbers)} characters"
    assert max(map(len, summary(experiment).splitlines())) <= width
    runs = [run for variant in experiment.variants for run in recorded(variant)]
    if runs and all("recomputed" in run.measured for run in runs):
        assert max(map(len, summary(experiment, of="recomputed").splitlines())) <= width


def test_a_gain_is_over_the_variant_that_another_one_is_compared_with(tmp_path):
    first, second, third = (
        Variant(label, label, NOTE, against)
        for label, against in zip("abc", (None, "a", "b"), strict=True)
    )
    for network, values in (("a", (0.1, 0.1)), ("b", (0.3, 0.3)), ("c", (0.5, 0.4))):
        for seed, accuracy in enumerate(values):
            fields = {"test_accuracy": accuracy, "measured": {"twice": 2 * accuracy}}
            run = make_record(network, seed=seed, dataset="CIFAR-10", **fields)
            (tmp_path / f"{run.name}.json").write_text(run.to_json(), encoding="utf-8")
    three = Experiment("three", (first, second, third), (0, 1))
    assert accuracies(three, tmp_path) == {"a": [0.1, 0.1], "b": [0.3, 0.3], "c": [0.5, 0.4]}
    gained = {label: found.mean for label, found in gains(three, tmp_path).items()}
    assert gained == {"b": pytest.approx(0.2), "c": pytest.approx(0.15)}
    table = summary(three, tmp_path)
    _, _, *lines = [line.split() for line in table.splitlines()]
    assert lines == [
        ["a", "10.0"],
        ["b", "30.0", "+20.0", "+20.0", "+20.0"],
        ["c", "45.0", "+15.0", "-48.5", "+78.5"],
    ]
    above, _, _, *lines = summary(three, tmp_path, of="twice").splitlines()
    assert above.startswith("twice in %")
    assert lines[0].split() == ["b", "60.0", "+40.0", "+40.0", "+40.0"]
    (tmp_path / f"{run.name}.json").unlink()  # the last one of c
    assert outcome(three, "b", tmp_path) == "+20.0 points, 95 % interval +20.0 to +20.0"
    assert outcome(three, "c", tmp_path) == "1 of 2 seeds recorded"
    above, *_, last = summary(three, tmp_path).splitlines()
    assert "1 to 2 seeds" in above
    assert last.split() == ["c", "50.0"]  # one seed has no gain
    assert list(gains(three, tmp_path)) == ["b"]


def test_the_summary_of_what_is_not_recorded_has_no_numbers(tmp_path):
    ladder = EXPERIMENTS["ladder"]
    above, _, *lines = summary(ladder, tmp_path).splitlines()
    assert "0 seeds" in above
    assert lines == [variant.label for variant in ladder.variants]
