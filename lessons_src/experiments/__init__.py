"""Recorded comparisons as data: what is compared, on which seeds, and how it came out."""

from lessons_src.experiments import (
    alexnet8_parts,
    depths,
    dropout_rates,
    figure_sizes,
    inception_heads,
    inception_units,
    kernel_stacks,
    ladder,
    lagging_statistics,
    lenet5_parts,
    normalization_modes,
    normalization_rates,
    optimizers,
    permutation,
    shift,
)
from lessons_src.experiments.experiment import Experiment, Variant

__all__ = ["EXPERIMENTS", "Experiment", "Variant"]

EXPERIMENTS = {
    module.EXPERIMENT.name: module.EXPERIMENT
    for module in (
        permutation,
        figure_sizes,
        normalization_rates,
        normalization_modes,
        shift,
        dropout_rates,
        optimizers,
        lenet5_parts,
        alexnet8_parts,
        kernel_stacks,
        inception_units,
        inception_heads,
        lagging_statistics,
        depths,
        ladder,
    )
}
