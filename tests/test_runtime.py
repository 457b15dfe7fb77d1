"""lessons_src.runtime: budget, device, and what it keeps off the pages."""

from lessons_src import runtime

import keras
import pytest


@pytest.mark.parametrize("name", ["smoke", "cpu", "gpu"])
def test_environment_overrides_the_budget(monkeypatch, name):
    monkeypatch.setenv("LESSONS_BUDGET", name)
    budget = runtime.setup()
    assert budget.name == name
    assert str(budget).startswith(f"Budget {name} ") and budget.device in str(budget)


def test_budget_is_detected(monkeypatch):
    monkeypatch.delenv("LESSONS_BUDGET", raising=False)
    assert runtime.setup().name == ("gpu" if runtime.GPUS else "cpu")


def test_unknown_budget_is_refused(monkeypatch):
    monkeypatch.setenv("LESSONS_BUDGET", "huge")
    with pytest.raises(ValueError, match="LESSONS_BUDGET is 'huge'.*smoke, cpu, gpu"):
        runtime.setup()


def test_seed_repeats_the_first_weights():
    draws = []
    for seed in (1, 1, 2):
        runtime.setup(seed)
        draws.append(keras.random.normal((3,)).numpy().tolist())
    assert draws[0] == draws[1] != draws[2]


def test_versions_name_what_decides_a_run():
    assert runtime.versions()["keras"] == keras.__version__
    assert set(runtime.versions()) == {"python", "tensorflow", "keras", "numpy"}


def test_one_device_changes_nothing():
    assert runtime.strategy(1).num_replicas_in_sync == 1
    assert not runtime.tf.distribute.has_strategy()


@pytest.mark.parametrize("devices", [0, 99])
def test_devices_that_are_not_there_are_refused_with_those_that_are(devices):
    with pytest.raises(
        ValueError, match=rf"{devices} devices were asked for; .* sees \d+: /device"
    ):
        runtime.strategy(devices)
