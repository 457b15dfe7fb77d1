"""What `compile` needs: a recipe's optimizer, learning-rate schedule and loss."""

from typing import Any

from lessons_src.analysis import multiply_adds
from lessons_src.training.losses import loss
from lessons_src.training.optimizers import OPTIMIZERS
from lessons_src.training.recipes import Recipe
from lessons_src.training.schedules import Schedule

import keras

SHORT_STEP = 5e8  # forward multiply-adds; measured in benchmarks/README.md
MOST_STEPS_AT_ONCE = 32


def compile_model(model: keras.Model, recipe: Recipe, steps_per_epoch: int) -> None:
    """Give a model the recipe's optimizer, learning-rate schedule and loss.

    Args:
        model: The model to compile; its last layer returns probabilities.
        recipe: How to train.
        steps_per_epoch: Batches per epoch, which the schedule needs.
    """
    rate: Any = recipe.learning_rate
    if recipe.schedule != "constant" or recipe.warmup_epochs:
        warmup, steps = recipe.warmup_epochs * steps_per_epoch, recipe.epochs * steps_per_epoch
        rate = Schedule(recipe.learning_rate, warmup, steps, recipe.schedule)
    decay = recipe.weight_decay or None
    optimizer = OPTIMIZERS[recipe.optimizer](rate, recipe.momentum, decay)
    if decay:
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    # A metric by its name gets its variables in the first step, and TensorFlow then traces the step
    # a second time.
    accuracy = keras.metrics.SparseCategoricalAccuracy(name="accuracy")
    model.compile(
        optimizer,
        loss=loss(recipe.label_smoothing),
        metrics=[accuracy],
        steps_per_execution=steps_at_once(model, recipe, steps_per_epoch),
    )
    optimizer.build(model.trainable_variables)


def steps_at_once(model: keras.Model, recipe: Recipe, steps_per_epoch: int) -> int:
    """Return how many steps `fit` runs before it returns to Python, which takes it milliseconds.

    Args:
        model: The model.
        recipe: How to train it.
        steps_per_epoch: Batches per epoch.

    Returns:
        The largest divisor of `steps_per_epoch`, so that no execution reaches into the next epoch,
        up to `MOST_STEPS_AT_ONCE` and a quarter of an epoch; 1 where steps are long, the first
        images small, the weights averaged or the devices several.
    """
    several_devices = model.distribute_strategy.num_replicas_in_sync > 1  # Keras fails with both
    if several_devices or recipe.small_epochs or recipe.averaging:
        return 1
    macs = counted_multiply_adds(model)
    if macs is None or macs * recipe.batch_size > SHORT_STEP:
        return 1
    most = min(MOST_STEPS_AT_ONCE, steps_per_epoch // 4)
    return max((n for n in range(2, most + 1) if steps_per_epoch % n == 0), default=1)


def counted_multiply_adds(model: keras.Model) -> int | None:
    """Return the multiply-adds of one image's forward pass; None where they cannot be counted."""
    try:
        return multiply_adds(model)
    except ValueError:  # a kind of layer that the layer table does not know
        return None
