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
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lessons_src.errors import RunError, UsageError
from lessons_src.files import replacing
from lessons_src.records import RunRecord, load
from lessons_src.runtime import device, use_keras_defaults, versions
from lessons_src.training.averaging import WeightAverage
from lessons_src.training.batches import (
    EVALUATION_BATCH,
    evaluation_batches,
    scaled,
    training_batches,
)
from lessons_src.training.compiling import compile_model, counted_multiply_adds
from lessons_src.training.precision import computing_in
from lessons_src.training.recipes import Recipe
from lessons_src.training.run_directory import claim, identity, load_best_weights, without_optimizer
from lessons_src.training.workers import Alignment, SharedModel, Workers, check_batches

import keras
import numpy as np

ADAPT_TO = 5_000  # training images, plenty for statistics of pixels


def train(
    model: keras.Model,
    dataset,
    recipe: Recipe,
    run_dir: str | Path,
    callbacks: Sequence[keras.callbacks.Callback] = (),
    workers: Workers | None = None,
) -> RunRecord:
    """Train a model by a recipe; or go on with the directory's run, or return it if it is finished.

    Args:
        model: Takes (N, H, W, C) pixels in 0–1, returns (N, classes) probabilities. Afterwards it
            holds the weights of the best epoch. Layers that Keras calls `adapt` for, such as
            `Normalization`, are adapted to training images unless they already are. A model built
            under a `runtime.strategy` trains on that strategy's devices, each of which takes an
            equal part of every batch.
        dataset: A `data.Dataset`; its validation images choose the best epoch.
        recipe: How to train.
        run_dir: The run's directory; made if it does not exist. A worker that is not the chief
            gets a copy of the chief's there.
        callbacks: Keras callbacks for `fit`, such as `progress.Progress`. Short steps run several
            at a time, and what a callback does after a batch, it does once for all of them.
        workers: The processes that train the same run together; None for this one alone.

    Returns:
        The record of the finished run, also written to record.json.

    Raises:
        RunError: If the directory holds another run, or a damaged file, which the message names; or
            if a callback stopped the run before its last epoch; or if another worker is gone.
        UsageError: If the batch size is no multiple of the number of devices, or a batch has fewer
            images than there are workers; or the recipe has small epochs and the network no global
            pooling; or a layer must be adapted and the model has no graph that tells what the layer
            reads.
    """
    use_keras_defaults()
    run_dir = Path(run_dir)
    devices = model.distribute_strategy.num_replicas_in_sync
    if recipe.batch_size % devices:
        raise UsageError(f"a batch of {recipe.batch_size} cannot be shared by {devices} devices")
    if recipe.images is not None:
        dataset = dataset.subset(*recipe.images)
    if not recipe.validates:
        dataset = dataset.with_val_in_train()
    if not model.built:
        model(scaled(dataset.x_train[:1]))
    run = identity(model, dataset, recipe)
    if workers:
        check_batches(recipe, len(dataset.x_train), workers.count)
    with workers.watched() if workers else nullcontext():
        if workers:
            workers.share_run(run_dir, run)
        else:
            claim(run_dir, run)
        _train(model, dataset, recipe, run_dir, callbacks, workers)
    return load(run_dir / "record.json")


def _train(model, dataset, recipe, run_dir, callbacks, workers: Workers | None) -> None:
    """Train a model in a directory that its run has claimed, and measure it."""
    steps = -(-len(dataset.x_train) // recipe.batch_size)
    with model.distribute_strategy.scope():
        compile_model(model, recipe, steps)
        learner = _of_any_size(model) if recipe.small_epochs else model
        if workers:
            learner = SharedModel(learner, workers)
        if learner is not model:
            compile_model(learner, recipe, steps)
    if (run_dir / "record.json").exists():
        load_best_weights(model, run_dir)
        return
    _adapt(model, dataset)
    average = WeightAverage(learner.weights, recipe.averaging) if recipe.averaging else None
    part = (workers.index, workers.count) if workers else (0, 1)
    journal = _Journal(run_dir, dataset, recipe, average, worker=part[0])
    journal.restore(learner)
    followers: list[keras.callbacks.Callback] = [average] if average else []
    if workers:
        followers.append(Alignment(workers, journal.state(learner).values()))
    validation = evaluation_batches(dataset.x_val, dataset.y_val)
    if journal.epoch < recipe.epochs:
        with computing_in(recipe.precision, learner):
            learner.fit(
                training_batches(dataset, recipe, journal.epoch, part),
                validation_data=validation if recipe.validates else None,
                initial_epoch=journal.epoch,
                epochs=recipe.epochs,
                steps_per_epoch=steps,
                shuffle=False,  # the batches come shuffled
                callbacks=[*followers, journal, *callbacks],
                verbose=0,
            )
    if (done := len(journal.history["loss"])) < recipe.epochs:
        raise RunError(
            f"{run_dir}: a callback stopped the run after epoch {done} of {recipe.epochs}; "
            "train again without it to go on"
        )
    load_best_weights(model, run_dir)
    used = workers.device if workers else device(model.distribute_strategy.num_replicas_in_sync)
    record = _record(model, dataset, recipe, journal, used)
    with replacing(run_dir / "record.json") as aside:
        aside.write_text(record.to_json())


def evaluate(model: keras.Model, images: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Measure a model on images.

    Args:
        model: A compiled model.
        images: (N, H, W, C), uint8.
        labels: (N,), int.

    Returns:
        By name, the loss that the model was compiled with ("loss", penalties included), the
        fraction right ("accuracy") and any other metric.
    """
    return model.evaluate(evaluation_batches(images, labels), verbose=0, return_dict=True)


class _Journal(keras.callbacks.Callback):
    """Seed each epoch, measure it, and save the run after it."""

    def __init__(
        self,
        run_dir: Path,
        dataset,
        recipe: Recipe,
        average: WeightAverage | None = None,
        worker: int = 0,
    ):
        super().__init__()
        self.worker = worker
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
            for name, variable in self.state(model).items():
                variable.assign(state[name])
        except Exception as error:  # a damaged zip file raises whatever its bytes suggest
            raise RunError(
                f"{path} is damaged ({error}); restore it, or choose another directory"
            ) from error
        for layer in model.layers:
            if hasattr(layer, "finalize_state"):  # Normalization keeps copies of its weights
                layer.finalize_state()
        self.history = history
        self.epoch = len(history["loss"])

    def on_epoch_begin(self, epoch, logs=None):
        """Seed the random layers for this epoch and start the clock."""
        _seed_layers(self.model, self.recipe.seed, epoch, self.worker)
        self.begin, self.seconds = time.perf_counter(), None

    def on_test_begin(self, logs=None):
        """Stop the clock: what follows is validation, of the average if there is one."""
        self.seconds = self.seconds or time.perf_counter() - self.begin
        if self.average:
            self.average.swap()

    def on_epoch_end(self, epoch, logs=None):
        """Append to the history, keep the weights if they are the best, save the state."""
        if not self.recipe.validates:
            self.on_test_begin()
        rate = keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)
        values = {**logs, "learning_rate": rate.item()}
        values["seconds"] = self.seconds
        if self.recipe.test_curve:
            test = evaluate(self.model, self.dataset.x_test, self.dataset.y_test)
            values.update({f"test_{name}": value for name, value in test.items()})
        for name, value in values.items():
            self.history.setdefault(name, []).append(float(value))
        if best_epoch(self.history) == epoch + 1:
            path = self.run_dir / "best.weights.h5"
            with without_optimizer(self.model) as model, replacing(path) as aside:
                model.save_weights(aside)
        if self.average:
            self.average.swap()  # back to the weights that training goes on from
        state = {name: variable.numpy() for name, variable in self.state(self.model).items()}
        history = np.array(json.dumps(self.history))
        with replacing(self.run_dir / "state.npz") as aside:
            np.savez(aside, history=history, **state)

    def state(self, model: keras.Model) -> dict[str, Any]:
        """Return the variables that a run's state consists of, by name."""
        parts: dict[str, Any] = {"model": model.weights, "optimizer": model.optimizer.variables}
        parts["average"] = self.average.averages if self.average else []
        return {f"{name}_{i}": v for name, part in parts.items() for i, v in enumerate(part)}


def _of_any_size(model: keras.Model) -> keras.Model:
    """Return a model of the same layers, so of the same weights, for images of any size."""
    if any(isinstance(layer, keras.layers.Flatten) for layer in model.layers):
        raise UsageError(
            f"{model.name} flattens its maps, so its images have one size; "
            "the recipe's small_epochs must be 0"
        )
    images = keras.Input((None, None, model.inputs[0].shape[-1]), name=model.inputs[0].name)
    graph = keras.Model(model.inputs[0], model.outputs[0])  # without what compile() has added
    return keras.models.clone_model(graph, images, clone_function=lambda layer: layer)


def _adapt(model: keras.Model, dataset) -> None:
    """Compute the weights of layers that are not trained but adapted to training images."""
    for layer in model.layers:
        if not hasattr(layer, "adapt") or _is_adapted(layer):
            continue
        if not getattr(model, "inputs", None):
            raise UsageError(
                f"{model.name} does not tell what its layer {layer.name} reads; call the layer's "
                "adapt() before training"
            )
        before = keras.Model(model.inputs[0], layer.input)
        images = scaled(dataset.x_train[:ADAPT_TO])
        layer.adapt(before.predict(images, EVALUATION_BATCH, verbose=0))


def _is_adapted(layer: keras.Layer) -> bool:
    """Return whether a layer's statistics are set: given as arguments, or no longer 0."""
    offsets = [weight for weight in layer.weights if weight.name in ("mean", "bias")]
    return not layer.weights or any(offset.numpy().any() for offset in offsets)


def best_epoch(history: dict[str, list[float]]) -> int:
    """Return the epoch, counted from 1, with the highest validation accuracy; ties to the first.

    Without validation it is the last one.
    """
    if "val_accuracy" not in history:
        return len(history["loss"])
    return int(np.argmax(history["val_accuracy"])) + 1


def _seed_layers(model: keras.Model, seed: int, epoch: int, worker: int) -> None:
    """Set every seed generator of a model, dropout's for one, from (seed, epoch, its number).

    The chief draws what a single process would, and each other worker draws for itself.
    """
    key = (worker,) if worker else ()
    states = [variable for variable in model.variables if variable.name == "seed_generator_state"]
    for number, state in enumerate(states):
        words = np.random.SeedSequence((seed, epoch, number), spawn_key=key).generate_state(2)
        state.assign(words.astype(state.dtype))


def _record(model: keras.Model, dataset, recipe: Recipe, journal: _Journal, used: str) -> RunRecord:
    """Measure the model, which holds its best weights, on the test set, and write down the run."""
    test = evaluate(model, dataset.x_test, dataset.y_test)
    epoch = best_epoch(journal.history)
    counts = {split: len(getattr(dataset, f"x_{split}")) for split in ("train", "val", "test")}
    return RunRecord(
        model=model.name,
        parameters=model.count_params(),
        macs=counted_multiply_adds(model),
        dataset=dataset.title,
        fingerprint=dataset.fingerprint,
        images=counts if recipe.validates else {**counts, "val": 0},
        recipe=asdict(recipe),
        device=used,
        versions=versions(),
        seconds=sum(journal.history["seconds"]),
        history=journal.history,
        best_epoch=epoch,
        val_accuracy=journal.history["val_accuracy"][epoch - 1] if recipe.validates else None,
        test_loss=test["loss"],
        test_accuracy=test["accuracy"],
    )
