"""The record of a training run: what it did, with all that is needed to judge and repeat it.

`training.train` is the only writer. The runs that the book plots lie in `runs/` beside this file.
In `unfinished/` wait those of the six networks on CIFAR-10 itself, until all six can replace the
runs on the JPEG copy, whose names they have.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from lessons_src.errors import RecordError

RECORDS = Path(__file__).parent / "runs"
SCHEMA = 1


def run_name(model: str, recipe: str, seed: int) -> str:
    """Return a run's name, which its directory, its record and its weights carry.

    Args:
        model: The model's name.
        recipe: The recipe's name.
        seed: The recipe's seed.
    """
    return f"{model}-{recipe}-seed{seed}"


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
        history: A list with one value per epoch for each of "loss" (the recipe's, the model's
            penalties included) and "accuracy" (both running means while training), "val_loss",
            "val_accuracy", "learning_rate" (at the epoch's end), "seconds", and, if the recipe
            has a test curve, "test_loss" and "test_accuracy", which no choice used. A recipe that
            does not validate leaves out "val_loss" and "val_accuracy".
        best_epoch: The epoch, counted from 1, with the highest validation accuracy; the last one
            if the recipe does not validate.
        val_accuracy: Its validation accuracy, 0–1; None if the recipe does not validate.
        test_loss: Test loss of that epoch's weights.
        test_accuracy: Test accuracy of that epoch's weights, 0–1.
        measured: What an experiment measured besides, by name; most measure nothing.
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
    val_accuracy: float | None
    test_loss: float
    test_accuracy: float
    measured: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The run's name."""
        return run_name(self.model, self.recipe["name"], self.recipe["seed"])

    def to_json(self) -> str:
        """Return the record as the text of its JSON file."""
        content = asdict(self)
        if not self.measured:
            del content["measured"]
        return json.dumps({"schema": SCHEMA, **content}, indent=1) + "\n"


def load(path: str | Path) -> RunRecord:
    """Read a record.

    Args:
        path: A JSON file that `training.train` wrote.

    Returns:
        The record.

    Raises:
        FileNotFoundError: If there is no such file.
        RecordError: If the file is no record of this schema; the message says what is wrong.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:  # not UTF-8, or not JSON
        raise RecordError(
            f"{path} is not JSON ({error}); restore it or train the run again"
        ) from error
    if not isinstance(content, dict) or content.pop("schema", None) != SCHEMA:
        raise RecordError(f"{path} is no run record of schema {SCHEMA}; train the run again")
    expected = {each.name for each in fields(RunRecord)}
    if wrong := {"measured", *content} ^ expected:
        raise RecordError(
            f"{path} lacks or exceeds the fields of a run record: {', '.join(sorted(wrong))}"
        )
    epochs = content["recipe"]["epochs"]
    for name, values in content["history"].items():
        if len(values) != epochs:
            raise RecordError(f"{path}: history {name!r} has {len(values)} values, not {epochs}")
    content["recipe"].setdefault("precision", "float32")  # before there was a choice
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
    found = [load(path) for path in folder.glob(f"{model}-{recipe}-seed*.json")]
    return sorted(found, key=lambda run: (run.dataset, run.recipe["seed"]))
