"""Train LeNet5 on drawn images on one or several logical processors. A test's subprocess.

Arguments: run directory, number of devices.
"""

import sys
from dataclasses import replace

from lessons_src.data import load_dataset
from lessons_src.models import build_model
from lessons_src.runtime import setup, strategy, tf
from lessons_src.training import train
from lessons_src.training.recipes import NOTE

import numpy as np

run_dir, devices = sys.argv[1], int(sys.argv[2])
[processor] = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(
    processor, [tf.config.LogicalDeviceConfiguration() for _ in range(2)]
)
setup(seed=7)
with strategy(devices).scope():
    model = build_model("lenet5")
# 248 images: the last batch of an epoch has 24.
recipe = replace(NOTE, epochs=3, batch_size=32, images=(248, 64, 64), seed=7)
train(model, load_dataset("shapes10"), recipe, run_dir)
np.savez(f"{run_dir}/weights.npz", *model.get_weights())
