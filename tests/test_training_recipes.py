"""lessons_src.training.recipes: the recorded recipes, and what a page may spend."""

import json
from dataclasses import asdict, fields, replace

from lessons_src.models import MODELS
from lessons_src.records.run_record import RECORDS
from lessons_src.training.compiling import compile_model
from lessons_src.training.optimizers import OPTIMIZERS
from lessons_src.training.page_budgets import reduced
from lessons_src.training.recipes import NOTE, RECIPES, Recipe
from lessons_src.training.schedules import SCHEDULES

import keras
import pytest
from training_helpers import TINY, plain

RECORDED = [
    (path.stem, recipe)
    for path in sorted(RECORDS.glob("*.json"))
    if (recipe := json.loads(path.read_text())["recipe"])["name"] in RECIPES
]


def test_the_notes_recipe():
    assert (NOTE.epochs, NOTE.batch_size, NOTE.optimizer) == (5, 32, "adam")
    assert NOTE.images is None and NOTE.schedule == "constant" and NOTE.shift == 0


def test_recipes_are_found_by_their_names():
    assert all(recipe.name == name for name, recipe in RECIPES.items())


def test_all_but_the_unmeasured_recipe_have_records():
    assert {recipe["name"] for _, recipe in RECORDED} == set(RECIPES) - {"fast_long"}


def test_the_unmeasured_one_is_longer_at_full_size_and_changes_images_more():
    long, fast = RECIPES["fast_long"], RECIPES["fast"]
    assert long.epochs > 2 * fast.epochs and long.small_epochs == 0 < fast.small_epochs
    assert long.shift > fast.shift and long.cutout > fast.cutout
    same = ("name", "epochs", "small_epochs", "shift", "cutout")
    assert replace(long, **{name: getattr(fast, name) for name in same}) == fast


@pytest.mark.parametrize(("run", "recorded"), RECORDED, ids=[run for run, _ in RECORDED])
def test_a_recipe_is_what_its_records_were_made_by(run, recorded):
    recipe = json.loads(json.dumps(asdict(RECIPES[recorded["name"]])))
    if "cosine_decay" in recorded:  # before there were other schedules
        decays = recorded.pop("cosine_decay")
        assert recipe["schedule"] == ("cosine" if decays else "constant")
    # A record without the field is of the time when what was shifted was flipped too.
    recorded = {"flip": recorded["shift"] > 0, **recorded, "seed": recipe["seed"]}
    assert recorded == {name: recipe[name] for name in recorded}
    # What a record lacks was not there to be changed, so the recipe has its default.
    defaults = {field.name: field.default for field in fields(Recipe)}
    lacking = recipe.keys() - recorded.keys() - {"schedule"}
    assert {name: recipe[name] for name in lacking} == {name: defaults[name] for name in lacking}


@pytest.mark.parametrize("network", MODELS)
def test_budgets_grow_from_smoke_to_gpu(network):
    smoke, cpu, gpu = (reduced(network, budget) for budget in ("smoke", "cpu", "gpu"))
    assert smoke.epochs * smoke.images[0] < cpu.epochs * cpu.images[0] < gpu.epochs * 45_000
    assert gpu.images is None


def test_budgets_keep_the_notes_optimizer_and_batch_size():
    for budget in ("smoke", "cpu", "gpu"):
        recipe = reduced("lenet5", budget)
        same = {"name": "", "epochs": 1, "images": None, "test_curve": False}
        assert replace(recipe, **same) == replace(NOTE, **same)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Recipe("r", epochs=0, batch_size=32), "epochs .* not 0"),
        (lambda: Recipe("r", epochs=1, batch_size=0), "batch_size .* not 0"),
        (
            lambda: Recipe("r", epochs=1, batch_size=1, optimizer="lion"),
            "optimizer must be one of adam, sgd, rmsprop, muon, not 'lion'",
        ),
        (
            lambda: Recipe("r", epochs=1, batch_size=1, schedule="wave"),
            "schedule must be one of constant, step, cosine, linear, not 'wave'",
        ),
        (
            lambda: Recipe("r", epochs=1, batch_size=1, precision="float16"),
            "precision must be one of float32, bfloat16, not 'float16'",
        ),
        (lambda: Recipe("r", epochs=1, batch_size=1, averaging=1.0), "averaging .* not 1.0"),
        (lambda: Recipe("r", epochs=1, batch_size=1, flip_in_turn=True), "needs flip=True"),
        (lambda: reduced("lenet", "cpu"), "'lenet'.*baseline, lenet5"),
        (lambda: reduced("lenet5", "tpu"), "'tpu'.*smoke, cpu, gpu"),
    ],
)
def test_bad_recipes_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_new_optimizer_or_schedule_needs_one_entry(monkeypatch):
    monkeypatch.setitem(OPTIMIZERS, "lion", lambda rate, *_: keras.optimizers.Lion(rate))
    monkeypatch.setitem(SCHEDULES, "square", lambda done: (1 - done) ** 2)
    recipe = replace(TINY, optimizer="lion", schedule="square", epochs=1, learning_rate=8)
    model = plain()
    compile_model(model, recipe, steps_per_epoch=4)
    assert type(model.optimizer) is keras.optimizers.Lion
    assert [float(model.optimizer._learning_rate(step)) for step in range(5)] == [8, 4.5, 2, 0.5, 0]
