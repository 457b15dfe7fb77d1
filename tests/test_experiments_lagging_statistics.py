"""lessons_src.experiments.lagging_statistics: large batches, with a long and a short memory."""

from lessons_src.experiments.lagging_statistics import EXPERIMENT

import keras
import pytest
from experiment_helpers import noise_images

MOMENTUM = {"batch 32": 0.99, "batch 1,024": 0.99, "with momentum 0.9": 0.9}
BATCH = {"batch 32": 32, "batch 1,024": 1024, "with momentum 0.9": 1024}


@pytest.mark.parametrize("variant", EXPERIMENT.variants, ids=MOMENTUM)
def test_a_variant_has_the_batch_and_the_momentum_of_its_label(variant):
    model = variant.untrained(noise_images())
    kinds = [x for x in model.layers if isinstance(x, keras.layers.BatchNormalization)]
    assert {layer.momentum for layer in kinds} == {MOMENTUM[variant.label]} and len(kinds) == 26 - 1
    assert variant.recipe.batch_size == BATCH[variant.label]


def test_each_is_compared_with_the_one_before_from_which_one_thing_differs():
    first, large, short = EXPERIMENT.variants
    assert (first.against, large.against, short.against) == (None, first.label, large.label)
    assert large.network == first.network != short.network
    assert short.recipe == large.recipe != first.recipe
