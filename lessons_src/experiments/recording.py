"""The one place that puts records, and the weights that are kept, among the book's.

Each run trains in a directory of its own under runs/. The same command resumes it after an
interruption, from its last finished epoch. A run that has a record is not trained again.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from lessons_src.data import Dataset
from lessons_src.errors import DatasetError
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.files import replacing
from lessons_src.messages import note
from lessons_src.records import RECORDS, RunRecord, find, half_weights, run_name
from lessons_src.records.kept_weights import KEPT, SEED, weights_path
from lessons_src.runtime import setup
from lessons_src.training import train
from lessons_src.training.progress import Progress

import keras

DATA = "CIFAR-10"  # the original images: a copy's pixels differ, and so do its accuracies
RUNS = Path("runs")


def record_all(
    experiment: Experiment, dataset: Dataset, folder: Path = RECORDS, run_dirs: Path = RUNS
) -> Iterator[RunRecord]:
    """Train an experiment's variants with its seeds, except those recorded, and keep the records.

    Args:
        experiment: What to train: all variants with the first seed, then with the next one.
        dataset: The original CIFAR-10; variants that have data of their own do not see it.
        folder: Where the records lie.
        run_dirs: Where the directories of the runs lie.

    Yields:
        Each record, trained now or before.

    Raises:
        DatasetError: If the data are not the original CIFAR-10.
    """
    if dataset.title != DATA:
        raise DatasetError(
            f"records are of {DATA} itself, not of {dataset.title}: "
            "set CIFAR10_DIR to the original, or leave it unset"
        )
    for seed, variant in product(experiment.seeds, experiment.variants):
        yield _recorded(variant, seed, folder) or _record(variant, seed, dataset, folder, run_dirs)


def recorded(variant: Variant, folder: Path = RECORDS) -> list[RunRecord]:
    """Return the records of a variant on the original CIFAR-10 or its own data, ordered by seed.

    Args:
        variant: A variant of an experiment.
        folder: Where the records lie.
    """
    runs = find(variant.network, variant.recipe.name, folder)
    return [run for run in runs if variant.data or run.dataset == DATA]


def runs_by_label(experiment: Experiment, folder: Path = RECORDS) -> dict[str, list[RunRecord]]:
    """Return the records of each variant of an experiment, as `recorded` does, by its label.

    Args:
        experiment: The experiment.
        folder: Where the records lie.
    """
    return {variant.label: recorded(variant, folder) for variant in experiment.variants}


def try_all(experiment: Experiment, dataset: Dataset) -> Iterator[RunRecord]:
    """Train each of an experiment's variants for a moment; keep nothing.

    Args:
        experiment: What to train: three epochs of a few images.
        dataset: Any data, for the variants that have none of their own.

    Yields:
        Each record.
    """
    for variant in experiment.variants:
        data = variant.sees(dataset)
        recipe = replace(variant.recipe, epochs=3, images=(256, 64, 64))
        recipe = replace(recipe, small_epochs=min(recipe.small_epochs, 1))
        with TemporaryDirectory() as run_dir:
            setup()
            yield train(variant.untrained(data), data, recipe, run_dir)
        keras.backend.clear_session()


def _recorded(variant: Variant, seed: int, folder: Path) -> RunRecord | None:
    """Return the record of a variant with a seed if there is one."""
    found = (run for run in recorded(variant, folder) if run.recipe["seed"] == seed)
    return next(found, None)


def _record(
    variant: Variant, seed: int, dataset: Dataset, folder: Path, run_dirs: Path
) -> RunRecord:
    """Train a variant with a seed, or go on with its run, and keep the record."""
    name = run_name(variant.network, variant.recipe.name, seed)
    note(f"training {name}")
    setup(seed)
    recipe = replace(variant.recipe, seed=seed)
    data = variant.sees(dataset)
    run_dir = run_dirs / data.name / name
    model = variant.untrained(data)
    record = train(model, data, recipe, run_dir, callbacks=[Progress(sys.stderr)])
    if variant.measure:
        record = replace(record, measured=variant.measure(model, data))
    if seed == SEED and (variant.network, variant.recipe.name) in KEPT:
        half_weights.save(model, weights_path(variant.network, variant.recipe.name, folder))
    with replacing(folder / f"{name}.json") as aside:  # last: whoever finds it finds all
        aside.write_text(record.to_json())
    keras.backend.clear_session()
    return record
