"""lessons_src.runtime: budget, devices, and Keras as the book needs it."""

import json
import os
import random
import subprocess
import sys
from unittest.mock import Mock

from lessons_src import runtime
from lessons_src.errors import BookError

import keras
import numpy as np
import pytest


@pytest.mark.parametrize("name", ["smoke", "cpu", "gpu"])
def test_environment_overrides_the_budget(monkeypatch, name):
    monkeypatch.setenv("LESSONS_BUDGET", name)
    budget = runtime.setup()
    assert budget.name == name
    assert str(budget).startswith(f"Budget {name} ") and budget.device in str(budget)


@pytest.mark.parametrize(("gpus", "name"), [([], "cpu"), (["a GPU"], "gpu")])
@pytest.mark.parametrize("variable", [None, ""])
def test_budget_is_detected(monkeypatch, gpus, name, variable):
    monkeypatch.delenv("LESSONS_BUDGET", raising=False)
    if variable is not None:
        monkeypatch.setenv("LESSONS_BUDGET", variable)
    grown = []
    experimental = runtime.tf.config.experimental
    monkeypatch.setattr(runtime, "GPUS", gpus)
    monkeypatch.setattr(experimental, "get_device_details", lambda gpu: {"device_name": "H100"})
    monkeypatch.setattr(experimental, "set_memory_growth", lambda *gpu: grown.append(gpu))
    budget = runtime.setup()
    assert budget.name == name and grown == [(gpu, True) for gpu in gpus]
    assert budget.device == ("1 × H100" if gpus else runtime.device())


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


def test_the_seed_is_that_of_every_generator():
    drawn = []
    for _ in range(2):
        runtime.setup(5)
        drawn.append((random.random(), np.random.random(), float(keras.random.uniform(()))))
    assert drawn[0] == drawn[1]
    random.seed(5)
    assert drawn[0][0] == random.random()


def test_a_processor_is_told_with_the_cores_that_may_be_used(monkeypatch, tmp_path):
    (tmp_path / "cpuinfo").write_text("processor : 0\nmodel name\t: Some CPU: fast @ 2 GHz\n\n")
    monkeypatch.setattr(runtime, "GPUS", [])
    monkeypatch.setattr(runtime, "Path", lambda path: tmp_path / path.removeprefix("/proc/"))
    monkeypatch.setattr(runtime.sys, "platform", "linux")
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 3, 7}, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    monkeypatch.delenv("TF_NUM_INTRAOP_THREADS")
    assert runtime.device() == "3 CPU cores (Some CPU: fast @ 2 GHz)"
    monkeypatch.delattr(os, "sched_getaffinity")
    assert runtime.device().startswith("64 CPU cores (")
    for threads, told in (("0", "64 CPU cores"), ("1", "1 CPU core"), ("99", "64 CPU cores")):
        monkeypatch.setenv("TF_NUM_INTRAOP_THREADS", threads)
        assert runtime.device().startswith(f"{told} (")


@pytest.mark.parametrize(("used", "name"), [(None, "4 × H100"), (2, "2 × H100")])
def test_gpus_are_told_with_how_many_are_used(monkeypatch, used, name):
    details = {"device_name": "H100"}
    monkeypatch.setattr(runtime, "GPUS", ["GPU"] * 4)
    monkeypatch.setattr(runtime.tf.config.experimental, "get_device_details", lambda gpu: details)
    assert runtime.device(used) == name


@pytest.mark.parametrize(
    ("system", "machine", "flags", "units"),
    [
        ("linux", "x86_64", "fma avx512f avx512_bf16", True),
        ("linux", "x86_64", "fma amx_bf16", True),
        ("linux", "x86_64", "fma avx512f avx512_fp16", False),
        ("linux", "aarch64", "bf16", None),
        ("darwin", "x86_64", "", None),
    ],
)
def test_a_processors_units_for_bfloat16_are_read_where_linux_lists_them(
    monkeypatch, tmp_path, system, machine, flags, units
):
    (tmp_path / "cpuinfo").write_text(f"model name : Some CPU\nflags\t\t: {flags}\n")
    monkeypatch.setattr(runtime, "GPUS", [])
    monkeypatch.setattr(runtime, "Path", lambda path: tmp_path / path.removeprefix("/proc/"))
    monkeypatch.setattr(runtime.sys, "platform", system)
    monkeypatch.setattr(runtime.platform, "machine", lambda: machine)
    assert runtime.bfloat16_units() is units


@pytest.mark.parametrize(
    ("details", "units"),
    [
        ({"compute_capability": (8, 0)}, True),
        ({"compute_capability": (7, 5)}, False),
        ({}, False),
    ],
)
def test_a_gpus_units_for_bfloat16_are_told_by_its_generation(monkeypatch, details, units):
    monkeypatch.setattr(runtime, "GPUS", ["GPU"])
    monkeypatch.setattr(runtime.tf.config.experimental, "get_device_details", lambda gpu: details)
    assert runtime.bfloat16_units() is units


def test_as_many_devices_share_the_batches_as_are_named(monkeypatch):
    logical = [Mock() for _ in range(3)]
    for number, device in enumerate(logical):
        device.name = f"/device:{number}"
    asked = []
    monkeypatch.setattr(runtime, "GPUS", [])
    monkeypatch.setattr(
        runtime.tf.config, "list_logical_devices", lambda kind: asked.append(kind) or logical
    )
    monkeypatch.setattr(runtime.tf.distribute, "MirroredStrategy", list)
    assert runtime.strategy(2) == ["/device:0", "/device:1"]
    monkeypatch.setattr(runtime, "GPUS", ["GPU"])
    assert runtime.strategy(3) == ["/device:0", "/device:1", "/device:2"]
    assert asked == ["CPU", "GPU"]


def test_versions_name_what_decides_a_run():
    assert runtime.versions() == {
        "python": sys.version.split()[0],
        "tensorflow": runtime.tf.__version__,
        "keras": keras.__version__,
        "numpy": np.__version__,
    }


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
