"""lessons_src.training.workers: two processes train as one, and none waits for a dead one."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

from lessons_src.errors import RunError, UsageError
from lessons_src.records import load
from lessons_src.training import train
from lessons_src.training.cluster import Cluster, free_ports
from lessons_src.training.run_directory import as_json, identity
from lessons_src.training.workers import Workers

import keras
import numpy as np
import pytest
from training_helpers import SHARED, TINY, drawn, plain

SCRIPT = Path(__file__).parent / "several_workers.py"


def run_two(folder, *names):
    """Let two workers train; return what each prints, and its exit code."""
    addresses = tuple(f"127.0.0.1:{port}" for port in free_ports(2))
    processes = [
        subprocess.Popen(
            [sys.executable, SCRIPT, folder, *names],
            env={
                **os.environ,
                "TF_CONFIG": Cluster(addresses, index).config(),
                "CUDA_VISIBLE_DEVICES": "",
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        for index in range(2)
    ]
    try:
        return [(each.communicate(timeout=900)[0], each.returncode) for each in processes]
    finally:
        for each in processes:
            each.kill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A run without normalization, one with, and the same killed in its second epoch."""
    folder = tmp_path_factory.mktemp("workers")
    (said, code), killed = run_two(folder, "plain", "whole", "killed")
    assert killed == ("", -signal.SIGKILL)
    assert code == 1, said
    (folder / "said").write_text(said)
    return folder


def states(*run_dirs):
    loaded = [np.load(run_dir / "state.npz") for run_dir in run_dirs]
    for name in set(loaded[0].files) - {"history"}:
        yield name, *(each[name] for each in loaded)


@pytest.mark.slow
def test_two_workers_train_as_one_process_does_at_the_same_global_batch(folder, tmp_path):
    keras.utils.set_random_seed(3)
    build, images, recipe = SHARED["plain"]
    alone = train(build(), drawn(images), recipe, tmp_path)
    shared = load(folder / "plain" / "record.json")
    assert shared.device.startswith("2 workers of ")
    for name in set(alone.history) - {"seconds"}:
        np.testing.assert_allclose(shared.history[name], alone.history[name], rtol=1e-4)
    for name, one, two in states(tmp_path, folder / "plain"):
        np.testing.assert_allclose(one, two, atol=1e-5, err_msg=name)


@pytest.mark.slow
def test_all_workers_end_an_epoch_alike_though_each_drops_and_normalizes_its_part(folder):
    for name, chiefs, others in states(folder / "whole", folder / "other whole"):
        np.testing.assert_array_equal(chiefs, others, err_msg=name)
    seeds = [np.load(folder / name / "seeds.npy") for name in ("whole", "other whole")]
    assert seeds[0].shape == (1, 2) and (seeds[0] != seeds[1]).all()  # of dropout's masks
    chiefs, others = (load(folder / name / "record.json") for name in ("whole", "other whole"))
    assert {**chiefs.history, "seconds": 0} == {**others.history, "seconds": 0}


@pytest.mark.slow
def test_a_killed_worker_ends_the_others_and_the_same_command_goes_on_exactly(folder):
    said = (folder / "said").read_text()
    assert "worker 0 of 2: another worker ended or does not answer" in said
    assert "start the same command on all machines again" in said
    assert not (folder / "killed" / "record.json").exists()
    assert run_two(folder, "killed again") == [("", 0), ("", 0)]
    for name, whole, resumed in states(folder / "whole", folder / "killed"):
        np.testing.assert_array_equal(whole, resumed, err_msg=name)
    whole, resumed = (load(folder / name / "record.json") for name in ("whole", "killed"))
    assert {**whole.history, "seconds": 0} == {**resumed.history, "seconds": 0}
    assert whole.test_loss == resumed.test_loss


@pytest.mark.parametrize(
    ("images", "workers", "smallest"), [(64, 17, 16), (65, 2, 1), (61, 14, 13)]
)
def test_a_batch_with_no_image_for_some_worker_is_refused(tmp_path, images, workers, smallest):
    with pytest.raises(UsageError, match=rf"{workers} workers cannot share a batch of {smallest}:"):
        train(plain(), drawn(images), TINY, tmp_path, workers=Mock(count=workers))
    assert not list(tmp_path.iterdir())


def test_a_worker_that_would_train_another_run_says_in_what(tmp_path):
    chiefs, own = (identity(plain(), drawn(), replace(TINY, seed=seed)) for seed in (0, 1))
    worker = Mock(
        is_chief=False, index=1, from_chief=lambda _: json.dumps(as_json(chiefs)).encode()
    )
    message = (
        r"worker 1 would train another run than worker 0: recipe\.seed 0, not 1; start the same"
    )
    with pytest.raises(RunError, match=message):
        Workers.share_run(worker, tmp_path, own)
    assert not list(tmp_path.iterdir())
