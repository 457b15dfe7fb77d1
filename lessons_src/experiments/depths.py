"""Plain and residual networks, deeper and deeper, on pictures shrunk to 16×16."""

from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.models.thin import DEPTHS
from lessons_src.training.recipes import Recipe

# The note's optimizer with a falling rate, in batches large enough for forty runs.
RECIPE = Recipe("depths", epochs=5, batch_size=128, schedule="cosine")

EXPERIMENT = Experiment(
    "depths",
    variants=tuple(
        Variant(f"{family}, {depth} layers", f"thin_{network}{depth}", RECIPE, against=against)
        for depth in DEPTHS
        for family, network, against in (
            ("plain", "plain", None),
            ("residual", "resnet", f"plain, {depth} layers"),
        )
    ),
    seeds=tuple(range(5)),
)
