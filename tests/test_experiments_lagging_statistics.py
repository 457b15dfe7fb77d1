"""lessons_src.experiments.lagging_statistics: large batches, with a long and a short memory."""

from lessons_src.experiments.lagging_statistics import EXPERIMENT
from lessons_src.layers.normalization import FrozenBatchNormalization

import keras
import pytest
from experiment_helpers import noise_images

EXPECTED = {  # momentum, batch, frozen
    "batch 32": (0.99, 32, False),
    "batch 1,024": (0.99, 1024, False),
    "with momentum 0.9": (0.9, 1024, False),
    "frozen, batch 32": (0.99, 32, True),
    "frozen, batch 1,024": (0.99, 1024, True),
}


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=EXPECTED)
def test_a_variant_has_the_batch_the_momentum_and_the_mode_of_its_label(variant):
    momentum, batch_size, frozen = EXPECTED[variant.label]
    model = variant.untrained(noise_images())
    kinds = [x for x in model.layers if isinstance(x, keras.layers.BatchNormalization)]
    assert {layer.momentum for layer in kinds} == {momentum} and len(kinds) == 26 - 1
    assert {isinstance(layer, FrozenBatchNormalization) for layer in kinds} == {frozen}
    assert variant.recipe.batch_size == batch_size


def test_each_is_compared_with_one_from_which_one_thing_differs():
    by_label = {variant.label: variant for variant in EXPERIMENT.variants}
    against = {label: variant.against for label, variant in by_label.items()}
    assert against == {
        "batch 32": None,
        "batch 1,024": "batch 32",
        "with momentum 0.9": "batch 1,024",
        "frozen, batch 32": "batch 32",
        "frozen, batch 1,024": "batch 1,024",
    }
    for label, other in against.items():
        if other:
            one, two = by_label[label], by_label[other]
            assert (one.network == two.network) != (one.recipe == two.recipe)
