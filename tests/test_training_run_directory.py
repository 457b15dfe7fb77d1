"""lessons_src.training.run_directory: a directory never mixes two runs, nor loses one."""

import json
from dataclasses import fields, replace
from pathlib import Path

from lessons_src.errors import RunError
from lessons_src.training import run_directory
from lessons_src.training.augmentation import augmentation_layers
from lessons_src.training.recipes import NOTE, Recipe
from lessons_src.training.run_directory import claim, identity

import keras
import pytest
from keras import layers
from training_helpers import TINY, drawn, normalized, plain

BEGUN = Path(__file__).parent / "fixtures" / "run_begun_with_keras_3_13.json"


@pytest.fixture(scope="module")
def dataset():
    return drawn()


def claimed(run_dir, model, dataset, recipe=TINY):
    claim(run_dir, identity(model, dataset, recipe))
    return run_dir


def begun_network(rate=0.5):
    """The network of the fixture, as a notebook's cell makes it: Keras gives all names."""
    return keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            augmentation_layers(),
            layers.Conv2D(4, 3, 4, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(rate),
            layers.GaussianNoise(0.1),
            layers.Flatten(),
            layers.Dense(10, activation="softmax", kernel_regularizer="l2"),
        ]
    )


@pytest.fixture
def begun(tmp_path, dataset):
    """A directory with a run that the book's first edition began on Colab's Keras 3.13."""
    run = json.loads(BEGUN.read_text())
    shown = {"dataset": dataset.title, "fingerprint": dataset.fingerprint}
    (tmp_path / "run.json").write_text(json.dumps({**run, **shown}))
    return tmp_path


RECIPE = replace(NOTE, epochs=2, seed=3)


def test_a_run_begun_by_an_older_keras_and_edition_goes_on(begun, dataset):
    run = json.loads((begun / "run.json").read_text())
    assert "renorm" not in json.dumps(run) and "versions" not in run and "recipe.flip" not in run
    assert "renorm" in json.dumps(identity(begun_network(), dataset, RECIPE))
    claimed(begun, begun_network(), dataset, RECIPE)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m, r: (begun_network(rate=0.4), r), r"layers 3 \(Dropout\), rate: 0.5, not 0.4"),
        (lambda m, r: (m, replace(r, flip=True)), "recipe.flip False, not True"),
    ],
)
def test_but_not_as_another_run(begun, dataset, change, message):
    model, recipe = change(begun_network(), RECIPE)
    with pytest.raises(RunError, match=message):
        claimed(begun, model, dataset, recipe)


@pytest.mark.parametrize(("shift", "flip"), [(0, False), (2, True)])
def test_the_first_edition_flipped_what_it_shifted(tmp_path, dataset, shift, flip):
    run = identity(plain(), dataset, replace(TINY, shift=shift, flip=flip))
    del run["recipe.flip"]
    claim(tmp_path, run)
    claimed(tmp_path, plain(), dataset, replace(TINY, shift=shift, flip=flip))
    with pytest.raises(RunError, match=f"recipe.flip {flip}, not {not flip}"):
        claimed(tmp_path, plain(), dataset, replace(TINY, shift=shift, flip=not flip))


def test_a_field_that_a_run_was_begun_without_has_its_default(tmp_path, dataset):
    run = identity(plain(), dataset, TINY)
    del run["recipe.validates"]
    claim(tmp_path, run)
    claimed(tmp_path, plain(), dataset, TINY)
    with pytest.raises(RunError, match="recipe.validates True, not False"):
        claimed(tmp_path, plain(), dataset, replace(TINY, validates=False))


def test_the_same_cell_may_run_twice(tmp_path, dataset):
    first, second = normalized(), normalized()
    assert first.name != second.name
    claimed(tmp_path, first, dataset)
    claimed(tmp_path, second, dataset)


class Addressed(layers.Flatten):
    """A layer with something in its settings that Python prints with its place in memory."""

    def get_config(self):
        return {**super().get_config(), "helper": self.helper}


class OwnClass(keras.Model):
    """A network that is no list of layers, with one of its own."""

    def __init__(self):
        super().__init__(name="own")
        self.flat = Addressed()
        self.flat.helper = object()

    def call(self, inputs):
        return self.flat(inputs)


def test_places_in_memory_tell_no_runs_apart(tmp_path, dataset):
    first, second = OwnClass(), OwnClass()
    first(dataset.x_train[:1]), second(dataset.x_train[:1])
    claimed(tmp_path, first, dataset)
    claimed(tmp_path, second, dataset)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m, d, r: (renamed(m, "other"), d, r), "model 'plain', not 'other'"),
        (lambda m, d, r: (m, d, replace(r, epochs=4)), "recipe.epochs 3, not 4"),
        (lambda m, d, r: (m, d, replace(r, seed=1)), "recipe.seed 7, not 1"),
        (lambda m, d, r: (m, d.subset(32, 32, 32), r), "fingerprint"),
        (lambda m, d, r: (m, replace(d, name="other"), r), "dataset 'drawn', not 'other'"),
        (lambda m, d, r: (normalized_as("plain"), d, r), "3 layers, not 6"),
    ],
)
def test_a_directory_of_another_run_is_refused(tmp_path, dataset, change, message):
    claimed(tmp_path, plain(), dataset)
    model, data, recipe = change(plain(), dataset, TINY)
    with pytest.raises(RunError, match=f"{tmp_path} holds another run: {message}") as caught:
        claimed(tmp_path, model, data, recipe)
    assert "delete" not in str(caught.value)
    claimed(tmp_path, plain(), dataset)  # it is still the first run's


def renamed(model, name):
    return keras.Model(model.inputs[0], model.outputs[0], name=name)


def normalized_as(name):
    return renamed(normalized(), name)


def test_every_field_of_a_recipe_tells_runs_apart(tmp_path, dataset):
    begun = replace(TINY, flip=True)
    claimed(tmp_path, plain(), dataset, begun)
    others = {"name": "other", "epochs": 1, "batch_size": 1, "seed": 1, "images": (1, 1, 1)}
    others |= {"optimizer": "sgd", "momentum": 0.1, "learning_rate": 0.1, "warmup_epochs": 1}
    others |= {"schedule": "step", "weight_decay": 0.1, "label_smoothing": 0.1, "flip": False}
    others |= {"flip_in_turn": True, "shift": 1, "cutout": 1, "small_epochs": 1, "averaging": 0.5}
    others |= {"test_curve": False, "validates": False, "precision": "bfloat16"}
    for field in fields(Recipe):
        other = replace(begun, **{field.name: others[field.name]})
        assert other != begun, field.name
        with pytest.raises(RunError, match=f"recipe.{field.name} "):
            claimed(tmp_path, plain(), dataset, other)


def test_a_field_that_only_the_file_has_is_named(tmp_path, dataset):
    claim(tmp_path, {**identity(plain(), dataset, TINY), "recipe.mixup": 0.2})
    with pytest.raises(RunError, match="recipe.mixup 0.2, not None"):
        claimed(tmp_path, plain(), dataset)


def test_other_versions_go_on_and_are_named_where_layers_differ(tmp_path, dataset, monkeypatch):
    now = run_directory.versions()
    monkeypatch.setattr(run_directory, "versions", lambda: {**now, "keras": "3.13.2"})
    claimed(tmp_path, plain(), dataset)
    monkeypatch.undo()
    claimed(tmp_path, plain(), dataset)
    assert json.loads((tmp_path / "run.json").read_text())["versions"]["keras"] == "3.13.2"
    with pytest.raises(RunError, match=rf"begun with keras 3\.13\.2, now {keras.__version__}"):
        claimed(tmp_path, normalized_as("plain"), dataset)


@pytest.mark.parametrize("damage", [lambda t: t[: len(t) // 2], lambda t: "", lambda t: "[]"])
def test_a_damaged_run_json_is_refused_by_name(tmp_path, dataset, damage):
    path = claimed(tmp_path, plain(), dataset) / "run.json"
    path.write_text(damage(path.read_text()))
    with pytest.raises(RunError, match=r"run\.json is damaged .* choose another directory"):
        claimed(tmp_path, plain(), dataset)


def test_a_new_directory_is_made_with_nothing_else_in_it(tmp_path, dataset):
    claimed(tmp_path / "new" / "run", plain(), dataset)
    assert [path.name for path in (tmp_path / "new" / "run").iterdir()] == ["run.json"]
