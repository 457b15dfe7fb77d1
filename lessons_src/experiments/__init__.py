"""Recorded comparisons as data: what is compared, on which seeds, and how it came out."""

from lessons_src.experiments import (
    alexnet8_parts,
    depths,
    dropout_rates,
    fast_parts,
    figure_sizes,
    inception_heads,
    inception_units,
    kernel_stacks,
    ladder,
    lagging_statistics,
    lenet5_parts,
    mark,
    normalization_modes,
    normalization_rates,
    optimizers,
    permutation,
    precision,
    shift,
    six_networks,
)
from lessons_src.experiments.experiment import Experiment, Variant

__all__ = ["EXPERIMENTS", "Experiment", "Variant"]

EXPERIMENTS = {
    experiment.name: experiment
    for experiment in (
        permutation.EXPERIMENT,
        figure_sizes.EXPERIMENT,
        normalization_rates.EXPERIMENT,
        normalization_modes.EXPERIMENT,
        shift.EXPERIMENT,
        dropout_rates.EXPERIMENT,
        optimizers.EXPERIMENT,
        lenet5_parts.EXPERIMENT,
        alexnet8_parts.EXPERIMENT,
        kernel_stacks.EXPERIMENT,
        inception_units.EXPERIMENT,
        inception_heads.EXPERIMENT,
        lagging_statistics.EXPERIMENT,
        depths.EXPERIMENT,
        six_networks.EXPERIMENT,
        ladder.EXPERIMENT,
        fast_parts.EXPERIMENT,
        fast_parts.RATES,
        mark.EXPERIMENT,
        precision.EXPERIMENT,
    )
}
