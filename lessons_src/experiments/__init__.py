"""Recorded comparisons as data: what is compared, on which seeds, and how it came out."""

from lessons_src.experiments import depths, ladder
from lessons_src.experiments.experiment import Experiment, Variant

__all__ = ["EXPERIMENTS", "Experiment", "Variant"]

EXPERIMENTS = {experiment.name: experiment for experiment in (depths.EXPERIMENT, ladder.EXPERIMENT)}
