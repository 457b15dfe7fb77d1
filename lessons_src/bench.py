"""How fast this machine trains the networks, against its matrix products and against PyTorch.

A measurement is one call of `train` on random pixels. Each of its epochs is followed by a bare loop
of training steps, a matrix product, and PyTorch in a process of its own, which otherwise waits. The
measurements alternate, so that a machine that slows down slows all of them.
"""

import importlib.util
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lessons_src.analysis import layer_table
from lessons_src.data.dataset import Dataset
from lessons_src.errors import BookError
from lessons_src.models import build_model
from lessons_src.runtime import device, versions
from lessons_src.text_table import text_table
from lessons_src.training import train
from lessons_src.training.compiling import MOST_STEPS_AT_ONCE, compile_model
from lessons_src.training.recipes import Recipe

import keras
import numpy as np
import tensorflow as tf

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
MATRIX_SIDE = 2048
WARM_UP_STEPS = 3


@dataclass(frozen=True)
class Speed:
    """Medians over the rounds of one network at one batch size.

    Attributes:
        network: Its name.
        batch: Images per step.
        train: Images/s of `train`, validation not included.
        bare: Images/s of a `tf.function` that only takes training steps, all on one batch.
        overhead: Time that `train` needs beyond the bare loop, as a fraction of the bare loop's.
        gflops: 10⁹ additions and multiplications per second in `train`'s convolutions and dense
            layers, forward and backward.
        sgemm_gflops: The same for products of square float32 matrices.
        torch: Images/s of PyTorch; None without it.
        ratio: Images/s of `train` divided by those of PyTorch; None without it.
        layout: The faster of PyTorch's memory layouts, which is measured; None without it.
    """

    network: str
    batch: int
    train: float
    bare: float
    overhead: float
    gflops: float
    sgemm_gflops: float
    torch: float | None = None
    ratio: float | None = None
    layout: str | None = None


class Torch:
    """PyTorch in a process of its own, which trains the same networks on request.

    Raises:
        BookError: If PyTorch is not installed, or this is no checkout of the book's repository.
    """

    def __init__(self) -> None:
        worker = BENCHMARKS / "torch_worker.py"
        if not worker.exists():
            raise BookError(f"{worker} is missing: run this in a checkout of the repository")
        if importlib.util.find_spec("torch") is None:
            raise BookError(
                "PyTorch is not installed, which only this comparison needs: "
                f"{sys.executable} -m pip install torch"
            )
        self._process = subprocess.Popen(
            [sys.executable, worker], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> "Torch":
        return self

    def __exit__(self, *_) -> None:
        self._process.communicate()

    def measure(self, network: str, batch: int, seconds: float, parameters: int) -> dict:
        """Train for some seconds.

        Args:
            network: Its name.
            batch: Images per step.
            seconds: How long.
            parameters: How many the network must have, running statistics included.

        Returns:
            "images_per_second", "layout" (the faster of PyTorch's two), "torch" and "threads".

        Raises:
            BookError: If PyTorch's network has another number of parameters, or its process ended.
        """
        request = {"network": network, "batch": batch, "seconds": seconds, "parameters": parameters}
        assert self._process.stdin and self._process.stdout
        with suppress(BrokenPipeError):  # a process that ended sends no answer either
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or '{"error": "PyTorch ended"}')
        if "error" in answer:
            raise BookError(answer["error"])
        return answer


def bench(
    network: str, batch: int, seconds: float = 5, rounds: int = 3, torch: Torch | None = None
) -> Speed:
    """Measure how fast a network trains.

    Args:
        network: A key of `models.MODELS`.
        batch: Images per step.
        seconds: About how long each measurement lasts.
        rounds: Measurements of each kind, in alternation.
        torch: PyTorch, to compare with; None for no comparison.

    Returns:
        The medians.
    """
    model = build_model(network)
    recipe = Recipe("bench", epochs=rounds + 1, batch_size=batch)
    bare = _bare_loop(build_model(network), recipe)
    steps = max(2, round(bare(seconds) * seconds / batch))
    if steps > 4 * MOST_STEPS_AT_ONCE:  # a number with divisors, as CIFAR-10's epochs have
        steps -= steps % MOST_STEPS_AT_ONCE
    dataset = random_dataset(steps * batch)
    measured: dict[str, list[float]] = {"bare": [], "sgemm": [], "torch": []}
    answer: dict = {}

    class Rounds(keras.callbacks.Callback):
        """Measure the others after each epoch except the first, which traces and allocates."""

        def on_epoch_end(self, epoch, logs=None):
            if epoch == 0:
                return
            measured["bare"].append(bare(seconds))
            measured["sgemm"].append(_sgemm_gflops(min(seconds, 1)))
            if torch:
                answer.update(torch.measure(network, batch, seconds, model.count_params()))
                measured["torch"].append(answer["images_per_second"])

    with TemporaryDirectory() as run_dir:
        record = train(model, dataset, recipe, run_dir, callbacks=[Rounds()])
    trained = [steps * batch / taken for taken in record.history["seconds"][1:]]
    medians = {name: statistics.median(rates) for name, rates in measured.items() if rates}
    speed = statistics.median(trained)
    pairs = zip(trained, measured["torch"], strict=False)
    return Speed(
        network=network,
        batch=batch,
        train=speed,
        bare=medians["bare"],
        overhead=statistics.median(
            b / a - 1 for a, b in zip(trained, measured["bare"], strict=True)
        ),
        gflops=speed * training_flops(model) / 1e9,
        sgemm_gflops=medians["sgemm"],
        torch=medians.get("torch"),
        ratio=statistics.median(a / b for a, b in pairs) if torch else None,
        layout=answer.get("layout"),
    )


def training_flops(model: keras.Model) -> int:
    """Return the additions and multiplications of one image's training step, in matrix products.

    Each layer with weights multiplies three times as often as in the forward pass: for its outputs,
    for the gradient of its weights and for the gradient of its inputs. The first layer needs no
    gradient of its inputs, the images.
    """
    macs = [row.macs for row in layer_table(model).rows if row.macs]
    return 2 * (3 * sum(macs) - macs[0])


def _bare_loop(model: keras.Model, recipe: Recipe) -> Callable[[float], float]:
    """Return a function that trains on one batch for some seconds and returns images/s."""
    compile_model(model, recipe, steps_per_epoch=1)
    random = np.random.default_rng(0)
    shape = (recipe.batch_size, *model.input_shape[1:])
    images = tf.constant(random.random(shape, dtype="float32"))
    labels = tf.constant(random.integers(0, 10, recipe.batch_size))

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(
                keras.losses.sparse_categorical_crossentropy(labels, model(images, training=True))
            )
            loss += tf.add_n(model.losses) if model.losses else 0.0
        variables = model.trainable_variables
        model.optimizer.apply(tape.gradient(loss, [v.value for v in variables]), variables)
        return loss

    def images_per_second(seconds: float) -> float:
        return recipe.batch_size * _rate(lambda: step().numpy(), seconds)

    for _ in range(WARM_UP_STEPS):
        step()
    return images_per_second


def _sgemm_gflops(seconds: float) -> float:
    """Return 10⁹ additions and multiplications per second in products of float32 matrices."""
    matrix = tf.random.normal((MATRIX_SIDE, MATRIX_SIDE))
    product = tf.function(lambda: tf.reduce_sum(matrix @ matrix))
    product()
    return 2 * MATRIX_SIDE**3 * _rate(lambda: product().numpy(), seconds) / 1e9


def _rate(call: Callable[[], object], seconds: float) -> float:
    """Return how many times per second a function can be called."""
    calls, begin = 0, time.perf_counter()
    while calls == 0 or time.perf_counter() - begin < seconds:
        call()
        calls += 1
    return calls / (time.perf_counter() - begin)


def random_dataset(images: int) -> Dataset:
    """Return a data set of random pixels; the speed of a step does not depend on them."""
    random = np.random.default_rng(0)
    arrays: dict[str, Any] = {}
    for split, count in (("train", images), ("val", 10), ("test", 10)):
        arrays[f"x_{split}"] = random.integers(0, 256, (count, 32, 32, 3), dtype="uint8")
        arrays[f"y_{split}"] = random.integers(0, 10, count)
    return Dataset(**arrays, class_names=tuple("0123456789"), name="noise", source="random pixels")


HEADINGS = (
    "network",
    "batch",
    "images/s",
    "bare loop",
    "overhead",
    "GFLOP/s",
    "of SGEMM",
    "PyTorch",
    "ratio",
    "layout",
)


def table(speeds: Sequence[Speed]) -> str:
    """Return measurements as a table of text, after one line of device and versions."""
    software = ", ".join(f"{name} {version}" for name, version in versions().items())
    rows = text_table(HEADINGS, map(_cells, speeds), "<>>>>>>>><")
    return f"{device()}; {software}\n{rows}"


def _cells(speed: Speed) -> list[str]:
    """Return the cells of one measurement's row."""
    cells = [
        speed.network,
        f"{speed.batch}",
        f"{speed.train:,.0f}",
        f"{speed.bare:,.0f}",
        f"{speed.overhead:.1%}",
        f"{speed.gflops:.1f}",
        f"{speed.gflops / speed.sgemm_gflops:.1%}",
    ]
    if speed.torch is None:
        return [*cells, "", "", ""]
    return [*cells, f"{speed.torch:,.0f}", f"{speed.ratio:.2f}", f"{speed.layout}"]


def as_json(speeds: Sequence[Speed]) -> str:
    """Return measurements, the device and the versions as JSON."""
    return json.dumps(
        {"device": device(), "versions": versions(), "speeds": [asdict(s) for s in speeds]},
        indent=1,
    )
