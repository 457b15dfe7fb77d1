"""How sure a recorded difference is: paired by seed, with a 95 % interval."""

import math
import statistics
from collections.abc import Sequence
from typing import NamedTuple

from lessons_src.errors import UsageError
from lessons_src.records import RunRecord

TEST = "test_accuracy"

# Student's t that 2.5 % of the distribution exceed, for 1, 2, … 30 degrees of freedom.
T_975 = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)


class Difference(NamedTuple):
    """A mean difference and its 95 % interval.

    Attributes:
        mean: The mean over the pairs.
        low: Lower end of the interval.
        high: Upper end of the interval.
        pairs: How many pairs there are.
    """

    mean: float
    low: float
    high: float
    pairs: int


def mean_difference(values: Sequence[float], others: Sequence[float]) -> Difference:
    """Return the mean of `values` minus `others`, pair by pair, with its 95 % t-interval.

    The interval assumes that the differences are drawn independently from one normal distribution.

    Args:
        values: One value per pair.
        others: The values that they are paired with, in the same order.

    Raises:
        UsageError: For fewer than 2 pairs, which have no spread, or more than 31.
    """
    differences = [value - other for value, other in zip(values, others, strict=True)]
    pairs = len(differences)
    if not 2 <= pairs <= len(T_975) + 1:
        raise UsageError(f"an interval needs 2 to {len(T_975) + 1} pairs, not {pairs}")
    mean = statistics.fmean(differences)
    margin = T_975[pairs - 2] * statistics.stdev(differences) / math.sqrt(pairs)
    return Difference(mean, mean - margin, mean + margin, pairs)


def in_points(values: Sequence[float], others: Sequence[float]) -> str:
    """Tell by how many points `values` lie above `others`, in words.

    Args:
        values: Shares in 0–1, one per pair.
        others: The shares that they are paired with, in the same order.

    Raises:
        UsageError: For no pair or more than 31.
    """
    if len(values) == len(others) == 1:
        return f"{100 * (values[0] - others[0]):+.1f} points; one seed has no interval"
    found = mean_difference(values, others)
    ends = f"{100 * found.low:+.1f} to {100 * found.high:+.1f}"
    return f"{100 * found.mean:+.1f} points, 95 % interval {ends}"


def value(run: RunRecord, of: str = TEST) -> float:
    """Return a run's test accuracy, or what its experiment measured besides.

    Args:
        run: The run's record.
        of: "test_accuracy", or a name in `measured`.

    Raises:
        KeyError: If the run has measured nothing of that name.
    """
    return run.test_accuracy if of == TEST else run.measured[of]


def gain(runs: Sequence[RunRecord], others: Sequence[RunRecord], of: str = TEST) -> Difference:
    """Return how much higher the test accuracy of some runs is, paired by seed.

    Args:
        runs: Records of one variant of an experiment, on the data of `others`.
        others: Records of the variant that it is compared with; seeds that only one has are left
            out.
        of: What is compared, as in `value`.

    Raises:
        UsageError: If the runs are not all on the same images, or fewer than 2 pairs share a seed.
    """
    return mean_difference(*_paired(runs, others, of))


def gain_in_points(runs: Sequence[RunRecord], others: Sequence[RunRecord]) -> str:
    """Tell by how many points the test accuracy of some runs is higher, paired by seed, in words.

    Args:
        runs: As in `gain`.
        others: As in `gain`; one common seed, or none, is told as such.

    Raises:
        UsageError: If the runs are not all on the same images.
    """
    accuracies, other_accuracies = _paired(runs, others, TEST)
    return in_points(accuracies, other_accuracies) if accuracies else "no seed in common"


def _paired(
    runs: Sequence[RunRecord], others: Sequence[RunRecord], of: str
) -> tuple[list[float], list[float]]:
    """Return the values of the seeds that both have, in the same order."""
    images = {run.fingerprint for run in (*runs, *others)}
    if len(images) > 1:
        raise UsageError(f"runs on {len(images)} sets of images have no common difference")
    accuracies, other_accuracies = (
        {run.recipe["seed"]: value(run, of) for run in group} for group in (runs, others)
    )
    seeds = sorted(accuracies.keys() & other_accuracies.keys())
    return [accuracies[seed] for seed in seeds], [other_accuracies[seed] for seed in seeds]
