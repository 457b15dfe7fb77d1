"""Train the rungs of chapter 16's ladder and put their records among the book's.

    python tools/record_ladder.py [--smoke]

Stopped and started again it goes on after the last finished epoch, and never repeats a record.
With --smoke every rung trains for three epochs on a few drawn images, and nothing is kept.
"""

import sys
from dataclasses import replace
from itertools import product
from tempfile import TemporaryDirectory

from lessons_src.data import load_dataset
from lessons_src.experiments.ladder import SEEDS, STEPS, build
from lessons_src.runtime import setup
from lessons_src.training import train

import keras
from recording import record


def main() -> None:
    """Train every rung and seed that has no record yet."""
    dataset = load_dataset("cifar10")
    for seed, step in product(SEEDS, STEPS):
        setup(seed)
        record(build(step, dataset), dataset, replace(step.recipe, seed=seed))
        keras.backend.clear_session()


def smoke() -> None:
    """Train every rung for a moment."""
    dataset = load_dataset("shapes10")
    for step in STEPS:
        setup(0)
        recipe = replace(step.recipe, epochs=3, images=(256, 64, 64))
        recipe = replace(recipe, small_epochs=min(recipe.small_epochs, 1))
        with TemporaryDirectory() as run_dir:
            run = train(build(step, dataset), dataset, recipe, run_dir)
        print(f"{step.label}: {run.test_accuracy:.1%}", flush=True)


if __name__ == "__main__":
    smoke() if "--smoke" in sys.argv[1:] else main()
