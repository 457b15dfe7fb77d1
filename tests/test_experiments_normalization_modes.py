"""lessons_src.experiments.normalization_modes: normalization in the wrong mode while training."""

from lessons_src.experiments.normalization_modes import EXPERIMENT

import numpy as np
import pytest
from experiment_helpers import noise_images

NETWORKS = [variant.network for variant in EXPERIMENT.variants]


def test_all_are_compared_with_no_normalization_and_differ_in_nothing_else():
    without, *others = EXPERIMENT.variants
    assert without.label == "without BN"
    assert [variant.against for variant in others] == ["without BN"] * 2
    assert {variant.recipe for variant in EXPERIMENT.variants} == {without.recipe}


@pytest.mark.parametrize("network", NETWORKS)
def test_only_the_right_mode_uses_the_batch_and_remembers_it(network):
    data = noise_images()
    [variant] = [v for v in EXPERIMENT.variants if v.network == network]
    model = variant.untrained(data)
    images = data.x_train[:8].astype("float32") / 255
    before = [np.array(w) for w in model.non_trainable_weights]
    apart = [np.array(model(images[i : i + 1], training=True)) for i in range(8)]
    together = np.array(model(images, training=True))
    after = [np.array(w) for w in model.non_trainable_weights]
    right = network == "four_convolutions_bn"
    assert np.allclose(np.concatenate(apart), together, atol=1e-6) != right
    assert any((a != b).any() for a, b in zip(after, before, strict=True)) == right
    assert len(before) == (0 if network == "four_convolutions" else 8)
