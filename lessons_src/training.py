"""One way to train: compile, fit, checkpoint, resume, record.

A run lives in a directory of its own:

    run.json           what is trained on what and how; a directory never mixes two runs
    state.npz          everything an interrupted run needs to go on, replaced after each epoch
    best.weights.h5    the weights of the best epoch so far, for `model.load_weights`
    record.json        the finished run

An interrupted run goes on as if it had never stopped. Keras alone cannot do that: the order of the
images and the dropout masks come from generators whose state is not saved. Here both are derived
from the recipe's seed and the epoch's number.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lessons_src.runtime import device, versions

import keras
import numpy as np
import tensorflow as tf

from lessons_src.averaging import WeightAverage
from lessons_src.data.pipeline import evaluation_batches, training_batches
from lessons_src.inspection import layer_table
from lessons_src.optimizers import Adam
from lessons_src.recipes import Recipe
from lessons_src.records import RunRecord, load, replace_file
from lessons_src.whitening import PATCHES_OF, PatchWhitening

SHORT_STEP = 5e8  # forward multiply-adds; measured in benchmarks/README.md
MOST_STEPS_AT_ONCE = 32


class RunError(RuntimeError):
    """A run directory that cannot be used: another run's, or damaged."""


def train(
    model: keras.Model,
    dataset,
    recipe: Recipe,
    run_dir: str | Path,
    resume: bool = True,
    callbacks: Sequence[keras.callbacks.Callback] = (),
) -> RunRecord:
    """Train a model by a recipe, or go on with, or return, the run that the directory holds.

    Args:
        model: Takes (N, H, W, C) pixels in 0–1, returns (N, classes) probabilities. Afterwards it
            holds the weights of the best epoch. One built under a `runtime.strategy` trains on that
            strategy's devices, each of which takes an equal part of every batch.
        dataset: A `data.Dataset`; its validation images choose the best epoch.
        recipe: How to train.
        run_dir: The run's directory; made if it does not exist.
        resume: Whether to go on from the directory's last finished epoch; False starts again.
        callbacks: Keras callbacks for `fit`, such as `progress.Progress`. Short steps run several
            at a time, and what a callback does after a batch, it does once for all of them.

    Returns:
        The record of the finished run, also written to record.json.

    Raises:
        RunError: If the directory holds another run, or a damaged file, which the message names; or
            if a callback stopped the run before its last epoch.
        ValueError: If the batch size is no multiple of the number of devices, or the recipe has
            small epochs and the network no global pooling.
    """
    run_dir = Path(run_dir)
    devices = model.distribute_strategy.num_replicas_in_sync
    if recipe.batch_size % devices:
        raise ValueError(f"a batch of {recipe.batch_size} cannot be shared by {devices} devices")
    if recipe.images is not None:
        dataset = dataset.subset(*recipe.images)
    _claim(run_dir, _identity(model, dataset, recipe))
    if not resume:
        for name in ("record.json", "state.npz", "best.weights.h5"):
            (run_dir / name).unlink(missing_ok=True)

    steps = -(-len(dataset.x_train) // recipe.batch_size)
    with model.distribute_strategy.scope():
        compile_model(model, recipe, steps)
        learner = model
        if recipe.small_epochs:
            learner = _of_any_size(model)
            compile_model(learner, recipe, steps)
    if not (run_dir / "record.json").exists():
        _adapt(model, dataset)
        average = WeightAverage(learner.weights, recipe.averaging) if recipe.averaging else None
        journal = _Journal(run_dir, dataset, recipe, average)
        journal.restore(learner)
        if journal.epoch < recipe.epochs:
            learner.fit(
                training_batches(dataset, recipe, journal.epoch),
                validation_data=evaluation_batches(dataset.x_val, dataset.y_val),
                initial_epoch=journal.epoch,
                epochs=recipe.epochs,
                steps_per_epoch=steps,
                shuffle=False,  # the batches come shuffled
                callbacks=[*([average] if average else []), journal, *callbacks],
                verbose=0,
            )
        if (done := len(journal.history["loss"])) < recipe.epochs:
            raise RunError(
                f"{run_dir}: a callback stopped the run after epoch {done} of {recipe.epochs}; "
                "train again without it to go on"
            )
        load_best_weights(model, run_dir)
        record = _record(model, dataset, recipe, journal)
        replace_file(run_dir / "record.json", lambda path: path.write_text(record.to_json()))
    else:
        load_best_weights(model, run_dir)
    return load(run_dir / "record.json")


def train_over_seeds(
    build: Callable[[], keras.Model], dataset, recipe: Recipe, seeds: int
) -> list[RunRecord]:
    """Train a new model for each of the seeds 0, 1, …, which decides all that is random.

    Args:
        build: Returns an untrained model; models of one seed begin alike if they are built alike.
        dataset: As in `train`.
        recipe: As in `train`, but for its seed.
        seeds: How many.

    Returns:
        The records, in the order of the seeds; nothing else is kept.
    """
    runs = []
    for seed in range(seeds):
        keras.utils.set_random_seed(seed)
        with TemporaryDirectory() as run_dir:
            runs.append(train(build(), dataset, replace(recipe, seed=seed), run_dir))
    return runs


def evaluate(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Measure a model on images.

    Args:
        model: A compiled model.
        images: (N, H, W, C), uint8.
        labels: (N,), int.

    Returns:
        {"loss": the loss the model was compiled with, penalties included, "accuracy": fraction
        right}, and any other metric the model was compiled with.
    """
    return model.evaluate(evaluation_batches(images, labels), verbose=0, return_dict=True)


def compile_model(model: keras.Model, recipe: Recipe, steps_per_epoch: int) -> None:
    """Give a model the recipe's optimizer, learning-rate schedule and loss.

    Args:
        model: The model to compile; its last layer returns probabilities.
        recipe: How to train.
        steps_per_epoch: Batches an epoch, which the schedule needs.
    """
    rate: Any = recipe.learning_rate
    if recipe.schedule != "constant" or recipe.warmup_epochs:
        warmup, steps = recipe.warmup_epochs * steps_per_epoch, recipe.epochs * steps_per_epoch
        rate = Schedule(recipe.learning_rate, warmup, steps, recipe.schedule)
    decay = recipe.weight_decay or None
    if recipe.optimizer == "adam":
        optimizer = Adam(rate, weight_decay=decay)
    else:
        optimizer = keras.optimizers.SGD(
            rate, momentum=recipe.momentum, nesterov=True, weight_decay=decay
        )
    if decay:
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    model.compile(
        optimizer,
        loss=_loss(recipe.label_smoothing),
        metrics=["accuracy"],
        steps_per_execution=steps_at_once(model, recipe, steps_per_epoch),
    )
    optimizer.build(model.trainable_variables)


def steps_at_once(model: keras.Model, recipe: Recipe, steps_per_epoch: int) -> int:
    """Return how many steps `fit` runs before it returns to Python, which takes it milliseconds.

    Args:
        model: The model.
        recipe: How to train it.
        steps_per_epoch: Batches an epoch.

    Returns:
        The largest divisor of `steps_per_epoch`, so that no execution reaches into the next epoch,
        up to `MOST_STEPS_AT_ONCE` and a quarter of an epoch; 1 where steps are long.
    """
    several_devices = model.distribute_strategy.num_replicas_in_sync > 1  # Keras fails with both
    if several_devices or recipe.small_epochs or recipe.averaging:
        return 1
    macs = _macs(model)
    if macs is None or macs * recipe.batch_size > SHORT_STEP:
        return 1
    most = min(MOST_STEPS_AT_ONCE, steps_per_epoch // 4)
    return max((n for n in range(2, most + 1) if steps_per_epoch % n == 0), default=1)


@keras.saving.register_keras_serializable("lessons_src")
class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    """Learning rate by step: a linear rise from 0 to the peak, then one of four ways on.

    Args:
        peak: The highest rate.
        warmup: Steps of the rise.
        steps: Steps of the whole run.
        way: "constant"; "step", to a tenth half-way down and again after three quarters; "cosine"
            or "linear", to 0.
    """

    def __init__(self, peak: float, warmup: float, steps: int, way: str):
        self.peak, self.warmup, self.steps, self.way = peak, warmup, steps, way

    def __call__(self, step):
        """Return the rate of a step, counted from 0."""
        step = tf.cast(step, tf.float32)
        rise = tf.minimum(step / self.warmup, 1.0) if self.warmup else 1.0
        way_down = max(self.steps - self.warmup, 1)  # or a run that only warms up divides by 0
        done = tf.clip_by_value((step - self.warmup) / way_down, 0.0, 1.0)
        if self.way == "constant":
            fall = 1.0
        elif self.way == "step":
            fall = tf.where(done < 0.5, 1.0, tf.where(done < 0.75, 0.1, 0.01))
        elif self.way == "cosine":
            fall = (1 + tf.cos(np.pi * done)) / 2
        else:
            fall = 1 - done
        return self.peak * rise * fall

    def get_config(self):
        """Return what a copy of the schedule is made from."""
        return vars(self)


class _Journal(keras.callbacks.Callback):
    """Seed each epoch, measure it, and save the run after it."""

    def __init__(
        self, run_dir: Path, dataset, recipe: Recipe, average: WeightAverage | None = None
    ):
        super().__init__()
        self.run_dir, self.dataset, self.recipe = run_dir, dataset, recipe
        self.average = average
        self.epoch = 0
        self.history: dict[str, list[float]] = {}

    def restore(self, model: keras.Model) -> None:
        """Load the saved state into the model and its optimizer; do nothing if there is none."""
        path = self.run_dir / "state.npz"
        if not path.exists():
            return
        try:
            with path.open("rb") as file, np.load(file) as saved:
                state = {name: saved[name] for name in saved.files}
            history = json.loads(state.pop("history").item())
            for name, variable in self._state(model).items():
                variable.assign(state[name])
        except Exception as error:  # a damaged zip file raises whatever its bytes suggest
            raise RunError(
                f"{path} is damaged ({error}); restore it, or delete {self.run_dir} to start again"
            ) from error
        self.history = history
        self.epoch = len(history["loss"])

    def on_epoch_begin(self, epoch, logs=None):
        """Seed the random layers for this epoch and start the clock."""
        _seed_layers(self.model, self.recipe.seed, epoch)
        self.begin, self.seconds = time.perf_counter(), None

    def on_test_begin(self, logs=None):
        """Stop the clock: what follows is validation, of the average if there is one."""
        self.seconds = self.seconds or time.perf_counter() - self.begin
        if self.average:
            self.average.swap()

    def on_epoch_end(self, epoch, logs=None):
        """Append to the history, keep the weights if they are the best, save the state."""
        rate = keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)
        values = {**logs, "learning_rate": rate.item()}
        values["seconds"] = self.seconds
        if self.recipe.test_curve:
            test = evaluate(self.model, self.dataset.x_test, self.dataset.y_test)
            values.update({f"test_{name}": value for name, value in test.items()})
        for name, value in values.items():
            self.history.setdefault(name, []).append(float(value))
        if best_epoch(self.history) == epoch + 1:
            with _without_optimizer(self.model) as model:
                replace_file(self.run_dir / "best.weights.h5", model.save_weights)
        if self.average:
            self.average.swap()  # back to the weights that training goes on from
        state = {name: variable.numpy() for name, variable in self._state(self.model).items()}
        history = np.array(json.dumps(self.history))
        replace_file(
            self.run_dir / "state.npz", lambda path: np.savez(path, history=history, **state)
        )

    def _state(self, model: keras.Model) -> dict[str, Any]:
        """Return the variables that a run's state consists of."""
        parts: dict[str, Any] = {"model": model.weights, "optimizer": model.optimizer.variables}
        parts["average"] = self.average.averages if self.average else []
        return {f"{part}_{i}": v for part, of in parts.items() for i, v in enumerate(of)}


def _of_any_size(model: keras.Model) -> keras.Model:
    """Return a model of the same layers, so of the same weights, for images of any size."""
    if any(isinstance(layer, keras.layers.Flatten) for layer in model.layers):
        raise ValueError(
            f"{model.name} flattens its maps, so its images have one size; "
            "the recipe's small_epochs must be 0"
        )
    images = keras.Input((None, None, model.inputs[0].shape[-1]), name=model.inputs[0].name)
    graph = keras.Model(model.inputs[0], model.outputs[0])  # without what compile() has added
    return keras.models.clone_model(graph, images, clone_function=lambda layer: layer)


def _adapt(model: keras.Model, dataset) -> None:
    """Compute the weights of layers that are not trained but derived from training images."""
    for layer in model.layers:
        if isinstance(layer, PatchWhitening):
            layer.adapt(dataset.x_train[:PATCHES_OF] / np.float32(255))


def best_epoch(history: dict[str, list[float]]) -> int:
    """Return the epoch, counted from 1, with the highest validation accuracy; ties to the first."""
    return int(np.argmax(history["val_accuracy"])) + 1


def _loss(label_smoothing: float) -> str | Callable:
    """Return cross-entropy for integer labels; Keras' own has no label smoothing for them."""
    if not label_smoothing:
        return "sparse_categorical_crossentropy"

    def smoothed_crossentropy(labels, probabilities):
        one_hot = tf.one_hot(tf.cast(tf.reshape(labels, [-1]), tf.int32), probabilities.shape[-1])
        return keras.losses.categorical_crossentropy(
            one_hot, probabilities, label_smoothing=label_smoothing
        )

    return smoothed_crossentropy


def _seed_layers(model: keras.Model, seed: int, epoch: int) -> None:
    """Set every seed generator of a model, dropout's for one, from (seed, epoch, its place)."""
    everywhere = model._flatten_layers()  # no public call reaches layers inside layers
    generators = [layer.seed_generator for layer in everywhere if hasattr(layer, "seed_generator")]
    for place, generator in enumerate(generators):
        words = np.random.SeedSequence((seed, epoch, place)).generate_state(2)
        generator.state.assign(words.astype(generator.state.dtype))


def _identity(model: keras.Model, dataset, recipe: Recipe) -> dict[str, Any]:
    """Return what makes two runs the same run."""
    layers = [
        [type(layer).__name__, {k: v for k, v in layer.get_config().items() if k != "name"}]
        for layer in model.layers
    ]
    return {
        "model": model.name,
        "dataset": dataset.title,
        "fingerprint": dataset.fingerprint,
        **{f"recipe.{name}": value for name, value in asdict(recipe).items()},
        "layers": layers,
    }


def _claim(run_dir: Path, identity: dict[str, Any]) -> None:
    """Mark the directory as this run's; refuse one that another run has marked."""
    path = run_dir / "run.json"
    identity = json.loads(json.dumps(identity, default=str))
    if not path.exists():
        run_dir.mkdir(parents=True, exist_ok=True)
        replace_file(path, lambda part: part.write_text(json.dumps(identity, indent=1) + "\n"))
        return
    try:
        there = json.loads(path.read_text())
    except ValueError as error:
        raise RunError(
            f"{path} is damaged ({error}); restore it, or delete {run_dir} to start again"
        ) from error
    for name, value in identity.items():
        if there.get(name) != value:
            found = "other layers" if name == "layers" else f"{name} {there.get(name)!r}"
            here = "" if name == "layers" else f", not {value!r}"
            raise RunError(
                f"{run_dir} holds a run with {found}{here}; choose another directory or delete it"
            )


def load_best_weights(model: keras.Model, run_dir: str | Path) -> None:
    """Load the weights of a run's best epoch into a model.

    Args:
        model: A model of the run's architecture.
        run_dir: The run's directory.

    Raises:
        RunError: If the file is missing, damaged, or another architecture's.
    """
    path = Path(run_dir) / "best.weights.h5"
    try:
        with _without_optimizer(model):
            model.load_weights(path)
    except Exception as error:  # HDF5 raises OSError, KeyError or ValueError by the kind of damage
        raise RunError(
            f"{path} cannot be loaded into {model.name} ({error}); train the run first, "
            f"or delete {run_dir} if it is damaged"
        ) from error


@contextmanager
def _without_optimizer(model: keras.Model) -> Iterator[keras.Model]:
    """Take the optimizer off a model while its weights are saved or loaded.

    Keras would save the optimizer's variables too, which triples the file.
    """
    optimizer = getattr(model, "optimizer", None)
    model.optimizer = None
    try:
        yield model
    finally:
        model.optimizer = optimizer


def _macs(model: keras.Model) -> int | None:
    """Return a model's multiply-adds, or None for a subclassed model, which has no layer graph."""
    try:
        return layer_table(model).macs
    except ValueError:
        return None


def _record(model: keras.Model, dataset, recipe: Recipe, journal: _Journal) -> RunRecord:
    """Measure the model, which holds its best weights, on the test set, and write down the run."""
    test = evaluate(model, dataset.x_test, dataset.y_test)
    epoch = best_epoch(journal.history)
    return RunRecord(
        model=model.name,
        parameters=model.count_params(),
        macs=_macs(model),
        dataset=dataset.title,
        fingerprint=dataset.fingerprint,
        images={split: len(getattr(dataset, f"x_{split}")) for split in ("train", "val", "test")},
        recipe=asdict(recipe),
        device=device(model.distribute_strategy.num_replicas_in_sync),
        versions=versions(),
        seconds=sum(journal.history["seconds"]),
        history=journal.history,
        best_epoch=epoch,
        val_accuracy=journal.history["val_accuracy"][epoch - 1],
        test_loss=test["loss"],
        test_accuracy=test["accuracy"],
    )
