"""Measured runs: what a training run did, with all that is needed to judge and repeat it.

`training.train` is the only writer. The runs that the book plots lie in `runs/` beside this file.
"""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

RECORDS = Path(__file__).parent / "runs"
SCHEMA = 1


@dataclass(frozen=True)
class RunRecord:
    """One finished training run.

    Attributes:
        model: The model's name.
        parameters: Its parameters, trainable or not.
        macs: Multiply-adds of one image's forward pass; None where the model has no layer graph.
        dataset: Title of the data, which names the copy: "CIFAR-10 (JPEG copy)".
        fingerprint: Hash of the images and labels used.
        images: Number of "train", "val" and "test" images.
        recipe: The fields of the `Recipe`, by name.
        device: What it ran on.
        versions: Versions of Python and the libraries.
        seconds: Training time in seconds, validation and test not included.
        history: A list with one value an epoch for each of "loss" (the recipe's, the model's
            penalties included) and "accuracy" (both running means while training), "val_loss",
            "val_accuracy", "learning_rate" (at the epoch's end), "seconds", and, if the recipe
            asks, "test_loss" and "test_accuracy", which no choice used.
        best_epoch: The epoch, counted from 1, with the highest validation accuracy.
        val_accuracy: Its validation accuracy, 0–1.
        test_loss: Test loss of that epoch's weights.
        test_accuracy: Test accuracy of that epoch's weights, 0–1.
    """

    model: str
    parameters: int
    macs: int | None
    dataset: str
    fingerprint: str
    images: dict[str, int]
    recipe: dict[str, Any]
    device: str
    versions: dict[str, str]
    seconds: float
    history: dict[str, list[float]]
    best_epoch: int
    val_accuracy: float
    test_loss: float
    test_accuracy: float

    def to_json(self) -> str:
        """Return the record as the text of its JSON file."""
        return json.dumps({"schema": SCHEMA, **asdict(self)}, indent=1) + "\n"


def load(path: str | Path) -> RunRecord:
    """Read a record.

    Args:
        path: A JSON file that `training.train` wrote.

    Returns:
        The record.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the file is no record of this schema; the message says what is wrong.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{path} is not JSON ({error}); restore it or train the run again"
        ) from None
    if not isinstance(content, dict) or content.pop("schema", None) != SCHEMA:
        raise ValueError(f"{path} is no run record of schema {SCHEMA}; train the run again")
    expected = {field.name for field in fields(RunRecord)}
    if content.keys() != expected:
        wrong = ", ".join(sorted(content.keys() ^ expected))
        raise ValueError(f"{path} lacks or exceeds the fields of a run record: {wrong}")
    epochs = content["recipe"]["epochs"]
    for name, values in content["history"].items():
        if len(values) != epochs:
            raise ValueError(f"{path}: history {name!r} has {len(values)} values, not {epochs}")
    return RunRecord(**content)


def find(model: str, recipe: str, folder: Path = RECORDS) -> list[RunRecord]:
    """Return the book's records of a model trained with a recipe, ordered by data and seed.

    Args:
        model: The model's name.
        recipe: The recipe's name.
        folder: Where the records lie.

    Returns:
        The records; an empty list while the run has not been measured.
    """
    found = [load(path) for path in sorted(folder.glob("*.json"))]
    found = [run for run in found if (run.model, run.recipe["name"]) == (model, recipe)]
    return sorted(found, key=lambda run: (run.dataset, run.recipe["seed"]))


def weights(model: str, recipe: str, folder: Path = RECORDS) -> Path:
    """Return the file with the best epoch's weights of a recorded run, its seed the smallest there.

    The book keeps the weights of networks under 1 MB, and of Fast11 in half precision, of one seed
    each.

    Args:
        model: The model's name.
        recipe: The recipe's name.
        folder: Where the records lie.

    Returns:
        A path for `model.load_weights`, or, if it ends in .npz, for `half_weights.load`.

    Raises:
        FileNotFoundError: If no weights of such a run are kept; the message says how to make them.
    """
    found = sorted(folder.glob(f"{model}-{recipe}-seed*.weights.*"))
    if not found:
        raise FileNotFoundError(
            f"{folder} keeps no weights of {model} by the recipe {recipe!r}; "
            f"train it: python -m lessons_src train {model} --recipe {recipe}"
        )
    return found[0]
