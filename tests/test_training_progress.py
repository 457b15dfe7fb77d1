"""lessons_src.training.progress: a line per epoch, more in long ones."""

import io
from itertools import count

from lessons_src.training import progress
from lessons_src.training.progress import Progress

import pytest


@pytest.mark.parametrize(("seconds", "steps"), [(3, []), (8, [2, 4]), (16, [1, 2, 3, 4])])
def test_a_line_per_epoch_and_others_after_a_silence(monkeypatch, seconds, steps):
    clock = count(100, seconds)  # at the beginning, after each batch, and at the end
    monkeypatch.setattr(progress.time, "perf_counter", lambda: next(clock))
    stream = io.StringIO()
    report = Progress(stream)
    report.set_params({"steps": 4, "epochs": 3})
    report.on_epoch_begin(1)
    for batch in range(4):
        report.on_train_batch_end(batch, {"loss": 1.5})
    report.on_epoch_end(1, {"loss": 1.25, "val_loss": 2})
    *within, last = stream.getvalue().splitlines()
    assert last == f"epoch 2/3: {5 * seconds}.0 s, loss 1.250, val_loss 2.000"
    assert within == [
        f"epoch 2/3: step {step}/4, {seconds * (4 - step)} s left in this epoch, loss 1.500"
        for step in steps
    ]


def test_by_default_it_prints(capsys):
    report = Progress()
    report.set_params({"steps": 1, "epochs": 1})
    report.on_epoch_begin(0)
    report.on_epoch_end(0, {})
    assert capsys.readouterr().out.startswith("epoch 1/1: ")
