"""The directory of a run: whose it is, and its best weights."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import MISSING, asdict, fields
from pathlib import Path
from typing import Any

from lessons_src.errors import RunError
from lessons_src.files import replacing
from lessons_src.runtime import versions
from lessons_src.training.architecture import describe, differences
from lessons_src.training.recipes import Recipe

import keras


def identity(model: keras.Model, dataset, recipe: Recipe) -> dict[str, Any]:
    """Return what makes two runs the same run, and the versions that began it."""
    return {
        "model": _name(model),
        "dataset": dataset.title,
        "fingerprint": dataset.fingerprint,
        **{f"recipe.{name}": value for name, value in asdict(recipe).items()},
        **describe(model),
        "versions": versions(),
    }


def claim(run_dir: Path, run: dict[str, Any]) -> None:
    """Mark the directory as this run's; refuse one that another run has marked.

    Args:
        run_dir: The directory; made if it does not exist.
        run: The run's `identity`.

    Raises:
        RunError: If the directory holds another run, or a damaged run.json.
    """
    path = run_dir / "run.json"
    run = as_json(run)
    if not path.exists():
        run_dir.mkdir(parents=True, exist_ok=True)
        with replacing(path) as aside:
            aside.write_text(json.dumps(run, indent=1) + "\n")
        return
    try:
        kept = json.loads(path.read_text())
        if not isinstance(kept, dict):
            raise ValueError("it holds no run")
    except ValueError as error:
        raise RunError(
            f"{path} is damaged ({error}); restore it, or choose another directory"
        ) from error
    if found := difference(kept, run):
        raise RunError(f"{run_dir} holds another run: {found}; choose another directory")


def as_json(run: dict[str, Any]) -> dict[str, Any]:
    """Return a run's `identity` as it reads back from a file."""
    return json.loads(json.dumps(run, default=_text))


def difference(kept: dict[str, Any], new: dict[str, Any]) -> str | None:
    """Return the first thing that two runs differ in, in words; None if they are the same run.

    Args:
        kept: What `as_json` returned for a run, perhaps in an earlier edition of the book.
        new: What it returns for another.
    """
    return next(_differences(kept, new), None)


def _differences(kept: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield what a run, perhaps of an earlier edition, and this one differ in."""
    # The first edition kept the number that Keras counts models by, and flipped what it shifted.
    if re.sub(r"_\d+$", "", kept.get("model", "")) == new["model"]:
        kept = {**kept, "model": new["model"]}
    kept = {"recipe.flip": kept.get("recipe.shift", 0) > 0, **kept}
    # What a run begun before a field was there did not set, it did by the field's default.
    defaults = {f"recipe.{f.name}": f.default for f in fields(Recipe) if f.default is not MISSING}
    kept = defaults | kept
    settings = [name for name in new | kept if name.startswith("recipe.")]
    for name in ("model", "dataset", "fingerprint", *settings):
        if kept.get(name) != new.get(name):
            yield f"{name} {kept.get(name)!r}, not {new.get(name)!r}"
    begun, now = kept.get("versions", {}), new["versions"]
    changed = [
        f"{name} {begun[name]}, now {now[name]}"
        for name in now
        if begun.get(name, now[name]) != now[name]
    ]
    for found in differences(kept, new):
        yield f"{found} (begun with {'; '.join(changed)})" if changed else found


def _name(model: keras.Model) -> str:
    """Return a model's name, without the number if Keras made it up from the class."""
    stem = re.sub(r"_\d+$", "", model.name)
    return stem if stem.replace("_", "") == type(model).__name__.lower() else model.name


def _text(value: Any) -> str:
    """Return what JSON cannot hold as text that is the same in each process."""
    return re.sub(r" at 0x[0-9a-f]+", "", str(value))


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
            f"{path} cannot be loaded into {model.name} ({error}); train the run first; "
            "if the file is damaged, restore it or train in another directory"
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
