"""Train a small network on drawn images; kill the process mid-epoch if asked. A test's subprocess.

Arguments: run directory, network, recipe, and optionally the epoch to die in.
"""

import os
import signal
import sys
from dataclasses import replace

from lessons_src.data import load_dataset
from lessons_src.experiments import ladder
from lessons_src.models import build_model
from lessons_src.runtime import setup
from lessons_src.training import train
from lessons_src.training.recipes import RECIPES

import keras


class Kill(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if self.epoch == int(sys.argv[4]) and batch == 3:
            os.kill(os.getpid(), signal.SIGKILL)


setup(seed=7)
recipes = RECIPES | {rung.recipe.name: rung.recipe for rung in ladder.EXPERIMENT.variants}
recipe = replace(recipes[sys.argv[3]], epochs=4, batch_size=32, images=(256, 64, 64), seed=7)
train(
    build_model(sys.argv[2]),
    load_dataset("shapes10"),
    recipe,
    sys.argv[1],
    callbacks=[Kill()] if len(sys.argv) > 4 else [],
)
