"""Four optimizers, each at four learning rates; and a falling rate instead of a constant one.

The Baseline by the note's batch size and epochs, on fewer images. The first rate of an optimizer is
its default in Keras.
"""

from dataclasses import replace

from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.training.recipes import Recipe

RECIPE = Recipe("optimizer", epochs=5, batch_size=32, images=(10_000, 2_500, 10_000))
OPTIMIZERS = {
    "SGD": replace(RECIPE, optimizer="sgd", momentum=0.0),
    "momentum": replace(RECIPE, optimizer="sgd", momentum=0.9),
    "RMSprop": replace(RECIPE, optimizer="rmsprop"),
    "Adam": replace(RECIPE, optimizer="adam"),
}
RATES = {
    "SGD": (0.01, 0.03, 0.1, 0.3),
    "momentum": (0.01, 0.001, 0.003, 0.03),
    "RMSprop": (0.001, 0.0001, 0.0003, 0.003),
    "Adam": (0.001, 0.0001, 0.0003, 0.003),
}
FALLING = (("momentum", 0.01), ("Adam", 0.001), ("Adam", 0.003))


def label(optimizer: str, rate: float) -> str:
    """Return the label of the variant with a constant rate.

    Args:
        optimizer: A key of `OPTIMIZERS`.
        rate: One of its `RATES`.
    """
    return f"{optimizer}, rate {rate:g}"


def _recipe(optimizer: str, rate: float) -> Recipe:
    name = f"{optimizer.lower()}_{rate:g}"
    return replace(OPTIMIZERS[optimizer], name=name, learning_rate=rate)


def _falling(optimizer: str, rate: float) -> Variant:
    recipe = _recipe(optimizer, rate)
    recipe = replace(recipe, name=f"{recipe.name}_cosine", schedule="cosine")
    constant = label(optimizer, rate)
    return Variant(f"{optimizer}, cosine {rate:g}", "baseline", recipe, against=constant)


EXPERIMENT = Experiment(
    "optimizers",
    variants=(
        *(
            Variant(
                label(optimizer, rate),
                "baseline",
                _recipe(optimizer, rate),
                against=None if rate == rates[0] else label(optimizer, rates[0]),
            )
            for optimizer, rates in RATES.items()
            for rate in rates
        ),
        *(_falling(optimizer, rate) for optimizer, rate in FALLING),
    ),
    seeds=tuple(range(5)),
)
