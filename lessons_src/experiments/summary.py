"""What an experiment's records show, in one table of text."""

import statistics
from pathlib import Path

from lessons_src.experiments.experiment import Experiment
from lessons_src.experiments.recording import runs_by_label
from lessons_src.experiments.statistics import TEST, Difference, gain, gain_in_points, value
from lessons_src.records import RECORDS
from lessons_src.text_table import text_table

HEADINGS = ("variant", "mean", "gain", "from", "to")


def accuracies(
    experiment: Experiment, folder: Path = RECORDS, of: str = TEST
) -> dict[str, list[float]]:
    """Return the recorded test accuracies of an experiment, in 0–1.

    Args:
        experiment: The experiment.
        folder: Where its records lie.
        of: What to return, as in `statistics.value`.

    Returns:
        By the variant's label, one value per recorded seed, in the order of the seeds.
    """
    runs = runs_by_label(experiment, folder)
    return {label: [value(run, of) for run in of_seeds] for label, of_seeds in runs.items()}


def gains(experiment: Experiment, folder: Path = RECORDS, of: str = TEST) -> dict[str, Difference]:
    """Return what each variant gains over the one that it is compared with, paired by seed.

    Args:
        experiment: The experiment.
        folder: Where its records lie.
        of: What is compared, as in `statistics.value`.

    Returns:
        By the variant's label; variants that share fewer than two seeds with theirs are left out.
    """
    runs = runs_by_label(experiment, folder)
    found = {}
    for variant in experiment.variants:
        mine, others = runs[variant.label], runs.get(variant.against or "", [])
        seeds = {run.recipe["seed"] for run in mine} & {run.recipe["seed"] for run in others}
        if len(seeds) > 1:
            found[variant.label] = gain(mine, others, of)
    return found


def summary(experiment: Experiment, folder: Path = RECORDS, of: str = TEST) -> str:
    """Return a table of mean test accuracies, and of the gains over the variants compared with.

    Its lines fit on a telephone.

    Args:
        experiment: The experiment.
        folder: Where its records lie.
        of: Which accuracy, as in `statistics.value`.

    Returns:
        How many seeds there are, then one line per variant: mean accuracy in per cent, gain in
        points, and from where to where its paired 95 % interval goes. Two common seeds or more
        have a gain.
    """
    values, gained = accuracies(experiment, folder, of), gains(experiment, folder, of)
    rows = []
    for label, found in values.items():
        numbers = [f"{100 * statistics.fmean(found):.1f}"] if found else []
        if label in gained:
            numbers += [f"{100 * points:+.1f}" for points in gained[label][:3]]
        rows.append((label, *numbers, *[""] * (4 - len(numbers))))
    fewest, most = min(map(len, values.values())), max(map(len, values.values()))
    seeds = f"{most}" if fewest == most else f"{fewest} to {most}"
    table = text_table(HEADINGS, rows, "<>>>>", gap=1)
    plural = "" if seeds == "1" else "s"
    what = of.replace("_", " ")
    return f"{what} in %, {seeds} seed{plural}, 95 % intervals\n{table}"


def outcome(experiment: Experiment, label: str, folder: Path = RECORDS) -> str:
    """Tell in a line what a variant of an experiment gained, once all of its seeds are recorded.

    Args:
        experiment: The experiment.
        label: The variant's, which is compared with another one.
        folder: Where its records lie.

    Raises:
        KeyError: For a label that no variant has.
    """
    against = {variant.label: variant.against or label for variant in experiment.variants}[label]
    found = runs_by_label(experiment, folder)
    runs, others = found[label], found[against]
    done, seeds = min(len(runs), len(others)), len(experiment.seeds)
    return gain_in_points(runs, others) if done >= seeds else f"{done} of {seeds} seeds recorded"
