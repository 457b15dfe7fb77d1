"""Train a run and put its record among the book's: what the programs that record have in common."""

import shutil
import sys
from pathlib import Path

from lessons_src.data import Dataset
from lessons_src.records import RECORDS
from lessons_src.training import train
from lessons_src.training.progress import Progress
from lessons_src.training.recipes import Recipe

import keras


def record(model: keras.Model, dataset: Dataset, recipe: Recipe, keep_weights: str = "") -> None:
    """Train a model, or go on with its run, unless the book has the record.

    Args:
        model: As `train` takes it.
        dataset: As `train` takes it.
        recipe: As `train` takes it.
        keep_weights: Name of the run whose best weights are kept beside its record.
    """
    run = f"{model.name}-{recipe.name}-seed{recipe.seed}"
    if (RECORDS / f"{run}.json").exists():
        return
    print(run, file=sys.stderr)
    run_dir = Path("runs", run)
    train(model, dataset, recipe, run_dir, callbacks=[Progress()])
    shutil.copy(run_dir / "record.json", RECORDS / f"{run}.json")
    if run == keep_weights:
        shutil.copy(run_dir / "best.weights.h5", RECORDS / f"{run}.weights.h5")
