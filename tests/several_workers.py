"""Train small networks as one of two workers. A test's process.

Arguments: where to put the runs' directories; the runs, by the names below. The chief's are named
after them, the other worker's "other NAME".
"""

import os
import signal
import sys
from pathlib import Path

from lessons_src.errors import RunError
from lessons_src.runtime import setup
from lessons_src.training import train
from lessons_src.training.cluster import read_cluster
from lessons_src.training.workers import Workers

import keras
import numpy as np
from training_helpers import SHARED, drawn


class Kill(keras.callbacks.Callback):
    """Kill worker 1 in the middle of the second epoch."""

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if self.epoch == 1 and batch == 1 and not workers.is_chief:
            os.kill(os.getpid(), signal.SIGKILL)


folder, *names = sys.argv[1:]
workers = Workers(read_cluster(2))
for name in names:
    setup(seed=3)
    build, images, recipe = SHARED.get(name, SHARED["whole"])
    run_dir = Path(folder, name.removesuffix(" again") if workers.is_chief else f"other {name}")
    callbacks = [Kill()] if name == "killed" else []
    model = build()
    try:
        train(model, drawn(images), recipe, run_dir, callbacks, workers)
    except RunError as error:
        print(error)
        sys.exit(1)
    seeds = [v.numpy() for v in model.variables if v.name == "seed_generator_state"]
    np.save(run_dir / "seeds.npy", seeds)
