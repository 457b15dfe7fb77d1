"""Plain and residual networks, deeper and deeper."""

from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.models.thin import DEPTHS
from lessons_src.training.recipes import THIN

EXPERIMENT = Experiment(
    "depths",
    variants=tuple(
        Variant(f"{family}, {depth} layers", f"thin_{network}{depth}", THIN, against=against)
        for depth in DEPTHS
        for family, network, against in (
            ("plain", "plain", None),
            ("residual", "resnet", f"plain, {depth} layers"),
        )
    ),
    seeds=(0, 1, 2),
)
