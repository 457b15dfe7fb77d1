"""Train the thin networks of chapter 14 and put their records among the book's.

    python tools/record_thin.py

Stopped and started again it goes on after the last finished epoch, and never repeats a record.
"""

import shutil
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

from lessons_src.runtime import setup

import keras

from lessons_src.data import load_dataset
from lessons_src.models.thin import DEPTHS, thin_net
from lessons_src.progress import Progress
from lessons_src.recipes import THIN
from lessons_src.records import RECORDS
from lessons_src.training import train

SEEDS = (0, 1, 2)
KEPT = "thin_resnet14-thin-seed0"  # the run whose weights the chapter looks into


def main() -> None:
    """Train every network and seed that has no record yet."""
    dataset = load_dataset("cifar10")
    for seed, depth, residual in product(SEEDS, DEPTHS, (False, True)):
        setup(seed)
        model = thin_net(depth, residual, shrink=2)
        run = f"{model.name}-{THIN.name}-seed{seed}"
        if not (RECORDS / f"{run}.json").exists():
            print(run, file=sys.stderr)
            run_dir = Path("runs", run)
            train(model, dataset, replace(THIN, seed=seed), run_dir, callbacks=[Progress()])
            shutil.copy(run_dir / "record.json", RECORDS / f"{run}.json")
            if run == KEPT:
                shutil.copy(run_dir / "best.weights.h5", RECORDS / f"{run}.weights.h5")
        keras.backend.clear_session()


if __name__ == "__main__":
    main()
