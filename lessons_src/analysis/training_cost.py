"""What the book's recorded trainings took."""

import statistics
from collections.abc import Sequence

from lessons_src.analysis.layer_table import layer_table
from lessons_src.arithmetic import training_petaflops
from lessons_src.errors import UsageError
from lessons_src.models import build_model
from lessons_src.records import RunRecord, TrainingCost

SIDE = 32  # pixels of the images of all records


def petaflops(run: RunRecord) -> float:
    """Return about how many operations a recorded training took, in PFLOP, 10¹⁵ operations.

    Epochs of small images are counted as such. What is no multiply-add of a convolution or a dense
    layer is left out, as are validation and test.

    Args:
        run: A record; with small images, of a model that `models.build_model` builds.

    Raises:
        UsageError: If the record counts no multiply-adds.
    """
    if run.macs is None:
        raise UsageError(f"{run.name} counts no multiply-adds; choose a network of layers")
    small = run.recipe.get("small_epochs", 0)
    total = training_petaflops(run.macs, (run.recipe["epochs"] - small) * run.images["train"])
    if small:
        side = 3 * SIDE // 4  # as training.batches shrinks them
        macs = layer_table(build_model(run.model, (side, side, 3))).macs
        total += training_petaflops(macs, small * run.images["train"])
    return total


def mean_cost(label: str, runs: Sequence[RunRecord]) -> TrainingCost:
    """Return what a recorded training took and reached, on average over its seeds.

    Args:
        label: What tables and figures call it.
        runs: Records of one model by one recipe on the same images, at least one.
    """
    return TrainingCost(
        label,
        source=label,
        accuracy=statistics.fmean(run.test_accuracy for run in runs),
        device=runs[0].device.partition(" (")[0].replace("CPU ", ""),  # short, for a table
        seconds=statistics.fmean(run.seconds for run in runs),
        petaflops=petaflops(runs[0]),
    )
