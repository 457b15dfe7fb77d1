"""Processes, on one machine or several, that train one network together.

Each takes a part of every batch and trains a copy of its own; the gradients are averaged before
each update. `tf.distribute.MultiWorkerMirroredStrategy` connects the processes and adds up what
they exchange, no more: Keras' `fit` fails under its scope (keras-team/keras, issue 20585).
"""

import json
import logging
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lessons_src.errors import RunError, UsageError
from lessons_src.runtime import device, grow_memory
from lessons_src.training.cluster import Cluster
from lessons_src.training.recipes import Recipe
from lessons_src.training.run_directory import as_json, claim, difference

import keras
import numpy as np
import tensorflow as tf

PATIENCE = 600  # seconds that a worker waits for the others' part of a sum
SHARED_FILES = ("state.npz", "best.weights.h5", "record.json")

# What TensorFlow raises where another worker ended, hangs or is not to be reached.
GONE = (
    tf.errors.UnavailableError,
    tf.errors.DeadlineExceededError,
    tf.errors.AbortedError,
    tf.errors.CancelledError,
)


class Workers:
    """The connection to the other workers of a run.

    Must be made before TensorFlow computes anything. Waits until all workers are there. Each uses
    one GPU: those of one machine take its GPUs in turn.

    Args:
        cluster: All workers, and which one this is.
    """

    def __init__(self, cluster: Cluster):
        self.cluster, self.index, self.count = cluster, cluster.index, len(cluster.addresses)
        self.is_chief = self.index == 0
        if gpus := grow_memory():
            tf.config.set_visible_devices(gpus[self.index % len(gpus)], "GPU")
        tf.get_logger().addFilter(_not_of_haste)
        cluster.meet()
        on_sigterm = signal.getsignal(signal.SIGTERM)
        self.strategy = tf.distribute.MultiWorkerMirroredStrategy(
            communication_options=tf.distribute.experimental.CommunicationOptions(
                timeout_seconds=PATIENCE
            )
        )
        signal.signal(signal.SIGTERM, on_sigterm)  # TensorFlow would take note of it and go on

    @property
    def device(self) -> str:
        """What the workers compute on, in words."""
        return f"{self.count} workers of {device(1)}"

    def mean(self, values: Sequence[Any], weight: Any = 1) -> list[tf.Tensor]:
        """Return the weighted mean over all workers of each of some arrays.

        Every worker must call this as often as the others, with arrays of the same shapes.

        Args:
            values: This worker's, float32.
            weight: This worker's, such as its number of images.
        """
        weight = tf.cast(weight, tf.float32)
        *sums, weights = self._sum([*(value * weight for value in values), weight])
        return [total / weights for total in sums]

    def align(self, variables: Sequence[Any], weight: float = 1) -> None:
        """Give variables that hold real numbers their mean over all workers.

        Args:
            variables: This worker's; the others pass theirs in the same order.
            weight: This worker's.
        """
        floats = [v for v in variables if "float" in keras.backend.standardize_dtype(v.dtype)]
        values = [tf.convert_to_tensor(variable) for variable in floats]
        for variable, value in zip(floats, self.mean(values, weight), strict=True):
            variable.assign(value)

    def share_run(self, run_dir: Path, run: dict[str, Any]) -> None:
        """Claim the chief's directory, and copy what a run needs to go on into the others'.

        Args:
            run_dir: This worker's directory of the run.
            run: The run's `identity`.

        Raises:
            RunError: As `claim`; or if this worker would train another run than the chief.
        """
        run_dir.mkdir(parents=True, exist_ok=True)
        if self.is_chief:
            claim(run_dir, run)
        chiefs = json.loads(self.from_chief(json.dumps(as_json(run)).encode()))
        if found := difference(chiefs, as_json(run)):
            raise RunError(
                f"worker {self.index} would train another run than worker 0: {found}; "
                "start the same command with the same data on all machines"
            )
        for path in (run_dir / name for name in SHARED_FILES):
            content = self.from_chief(path.read_bytes() if path.exists() else b"")
            if content and not self.is_chief:
                path.write_bytes(content)

    def from_chief(self, content: bytes) -> bytes:
        """Return the bytes that the chief passes; nobody looks at what the others pass."""
        content = content if self.is_chief else b""
        size = int(self._sum([tf.constant(len(content), tf.int64)])[0])
        numbers = np.frombuffer(content.ljust(-(-size // 4) * 4, b"\0"), np.int32)
        return self._sum([tf.constant(numbers)])[0].numpy().tobytes()[:size] if size else b""

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Say what to do where another worker is gone, and at the end wait for all.

        Raises:
            RunError: If a worker ended, or does not answer for `PATIENCE` seconds.
        """
        try:
            yield
            self._sum([tf.constant(0)])
        except GONE as error:
            raise RunError(
                f"worker {self.index} of {self.count}: another worker ended or does not answer; "
                "start the same command on all machines again, and the run goes on after its "
                "last finished epoch"
            ) from error

    def _sum(self, values: list[tf.Tensor]) -> list[tf.Tensor]:
        """Return the sums over all workers of arrays of one type."""

        def summed(*parts):
            here = [tf.identity(part) for part in parts]  # on this worker's device
            return tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, here)

        return self.strategy.run(summed, args=tuple(values))


def _not_of_haste(record: logging.LogRecord) -> bool:
    """Drop TensorFlow's warning of sums outside of a graph: there are a few per epoch."""
    return "eagerly has significant overhead" not in record.getMessage()


def check_batches(recipe: Recipe, images: int, workers: int) -> None:
    """Refuse batches with too few images for a part to each worker.

    Args:
        recipe: For its batch size.
        images: Training images.
        workers: How many there are.

    Raises:
        UsageError: If there are such batches.
    """
    smallest = min(recipe.batch_size, images % recipe.batch_size or recipe.batch_size)
    if smallest < workers:
        raise UsageError(
            f"{workers} workers cannot share a batch of {smallest}: {images:,} images come in "
            f"batches of {recipe.batch_size}"
        )


class SharedModel(keras.Model):
    """A network's layers, which learn from the images of all workers.

    Args:
        model: The network, functional or sequential.
        workers: The workers.
    """

    def __init__(self, model: keras.Model, workers: Workers):
        super().__init__(model.inputs[0], model.outputs[0], name=model.name)
        self.workers = workers

    def compile(self, *arguments, steps_per_execution=1, **options):
        """Compile for single steps; TensorFlow finds no sum over workers in Keras' loop of more."""
        super().compile(*arguments, **options)

    def train_step(self, data):
        """Take one step with this worker's part of a batch, as Keras' `fit` asks for it."""
        images, labels = data
        with tf.GradientTape() as tape:
            probabilities = self(images, training=True)
            loss = self.compute_loss(images, labels, probabilities)
        count = tf.shape(images)[0]
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(self.workers.mean(gradients, count), self.trainable_weights)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=count)
        return self.compute_metrics(images, labels, probabilities)


class Alignment(keras.callbacks.Callback):
    """Bring all workers to the same state and measurements at the end of an epoch's steps.

    Running statistics are each worker's own until then: their mean is what they would be if each
    step had averaged them. Weights on machines of different kinds may differ in the last digit.

    Args:
        workers: The workers.
        variables: What a run's state consists of.
    """

    def __init__(self, workers: Workers, variables: Iterable[Any]):
        super().__init__()
        self.workers, self.variables = workers, list(variables)
        workers.align(self.variables, weight=float(workers.is_chief))

    def on_train_batch_end(self, batch, logs=None):
        """Align state, loss and accuracy after the last step."""
        if batch + 1 == self.params["steps"]:
            self.workers.align([*self.variables, *self.model.metrics_variables])
