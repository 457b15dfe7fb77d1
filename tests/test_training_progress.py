"""lessons_src.training.progress: a line per epoch, more in long ones."""

import io
import re

from lessons_src.training import progress
from lessons_src.training.progress import Progress

import pytest


@pytest.mark.parametrize(("silence", "lines"), [(15, 1), (-1, 5)])
def test_a_line_per_epoch_and_others_after_a_silence(monkeypatch, silence, lines):
    monkeypatch.setattr(progress, "LONGEST_SILENCE", silence)
    stream = io.StringIO()
    report = Progress(stream)
    report.set_params({"steps": 4, "epochs": 3})
    report.on_epoch_begin(1)
    for batch in range(4):
        report.on_train_batch_end(batch, {"loss": 1.5})
    report.on_epoch_end(1, {"loss": 1.25, "val_loss": 2})
    *within, last = stream.getvalue().splitlines()
    assert len(within) + 1 == lines
    assert re.fullmatch(r"epoch 2/3: \d+\.\d s, loss 1\.250, val_loss 2\.000", last)
    for step, line in enumerate(within, 1):
        assert line == f"epoch 2/3: step {step}/4, 0 s left in this epoch, loss 1.500"


def test_by_default_it_prints(capsys):
    report = Progress()
    report.set_params({"steps": 1, "epochs": 1})
    report.on_epoch_begin(0)
    report.on_epoch_end(0, {})
    assert capsys.readouterr().out.startswith("epoch 1/1: ")
