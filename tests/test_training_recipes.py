"""lessons_src.recipes: what a page may spend."""

from lessons_src.models import MODELS
from lessons_src.training.page_budgets import reduced
from lessons_src.training.recipes import NOTE, RECIPES, Recipe

import pytest


def test_the_notes_recipe():
    assert (NOTE.epochs, NOTE.batch_size, NOTE.optimizer) == (5, 32, "adam")
    assert NOTE.images is None and NOTE.schedule == "constant" and NOTE.shift == 0


def test_recipes_are_found_by_their_names():
    assert all(recipe.name == name for name, recipe in RECIPES.items())


@pytest.mark.parametrize("network", MODELS)
def test_budgets_grow_from_smoke_to_gpu(network):
    smoke, cpu, gpu = (reduced(network, budget) for budget in ("smoke", "cpu", "gpu"))
    assert smoke.epochs * smoke.images[0] < cpu.epochs * cpu.images[0] < gpu.epochs * 45_000
    assert gpu.images is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Recipe("r", epochs=0, batch_size=32), "epochs .* not 0"),
        (lambda: Recipe("r", epochs=1, batch_size=0), "batch_size .* not 0"),
        (lambda: Recipe("r", epochs=1, batch_size=1, optimizer="lion"), "optimizer .* 'lion'"),
        (
            lambda: Recipe("r", epochs=1, batch_size=1, schedule="wave"),
            "schedule .* 'wave'",
        ),
        (lambda: Recipe("r", epochs=1, batch_size=1, averaging=1.0), "averaging .* not 1.0"),
        (lambda: reduced("lenet", "cpu"), "'lenet'.*baseline, lenet5"),
        (lambda: reduced("lenet5", "tpu"), "'tpu'.*smoke, cpu, gpu"),
    ],
)
def test_bad_recipes_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
