"""lessons_src.saving: one import opens every network of the book in a new Python."""

import json
import pkgutil
import subprocess
import sys
from dataclasses import replace
from importlib import import_module

import lessons_src
from lessons_src.errors import BookError
from lessons_src.layers.normalization import BatchNormalization, with_frozen_normalization
from lessons_src.models.fast11 import PartialIdentity
from lessons_src.models.thin import SubsampleAndPad
from lessons_src.saving import (
    SAVED_CLASSES,
    load_model,
    load_with_classes,
    save_with_classes,
)
from lessons_src.training.compiling import compile_model
from lessons_src.training.recipes import FAST, NOTE

import keras
import numpy as np
import pytest
from keras import layers
from training_helpers import SIDE, drawn, whitened

pytestmark = pytest.mark.slow

CODE = """
import json, sys
from lessons_src.saving import load_model
import numpy as np

for path in sys.argv[2:]:
    model, arrays = load_model(path), np.load(sys.argv[1])
    loss = model.compute_loss(y=arrays["y"], y_pred=model(arrays["x"]))
    rate = model.optimizer._learning_rate(1)
    print(json.dumps([type(model.optimizer).__name__, float(loss), float(rate)]))
"""


def everything():
    """A network of all kinds of layers that the book has made itself."""
    base = with_frozen_normalization(whitened())
    images = keras.Input((SIDE, SIDE, 3))
    x = SubsampleAndPad(2, 4)(images)
    x = layers.Conv2D(4, 3, padding="same", kernel_initializer=PartialIdentity())(x)
    x = BatchNormalization()(x)
    x = layers.Dense(10, "softmax")(layers.GlobalMaxPooling2D()(x))
    return keras.Model(images, layers.Average()([base(images), x]))


def test_a_network_opens_in_a_new_python_and_measures_the_same(tmp_path):
    dataset, expected = drawn(), []
    x, y = dataset.x_test / np.float32(255), dataset.y_test
    np.savez(tmp_path / "data.npz", x=x, y=y)
    recipes = {"fast": FAST, "note": replace(NOTE, schedule="cosine", label_smoothing=0.1)}
    for name, recipe in recipes.items():
        model = everything()
        compile_model(model, recipe, steps_per_epoch=2)
        model.save(tmp_path / f"{name}.keras")
        loss = model.compute_loss(y=y, y_pred=model(x))
        expected.append([type(model.optimizer).__name__, loss, model.optimizer._learning_rate(1)])
    files = [tmp_path / f"{name}.keras" for name in recipes]
    command = [sys.executable, "-c", CODE, tmp_path / "data.npz", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [kind for kind, *_ in found] == ["Muon", "Adam"]
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours[1:], theirs[1:], rtol=1e-5)


def test_the_module_imports_every_class_that_the_package_registers():
    for module in pkgutil.walk_packages(lessons_src.__path__, "lessons_src."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    registered = keras.saving.get_custom_objects().items()
    ours = {value for name, value in registered if name.startswith("lessons_src>")}
    assert ours == set(SAVED_CLASSES)


@pytest.mark.parametrize("content", [None, b"no network"])
def test_what_is_no_network_is_refused_by_name(tmp_path, content):
    path = tmp_path / "model.keras"
    if content:
        path.write_bytes(content)
    with pytest.raises(BookError, match=r"model\.keras cannot be opened"):
        load_model(path)


NAMES = ("cat", "猫 头鹰")


@pytest.fixture(scope="module")
def small():
    return keras.Sequential([keras.Input((3,)), layers.Dense(2, "softmax")])


def test_a_network_is_saved_with_the_names_of_its_classes(tmp_path, small):
    path = save_with_classes(small, tmp_path / "new" / "folder", NAMES)
    model, names = load_with_classes(path)
    assert names == NAMES
    for ours, theirs in zip(model.get_weights(), small.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("names", [("cat",), ("cat", "dog", "owl")])
def test_a_network_is_not_saved_with_other_than_one_name_per_class(tmp_path, small, names):
    with pytest.raises(BookError, match=f"{len(names)} names, but the network has 2 classes"):
        save_with_classes(small, tmp_path, names)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read"),
        ("[", "cannot be read"),
        ('{"cat": 0}', "no list of names"),
        ("[0, 1]", "no list of names"),
        ('["cat"]', "1 names, but the network has 2 classes"),
    ],
)
def test_names_that_do_not_fit_are_refused_with_the_file(tmp_path, small, content, problem):
    path = save_with_classes(small, tmp_path, NAMES)
    (tmp_path / "classes.json").unlink()
    if content:
        (tmp_path / "classes.json").write_text(content, encoding="utf-8")
    with pytest.raises(BookError, match=rf"classes\.json.*{problem}"):
        load_with_classes(path)
