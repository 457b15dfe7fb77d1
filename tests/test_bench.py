"""lessons_src.bench: what it measures, what it prints, and the rival networks' parameters."""

import importlib
import importlib.util
import json
import sys
from types import ModuleType

from lessons_src import bench
from lessons_src.__main__ import main
from lessons_src.arithmetic import conv_params, dense_params
from lessons_src.errors import BookError
from lessons_src.models import MODELS, build_model
from lessons_src.training.recipes import Recipe

import keras
import numpy as np
import pytest
from make_record import make_record

pytestmark = pytest.mark.slow

ECHO = """
import json, sys
for line in sys.stdin:
    request = json.loads(line)
    assert request["network"] == "lenet5" and request["parameters"] == 62006, request
    print(json.dumps({"images_per_second": 1.0, "layout": "channels_last"}), flush=True)
"""


class Shapes:
    """What torch.nn's modules are to `torch_models`, without tensors: their parameters alone."""

    def __init__(self, *arguments, **options):
        self.count = 0

    def total(self):
        inside = [part for part in vars(self).values() if isinstance(part, Shapes)]
        return self.count + sum(part.total() for part in inside)


class Sequential(Shapes):
    def __init__(self, *parts):
        super().__init__()
        vars(self).update({str(place): part for place, part in enumerate(parts)})


class ModuleList(Sequential):
    def __init__(self, parts):
        super().__init__(*parts)


class Conv2d(Shapes):
    def __init__(self, channels, filters, side, stride=1, padding=0, bias=True):
        self.count = conv_params(side, channels, filters, bias)


class Linear(Shapes):
    def __init__(self, inputs, units):
        self.count = dense_params(inputs, units)


class BatchNorm2d(Shapes):
    def __init__(self, channels, eps, momentum):
        assert (eps, momentum) == (1e-3, pytest.approx(1 - 0.99))
        self.count = 4 * channels  # γ, β and the running statistics


@pytest.fixture
def torch_models(monkeypatch):
    """benchmarks/torch_models.py, imported over `Shapes` where torch itself is not installed."""
    torch, nn = ModuleType("torch"), ModuleType("torch.nn")
    for kind in (Sequential, ModuleList, Conv2d, Linear, BatchNorm2d):
        setattr(nn, kind.__name__, kind)
    for name in ("ReLU", "Sigmoid", "Dropout", "Flatten", "MaxPool2d", "AdaptiveAvgPool2d"):
        setattr(nn, name, Shapes)
    nn.Module = Shapes
    torch.nn = nn
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch.nn", nn)
    monkeypatch.syspath_prepend(bench.BENCHMARKS)
    yield importlib.import_module("torch_models")
    del sys.modules["torch_models"]


@pytest.mark.parametrize("network", MODELS)
def test_the_rival_has_as_many_parameters_by_arithmetic(torch_models, network):
    assert torch_models.MODELS[network]().total() == build_model(network).count_params()


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
@pytest.mark.parametrize("network", MODELS)
def test_the_rival_has_as_many_parameters_and_trains(network):
    parameters = build_model(network).count_params()
    with bench.Torch() as torch:
        answer = torch.measure(network, batch=4, seconds=0.1, parameters=parameters)
        assert answer["images_per_second"] > 0
        with pytest.raises(BookError, match=f"{network} in PyTorch has {parameters:,} param"):
            torch.measure(network, batch=2, seconds=0.1, parameters=1)


def test_a_measurement_is_printed_as_a_table_and_as_json(capsys):
    words = ("bench", "lenet5", "--batch", "32", "--seconds", "0.1", "--rounds", "2")
    assert main([*words, "--json"]) == 0
    [speed] = json.loads(capsys.readouterr().out)["speeds"]
    assert (speed["network"], speed["batch"], speed["torch"]) == ("lenet5", 32, None)
    assert min(speed[key] for key in ("train", "bare", "gflops", "sgemm_gflops")) > 0
    assert main(words) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1].startswith("lenet5") and "of SGEMM" in out


def test_against_a_rival_the_ratio_is_measured(monkeypatch, tmp_path):
    (tmp_path / "torch_worker.py").write_text(ECHO)
    monkeypatch.setattr(bench, "BENCHMARKS", tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: True)
    with bench.Torch() as torch:
        speed = bench.bench("lenet5", 32, seconds=0.1, rounds=1, torch=torch)
    assert speed.torch == 1.0 and speed.ratio == pytest.approx(speed.train)
    assert "channels_last" in bench.table([speed])


class Rival:
    """Answers as `bench.Torch` does, another number each time."""

    def __init__(self):
        self.rates, self.asked = iter([50.0, 200.0, 100.0]), []

    def measure(self, network, batch, seconds, parameters):
        self.asked.append((network, batch, seconds, parameters))
        return {"images_per_second": next(self.rates), "layout": "channels_last"}


@pytest.fixture
def clocked(monkeypatch):
    """Measurements of known lengths: four epochs of 100 images, three rounds of everything else."""
    bare = iter([10.0, 400.0, 200.0, 100.0])  # the first one decides how many steps an epoch has
    sgemm = iter([8.0, 2.0, 4.0])
    trained = []

    def train(model, dataset, recipe, run_dir, callbacks):
        trained.append((model.name, len(dataset.x_train), recipe.epochs, recipe.batch_size))
        for epoch in range(recipe.epochs):
            callbacks[0].on_epoch_end(epoch)
        return make_record(history={"seconds": [9.0, 0.5, 2.0, 1.0]})

    monkeypatch.setattr(bench, "train", train)
    monkeypatch.setattr(bench, "_bare_loop", lambda model, recipe: lambda seconds: next(bare))
    monkeypatch.setattr(bench, "_sgemm_gflops", lambda seconds: next(sgemm))
    return trained


def test_each_number_is_the_median_of_its_rounds_without_the_first_epoch(clocked):
    rival = Rival()
    speed = bench.bench("lenet5", 50, seconds=10, rounds=3, torch=rival)
    assert clocked == [("lenet5", 100, 4, 50)]  # 10 images/s · 10 s are two steps of 50
    # 100 images in 0.5, 2 and 1 s; beside them 400, 200, 100 in the bare loop, 50, 200, 100.
    assert (speed.train, speed.bare, speed.sgemm_gflops, speed.torch) == (100, 200, 4, 100)
    assert speed.overhead == pytest.approx(1)  # 400 / 200 − 1, 200 / 50 − 1, 100 / 100 − 1
    assert speed.ratio == pytest.approx(1)  # 200 / 50, 50 / 200, 100 / 100
    assert speed.gflops == pytest.approx(100 * 3_204_720 / 1e9)
    assert (speed.network, speed.batch, speed.layout) == ("lenet5", 50, "channels_last")
    assert rival.asked == 3 * [("lenet5", 50, 10, 62_006)]


def test_the_bare_loop_trains_the_network_penalties_included():
    keras.utils.set_random_seed(0)
    inputs = keras.Input((4, 4, 3))
    x = keras.layers.Flatten()(inputs)
    outputs = keras.layers.Dense(10, "softmax", kernel_regularizer=keras.regularizers.L2(1.0))(x)
    model = keras.Model(inputs, outputs)
    recipe = Recipe("bare", epochs=1, batch_size=8, optimizer="sgd", learning_rate=0.1)
    before = np.abs(model.get_weights()[0]).sum()
    rate = bench._bare_loop(model, recipe)
    assert int(model.optimizer.iterations) == bench.WARM_UP_STEPS
    assert rate(0) > 0 and int(model.optimizer.iterations) == bench.WARM_UP_STEPS + 1
    assert np.abs(model.get_weights()[0]).sum() < before / 2  # by the penalty alone


def test_a_matrix_product_counts_additions_and_multiplications(monkeypatch):
    monkeypatch.setattr(bench, "MATRIX_SIDE", 10)
    monkeypatch.setattr(bench, "_rate", lambda call, seconds: 5e6 * (float(call()) != 0))
    assert bench._sgemm_gflops(1) == pytest.approx(2 * 10**3 * 5e6 / 1e9)


def test_a_rate_is_calls_per_second(monkeypatch):
    seconds = iter(range(100))
    monkeypatch.setattr(bench.time, "perf_counter", lambda: 2 * next(seconds))
    # Begun at 0, looked at after the calls: at 2, 4, 6; at 8 it is over.
    assert bench._rate(lambda: None, 6) == pytest.approx(3 / 8)


def test_without_pytorch_the_error_says_how_to_install_it(capsys, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["bench", "lenet5", "--against", "torch"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("error: PyTorch is not installed") and "-m pip install torch" in err


def test_outside_a_checkout_the_rival_is_missing_by_name(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "BENCHMARKS", tmp_path)
    with pytest.raises(BookError, match=r"torch_worker\.py is missing"):
        bench.Torch()


@pytest.mark.parametrize("program", ["input()", "raise SystemExit"])
def test_a_rival_that_ends_is_an_error(monkeypatch, tmp_path, program):
    (tmp_path / "torch_worker.py").write_text(program)
    monkeypatch.setattr(bench, "BENCHMARKS", tmp_path)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: True)
    with bench.Torch() as torch:
        if program == "raise SystemExit":
            torch._process.wait()
        with pytest.raises(BookError, match="PyTorch ended"):
            torch.measure("lenet5", 32, 0.1, 62_006)


def test_a_table_has_a_line_for_each_measurement():
    alone = bench.Speed("lenet5", 32, 9_784.4, 9_954, 0.017, 31.42, 218.2)
    beside = bench.Speed("vgg16", 128, 106, 112, 0.055, 198.5, 200.3, 102, 1.02, "channels_last")
    _, head, first, second = bench.table([alone, beside]).splitlines()
    assert first.split() == ["lenet5", "32", "9,784", "9,954", "1.7%", "31.4", "14.4%"]
    assert second.split()[1:6] == ["128", "106", "112", "5.5%", "198.5"]
    assert second.split()[6:] == ["99.1%", "102", "1.02", "channels_last"]
    for heading, cell in (("images/s", "106"), ("of SGEMM", "99.1%"), ("ratio", "1.02")):
        assert head.index(heading) + len(heading) == second.index(f" {cell} ") + len(cell) + 1


def test_training_flops_count_three_products_a_layer_but_two_for_the_first():
    # conv1 28·28·6·75, conv2 10·10·16·150, dense 400·120 + 120·84 + 84·10
    first, rest = 28 * 28 * 6 * 75, 10 * 10 * 16 * 150 + 400 * 120 + 120 * 84 + 84 * 10
    assert bench.training_flops(build_model("lenet5")) == 2 * (2 * first + 3 * rest)
