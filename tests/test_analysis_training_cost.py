"""lessons_src.analysis.training_cost: what recorded trainings took."""

from dataclasses import replace

from lessons_src.analysis import layer_table, mean_cost, petaflops
from lessons_src.errors import UsageError
from lessons_src.models import fast11
from lessons_src.records import find
from lessons_src.training.batches import shrunk

import numpy as np
import pytest
from make_record import make_record

RUN = make_record(macs=1_000_000_000, images={"train": 45_000})


def test_a_multiply_add_is_six_operations_of_training():
    assert petaflops(RUN) == pytest.approx(2 * 45_000 * 6e9 / 1e15)


def test_small_images_cost_what_they_cost():
    run = make_record("fast11", macs=layer_table(fast11()).macs, images={"train": 10})
    side = shrunk(np.zeros((1, 32, 32, 3), "float32")).shape[1]
    small = layer_table(fast11((side, side, 3))).macs
    assert small < 0.6 * run.macs
    run.recipe["small_epochs"] = 1
    assert petaflops(run) == pytest.approx(6 * 10 * (small + run.macs) / 1e15)


def test_a_record_of_fast11_takes_what_its_layers_say():
    [run, *_] = [run for run in find("fast11", "fast") if run.dataset == "CIFAR-10"]
    assert petaflops(run) == pytest.approx(6 * 45_000 * (62_137_120 + 4 * 119_843_104) / 1e15)


def test_a_network_without_multiply_adds_is_refused():
    with pytest.raises(UsageError, match="lenet5-note-seed0 counts no multiply-adds"):
        petaflops(replace(RUN, macs=None))


def test_seeds_are_averaged():
    other = replace(RUN, test_accuracy=0.35, seconds=250.0)
    cost = mean_cost("LeNet5", [replace(RUN, device="2 CPU cores (some)"), other])
    assert (cost.label, cost.source, cost.device) == ("LeNet5", "LeNet5", "2 cores")
    assert (cost.accuracy, cost.seconds) == pytest.approx((0.3, 200))
    assert cost.petaflops == petaflops(RUN)
    assert cost.citation is None and not cost.several_looks
