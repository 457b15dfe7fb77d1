"""lessons_src.experiments.fast_parts: Fast11 and its recipe, one part exchanged at a time."""

from dataclasses import asdict

from lessons_src.analysis import layer_table
from lessons_src.experiments.fast_parts import EXPERIMENT, RATES
from lessons_src.training.recipes import FAST

import pytest
from experiment_helpers import noise_images

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


@pytest.fixture(scope="module")
def tables():
    noise = noise_images()
    return {label: layer_table(v.untrained(noise)) for label, v in VARIANTS.items()}


def changed(recipe):
    pairs = asdict(FAST).items()
    return {k: asdict(recipe)[k] for k, v in pairs if asdict(recipe)[k] != v and k != "name"}


def test_each_differs_from_the_whole_in_the_network_or_in_one_setting():
    changes = {label: changed(v.recipe) for label, v in VARIANTS.items()}
    assert changes == {
        "Fast11": {},
        "no whitening": {},
        "half the filters": {},
        "two convolutions a block": {},
        "no small images": {"small_epochs": 0},
        "no label smoothing": {"label_smoothing": 0.0},
    }
    assert {v.against for v in EXPERIMENT.variants} == {None, "Fast11"}


def test_the_first_layer_has_the_same_size_and_is_trained_without_whitening(tables):
    whole, other = tables["Fast11"], tables["no whitening"]
    assert whole["whiten"].params == other["whiten"].params == 24 * 13
    assert [row.output_shape for row in whole.rows] == [row.output_shape for row in other.rows]
    trained = other.params - other.non_trainable
    assert trained - (whole.params - whole.non_trainable) == 24 * 13


def test_half_the_filters_have_a_quarter_of_the_work_of_a_block(tables):
    for name in ("block1_2_conv", "block3_3_conv"):
        assert 4 * tables["half the filters"][name].macs == tables["Fast11"][name].macs


def test_two_convolutions_a_block_are_those_of_the_whole_without_the_third(tables):
    whole = [row.name for row in tables["Fast11"].rows]
    left_out = set(whole) - {row.name for row in tables["two convolutions a block"].rows}
    parts = ("3_conv", "3_bn", "add", "3_act")
    assert left_out == {f"block{block}_{part}" for block in (1, 2, 3) for part in parts}


def test_sgd_is_tried_at_four_rates():
    assert [changed(v.recipe) for v in RATES.variants] == [
        {"optimizer": "sgd", "learning_rate": rate} for rate in (0.1, 0.2, 0.4, 0.8)
    ]
