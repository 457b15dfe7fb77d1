"""lessons_src.experiments.kernel_stacks: stacks of 3×3 and large kernels that see as far."""

from lessons_src.analysis import layer_table
from lessons_src.experiments.kernel_stacks import EXPERIMENT

import numpy as np
import pytest
from experiment_helpers import noise_images
from keras import layers

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}
MODELS = {label: variant.untrained(noise_images()) for label, variant in VARIANTS.items()}
TABLES = {label: layer_table(model) for label, model in MODELS.items()}
KERNELS = {"three": [3, 3, 3], "two": [3, 3], "one 7×7": [7], "one 5×5": [5]}


@pytest.mark.parametrize("label", VARIANTS)
def test_a_variant_has_the_kernels_of_its_label(label):
    model = MODELS[label]
    found = [x.kernel_size[0] for x in model.layers if isinstance(x, layers.Conv2D)]
    group = next(kernels for start, kernels in KERNELS.items() if label.startswith(start))
    assert found == [3, *group, *group]
    activations = sum(isinstance(layer, layers.Activation) for layer in model.layers)
    assert activations == 1 + 2 * (1 if "linear" in label else len(group))
    normalized = sum(isinstance(layer, layers.BatchNormalization) for layer in model.layers)
    assert normalized == (len(found) if "BN" in label else 0)
    assert VARIANTS[label].network == model.name


@pytest.mark.parametrize("label", [v.label for v in EXPERIMENT.variants if v.against])
def test_a_stack_and_its_large_kernel_see_equally_far(label):
    def field(which):
        return [row.receptive_field for row in TABLES[which].rows if row.receptive_field][-1]

    assert field(label) == field(VARIANTS[label].against)


@pytest.mark.parametrize("label", ["one 7×7, same cost", "one 5×5, same cost"])
def test_the_thinner_networks_cost_what_the_stack_costs(label):
    def cost(which):
        return sum(row.macs for row in TABLES[which].rows)

    assert cost(label) == pytest.approx(cost(VARIANTS[label].against), rel=0.1)
    assert cost(label.removesuffix(", same cost")) > 1.2 * cost(VARIANTS[label].against)


def test_the_initial_weights_suit_what_follows():
    convolutions = [x for x in MODELS["three linear 3×3"].layers if isinstance(x, layers.Conv2D)]
    kernels = [layer.kernel for layer in convolutions[1:]]
    he = [float(np.std(kernel)) > 0.1 for kernel in kernels]  # √(2/144) and √(2/288) in theory
    assert he == [False, False, True] * 2


def test_all_see_the_same_data_by_the_same_recipe():
    assert len({variant.recipe for variant in EXPERIMENT.variants}) == 1
    assert len({variant.network for variant in EXPERIMENT.variants}) == len(VARIANTS)
