"""lessons_src.runtime: budget, devices, and Keras as the book needs it."""

import json
import os
import subprocess
import sys

from lessons_src import runtime
from lessons_src.errors import BookError

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


@pytest.mark.slow
def test_another_projects_settings_are_overridden_with_a_note(tmp_path):
    settings = {"image_data_format": "channels_first", "floatx": "float64", "epsilon": 0.01}
    (tmp_path / "keras.json").write_text(json.dumps({**settings, "backend": "jax"}))
    code = (
        "from lessons_src.models import build_model\n"
        "import keras\n"
        "conv = build_model('baseline').layers[1]\n"
        "print(conv.output.shape, conv.dtype, keras.config.epsilon(), keras.backend.backend())\n"
        "keras.config.set_floatx('float16')\n"
        "build_model('lenet5')\n"
        "print(keras.config.floatx())"
    )
    environment = {**os.environ, "KERAS_HOME": str(tmp_path), "KERAS_BACKEND": "jax"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    # What is set after the book's code has begun is the reader's wish.
    assert done.stdout.splitlines() == ["(None, 32, 32, 6) float32 1e-07 tensorflow", "float16"]
    notes = [line for line in done.stderr.splitlines() if "keras.json" in line or "KERAS" in line]
    assert [note.split()[0] for note in notes] == ["KERAS_BACKEND", *runtime.KERAS_DEFAULTS]
    assert "'channels_first'" in notes[1]


def test_a_keras_that_already_runs_on_something_else_is_refused(monkeypatch):
    runtime.use_keras_defaults.cache_clear()
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(BookError, match="already runs on jax.*restart.*KERAS_BACKEND=tensorflow"):
        runtime.setup()
