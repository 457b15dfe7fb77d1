"""lessons_src.experiments.six_networks: the note's networks and recipe, nothing else."""

from lessons_src.experiments.ablation import recomputed
from lessons_src.experiments.six_networks import EXPERIMENT
from lessons_src.training.recipes import NOTE


def test_the_six_train_as_the_note_says_three_times():
    names = [variant.network for variant in EXPERIMENT.variants]
    assert names == ["baseline", "lenet5", "alexnet8", "vgg16", "inception10", "resnet18"]
    assert {variant.recipe for variant in EXPERIMENT.variants} == {NOTE}
    assert EXPERIMENT.seeds == (0, 1, 2)


def test_each_is_beside_the_one_before_it_and_measured_without_lag():
    before = [None, *(variant.label for variant in EXPERIMENT.variants)][:-1]
    assert [variant.against for variant in EXPERIMENT.variants] == before
    assert all(variant.measure is recomputed for variant in EXPERIMENT.variants)
