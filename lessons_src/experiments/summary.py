"""What an experiment's records show, in one table of text."""

import statistics
from pathlib import Path

from lessons_src.experiments.experiment import Experiment
from lessons_src.experiments.recording import recorded
from lessons_src.experiments.statistics import gain
from lessons_src.records import RECORDS
from lessons_src.text_table import text_table

HEADINGS = ("variant", "seeds", "accuracy", "gain", "95 % interval")


def accuracies(experiment: Experiment, folder: Path = RECORDS) -> dict[str, list[float]]:
    """Return the recorded test accuracies of an experiment, in 0–1.

    Args:
        experiment: The experiment.
        folder: Where its records lie.

    Returns:
        By the variant's label, one value per recorded seed, in the order of the seeds.
    """
    return {
        variant.label: [run.test_accuracy for run in recorded(variant, folder)]
        for variant in experiment.variants
    }


def summary(experiment: Experiment, folder: Path = RECORDS) -> str:
    """Return a table of mean test accuracies, and of the gains over the variants compared with.

    Args:
        experiment: The experiment.
        folder: Where its records lie.

    Returns:
        One line per variant: accuracy in per cent, gain in points with its paired 95 % interval,
        which two seeds or more have.
    """
    runs = {variant.label: recorded(variant, folder) for variant in experiment.variants}
    rows = []
    for variant in experiment.variants:
        mine = runs[variant.label]
        accuracy = (
            f"{100 * statistics.fmean(run.test_accuracy for run in mine):.1f}" if mine else ""
        )
        compared = ("", "")
        if variant.against and len(mine) > 1 and len(runs[variant.against]) > 1:
            found = gain(mine, runs[variant.against])
            compared = (
                f"{100 * found.mean:+.1f}",
                f"{100 * found.low:+.1f} to {100 * found.high:+.1f}",
            )
        rows.append((variant.label, str(len(mine)), accuracy, *compared))
    return text_table(HEADINGS, rows, "<>>>>")
