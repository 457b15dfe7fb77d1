"""Keep a run's best weights among the book's, as float16.

    python tools/halve_weights.py fast11 runs/fast11-fast-seed0

The file is lessons_src/records/runs/ with the run's name and the ending .weights.npz. It says how far
the test accuracy moved by it, on the data of the run.
"""

import sys
from pathlib import Path

from lessons_src.data import load_dataset
from lessons_src.models import build_model
from lessons_src.records import RECORDS, half_weights, load
from lessons_src.runtime import setup
from lessons_src.training import evaluate, load_best_weights


def main(network: str, run_dir: Path) -> None:
    """Write the file and measure it."""
    setup()
    record = load(run_dir / "record.json")
    model = build_model(network)
    load_best_weights(model, run_dir)
    run = f"{record.model}-{record.recipe['name']}-seed{record.recipe['seed']}"
    path = RECORDS / f"{run}.weights.npz"
    half_weights.save(model, path)
    half_weights.load(model, path)
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    dataset = load_dataset("cifar10")
    if dataset.title != record.dataset:
        raise SystemExit(f"the run is of {record.dataset}, here is {dataset.title}")
    accuracy = evaluate(model, dataset.x_test, dataset.y_test)["accuracy"]
    print(f"{path}: {path.stat().st_size:,} bytes")
    print(f"test accuracy {accuracy:.4f}, before {record.test_accuracy:.4f}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
