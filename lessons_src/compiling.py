"""What `compile` needs: a recipe's optimizer, learning-rate schedule and loss."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from lessons_src import runtime  # noqa: F401  before Keras
from lessons_src.inspection import layer_table
from lessons_src.optimizers import Adam, Muon
from lessons_src.recipes import SCHEDULES, Recipe

SHORT_STEP = 5e8  # forward multiply-adds; measured in benchmarks/README.md
MOST_STEPS_AT_ONCE = 32


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
        kind = Muon if recipe.optimizer == "muon" else keras.optimizers.SGD
        optimizer = kind(rate, momentum=recipe.momentum, nesterov=True, weight_decay=decay)
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
        up to `MOST_STEPS_AT_ONCE` and a quarter of an epoch; 1 where steps are long, the first
        images small, the weights averaged or the devices several.
    """
    several_devices = model.distribute_strategy.num_replicas_in_sync > 1  # Keras fails with both
    if several_devices or recipe.small_epochs or recipe.averaging:
        return 1
    macs = multiply_adds(model)
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

    Raises:
        ValueError: If there is no such way.
    """

    def __init__(self, peak: float, warmup: float, steps: int, way: str):
        if way not in SCHEDULES:
            raise ValueError(f"way must be one of {', '.join(SCHEDULES)}, not {way!r}")
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
        return dict(vars(self))


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


def multiply_adds(model: keras.Model) -> int | None:
    """Return a model's multiply-adds, or None for a subclassed model, which has no layer graph."""
    try:
        return layer_table(model).macs
    except ValueError:
        return None
