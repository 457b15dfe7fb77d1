"""Learning-rate schedules: the rate of each training step."""

from collections.abc import Callable
from typing import Any

from lessons_src.errors import UsageError

import keras
import numpy as np
import tensorflow as tf


def constant(done: tf.Tensor) -> float:
    """Stay at the peak."""
    return 1.0


def step(done: tf.Tensor) -> tf.Tensor:
    """Fall to a tenth after half of the steps, and to a hundredth after three quarters."""
    return tf.where(done < 0.5, 1.0, tf.where(done < 0.75, 0.1, 0.01))


def cosine(done: tf.Tensor) -> tf.Tensor:
    """Fall to 0 along half a wave: slowly, fast, slowly."""
    return (1 + tf.cos(np.pi * done)) / 2


def linear(done: tf.Tensor) -> tf.Tensor:
    """Fall to 0 on a line."""
    return 1 - done


# By name, a function from the part of the steps after the warm-up that is done, 0–1, to the part
# of the peak rate that is left.
SCHEDULES: dict[str, Callable[[tf.Tensor], Any]] = {
    "constant": constant,
    "step": step,
    "cosine": cosine,
    "linear": linear,
}


@keras.saving.register_keras_serializable("lessons_src")
class Schedule(keras.optimizers.schedules.LearningRateSchedule):
    """Learning rate by step: a linear rise from 0 to the peak, then one of `SCHEDULES`.

    Args:
        peak: The highest rate.
        warmup: Steps of the rise.
        steps: Steps of the whole run.
        way: A key of `SCHEDULES`.

    Raises:
        UsageError: If `SCHEDULES` has no such key.
    """

    def __init__(self, peak: float, warmup: float, steps: int, way: str):
        if way not in SCHEDULES:
            raise UsageError(f"way must be one of {', '.join(SCHEDULES)}, not {way!r}")
        self.peak, self.warmup, self.steps, self.way = peak, warmup, steps, way

    def __call__(self, step):
        """Return the rate of a step, counted from 0."""
        step = tf.cast(step, tf.float32)
        rise = tf.minimum(step / self.warmup, 1.0) if self.warmup else 1.0
        steps_after = max(self.steps - self.warmup, 1)  # or a run of warm-up alone divides by 0
        done = tf.clip_by_value((step - self.warmup) / steps_after, 0.0, 1.0)
        return self.peak * rise * SCHEDULES[self.way](done)

    def get_config(self):
        """Return the constructor's arguments."""
        return dict(vars(self))
