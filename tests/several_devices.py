"""Train a network on one logical processor, then the same on two. A test's process.

Argument: where to put the runs' directories, 1 and 2, and the weights, weights.npz in each.
"""

import sys
from dataclasses import replace
from pathlib import Path

from lessons_src.runtime import setup, strategy, tf
from lessons_src.training import train

import numpy as np
from training_helpers import TINY, drawn, plain

[processor] = tf.config.list_physical_devices("CPU")
tf.config.set_logical_device_configuration(
    processor, [tf.config.LogicalDeviceConfiguration() for _ in range(2)]
)
for devices in (1, 2):
    run_dir = Path(sys.argv[1]) / str(devices)
    setup(seed=7)
    with strategy(devices).scope():
        model = plain()
    # 60 images: the last batch has 12.
    train(model, drawn(60), replace(TINY, epochs=1), run_dir)
    np.savez(run_dir / "weights.npz", *model.get_weights())
