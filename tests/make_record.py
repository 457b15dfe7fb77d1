"""One record of a run for the tests, whatever part of it a test is about."""

from lessons_src.records import RunRecord


def make_record(model="lenet5", recipe="note", seed=0, **fields) -> RunRecord:
    """Return a record of two epochs; any field may be given."""
    record = {
        "parameters": 62_006,
        "macs": 651_720,
        "dataset": "Shapes-10",
        "fingerprint": "0123456789abcdef",
        "images": {"train": 18_000, "val": 5, "test": 5},
        "device": "2 CPU cores",
        "versions": {"tensorflow": "2.21.0"},
        "seconds": 150.0,
        "history": {
            "loss": [2.0, 1.0],
            "accuracy": [0.5, 0.75],
            "val_loss": [2.0, 1.5],
            "val_accuracy": [0.1, 0.2],
        },
        "best_epoch": 2,
        "val_accuracy": 0.2,
        "test_loss": 1.1,
        "test_accuracy": 0.25,
    }
    settings = {"name": recipe, "epochs": 2, "batch_size": 32, "seed": seed, "precision": "float32"}
    return RunRecord(model=model, recipe=settings, **(record | fields))
