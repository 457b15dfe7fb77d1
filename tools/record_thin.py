"""Train the thin networks of chapter 14 and put their records among the book's.

    python tools/record_thin.py

Stopped and started again it goes on after the last finished epoch, and never repeats a record.
"""

from dataclasses import replace
from itertools import product

from lessons_src.data import load_dataset
from lessons_src.models.thin import DEPTHS, thin_net
from lessons_src.runtime import setup
from lessons_src.training.recipes import THIN

import keras
from recording import record

SEEDS = (0, 1, 2)
KEPT = "thin_resnet14-thin-seed0"  # the run whose weights the chapter looks into


def main() -> None:
    """Train every network and seed that has no record yet."""
    dataset = load_dataset("cifar10")
    for seed, depth, residual in product(SEEDS, DEPTHS, (False, True)):
        setup(seed)
        model = thin_net(depth, residual, shrink=2)
        record(model, dataset, replace(THIN, seed=seed), KEPT)
        keras.backend.clear_session()


if __name__ == "__main__":
    main()
