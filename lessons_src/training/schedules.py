"""Learning-rate schedules: the rate of each training step."""

from lessons_src.training.recipes import SCHEDULES

import keras
import numpy as np
import tensorflow as tf


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
