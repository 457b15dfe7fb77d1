"""The directory of a run: whose it is, and its best weights."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lessons_src.errors import RunError
from lessons_src.files import replacing
from lessons_src.training.recipes import Recipe

import keras


def identity(model: keras.Model, dataset, recipe: Recipe) -> dict[str, Any]:
    """Return what makes two runs the same run."""
    layers = [
        [type(layer).__name__, {k: v for k, v in layer.get_config().items() if k != "name"}]
        for layer in model.layers
    ]
    return {
        "model": model.name,
        "dataset": dataset.title,
        "fingerprint": dataset.fingerprint,
        **{f"recipe.{name}": value for name, value in asdict(recipe).items()},
        "layers": layers,
    }


def claim(run_dir: Path, run: dict[str, Any]) -> None:
    """Mark the directory as this run's; refuse one that another run has marked."""
    path = run_dir / "run.json"
    run = json.loads(json.dumps(run, default=str))
    if not path.exists():
        run_dir.mkdir(parents=True, exist_ok=True)
        with replacing(path) as aside:
            aside.write_text(json.dumps(run, indent=1) + "\n")
        return
    try:
        there = json.loads(path.read_text())
    except ValueError as error:
        raise RunError(
            f"{path} is damaged ({error}); restore it, or delete {run_dir} to start again"
        ) from error
    for name, value in run.items():
        if there.get(name) != value:
            found = "other layers" if name == "layers" else f"{name} {there.get(name)!r}"
            here = "" if name == "layers" else f", not {value!r}"
            raise RunError(
                f"{run_dir} holds a run with {found}{here}; choose another directory or delete it"
            )


def load_best_weights(model: keras.Model, run_dir: str | Path) -> None:
    """Load the weights of a run's best epoch into a model.

    Args:
        model: A model of the run's architecture.
        run_dir: The run's directory.

    Raises:
        RunError: If the file is missing, damaged, or another architecture's.
    """
    path = Path(run_dir) / "best.weights.h5"
    try:
        with without_optimizer(model):
            model.load_weights(path)
    except Exception as error:  # HDF5 raises OSError, KeyError or ValueError by the kind of damage
        raise RunError(
            f"{path} cannot be loaded into {model.name} ({error}); train the run first, "
            f"or delete {run_dir} if it is damaged"
        ) from error


@contextmanager
def without_optimizer(model: keras.Model) -> Iterator[keras.Model]:
    """Take the optimizer off a model while its weights are saved or loaded.

    Keras would save the optimizer's variables too, which triples the file.
    """
    optimizer = getattr(model, "optimizer", None)
    model.optimizer = None
    try:
        yield model
    finally:
        model.optimizer = optimizer
