"""Recorded comparisons as data: what is compared, on which seeds, and how it came out."""

from lessons_src.experiments import (
    depths,
    dropout_rates,
    figure_sizes,
    ladder,
    normalization_modes,
    normalization_rates,
    permutation,
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
        dropout_rates,
        depths,
        ladder,
    )
}
