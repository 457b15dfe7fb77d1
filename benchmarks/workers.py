"""Epochs of two workers on this machine against those of one process, by the clock.

    python benchmarks/workers.py                 the networks of README.md
    python benchmarks/workers.py lenet5 12800    a network, images per epoch

Batches of 128; the median of the epochs after the first, which traces and allocates.
"""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import replace
from tempfile import TemporaryDirectory

from lessons_src.data import load_dataset
from lessons_src.errors import UsageError
from lessons_src.models import build_model
from lessons_src.runtime import device, setup
from lessons_src.training import train
from lessons_src.training.cluster import cluster_of, read_cluster
from lessons_src.training.recipes import NOTE
from lessons_src.training.workers import Workers

CASES = (("lenet5", 12_800), ("inception10", 2_560), ("resnet18", 512))
EPOCHS = 4
WORKER = "as a worker"


def epoch_seconds(network, images, workers=None):
    """Train for some epochs; return the seconds of each."""
    setup()
    recipe = replace(NOTE, epochs=EPOCHS, batch_size=128, images=(images, 128, 128))
    recipe = replace(recipe, test_curve=False)
    with TemporaryDirectory() as run_dir:
        record = train(build_model(network), load_dataset(), recipe, run_dir, (), workers)
    return record.history["seconds"]


def measure(network, images):
    """Return the seconds per epoch of one process and of two workers."""
    medians = []
    for count in (1, 2):
        command = [sys.executable, __file__, network, str(images), WORKER]
        if count == 1:
            out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        else:
            with cluster_of(count, command):
                out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        medians.append(statistics.median(json.loads(out)[1:]))
    return medians


def main(words):
    """Measure the case that is named, or all."""
    if words[2:] == [WORKER]:
        workers = Workers(read_cluster(2)) if os.environ.get("TF_CONFIG") else None
        print(json.dumps(epoch_seconds(words[0], int(words[1]), workers)))
        return
    if os.environ.get("TF_CONFIG"):
        raise UsageError("TF_CONFIG is set; this measures one machine")
    print(device())
    for network, images in [(words[0], int(words[1]))] if words else CASES:
        one, two = measure(network, images)
        weights = build_model(network).trainable_weights
        sent = sum(4 * weight.value.shape.num_elements() for weight in weights) / 1e6
        print(f"| {network} | {images:,} | {one:.2f} | {two:.2f} | {one / two:.2f} | {sent:.2f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
