"""The note's six networks by the note's recipe, each beside the one before it."""

from lessons_src.experiments.ablation import recomputed
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.models import MODELS
from lessons_src.training.recipes import NOTE

EXPERIMENT = Experiment(
    "six_networks",
    variants=tuple(
        Variant(network, network, NOTE, before, measure=recomputed)
        for before, network in zip([None, *MODELS], MODELS, strict=False)
    ),
    seeds=(0, 1, 2),
)
