"""Command line: look at the networks and the data, train, evaluate, predict.

    python -m lessons_src models
    python -m lessons_src data cifar10
    python -m lessons_src train lenet5
    python -m lessons_src evaluate lenet5
    python -m lessons_src bench lenet5 --batch 128
    python -m lessons_src predict picture.jpg

Results go to standard output, progress and errors to standard error.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from lessons_src.errors import BookError
from lessons_src.startup_notes import without_startup_notes

DESCRIPTION = "Look at the networks and the data, train, evaluate, predict."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: Words of the command line; those of the process by default.

    Returns:
        0 if all went well; 1 after errors, each told in one line on standard error.
    """
    options = _parser().parse_args(arguments)
    with without_startup_notes():
        import lessons_src.runtime  # noqa: F401  the first import of TensorFlow
    try:
        return options.command(options) or 0
    except (ValueError, RuntimeError, OSError, BookError) as error:
        _tell(error)
        return 1


def _tell(error: Exception) -> None:
    """Print an error in one line."""
    print(f"error: {' '.join(str(error).split())}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    """Return the parser; each command's function is its default `command`."""
    parser = argparse.ArgumentParser(
        prog="python -m lessons_src", description=__doc__.split("\n")[0]
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(function, description):
        name = function.__name__.strip("_")
        added = commands.add_parser(name, help=description, description=description)
        added.set_defaults(command=function)
        added.add_argument("--json", action="store_true", help="print the result as JSON")
        return added

    command(_models, "list the networks with their sizes")
    data = command(_data, "say which data would be used, load it and verify it")
    data.add_argument("name", nargs="?", help="cifar10 or shapes10; the best there is by default")
    for function, description in (
        (_train, "train a network, or go on with an interrupted run"),
        (_evaluate, "measure a finished run's best weights on the test images"),
    ):
        run = command(function, description)
        run.add_argument("name", metavar="NETWORK", help="a name from the list of `models`")
        run.add_argument(
            "--recipe",
            default="note",
            help="note (default), note_1024, tuned, lean, fast, fast_long, thin or reduced",
        )
        run.add_argument("--data", metavar="NAME", help="cifar10 or shapes10")
        run.add_argument("--seed", type=int, default=0, help="seed of weights, order and dropout")
        run.add_argument("--run-dir", type=Path, help="the run's directory; under runs/ by default")
        if function is _train:
            run.add_argument(
                "--devices", type=int, default=1, help="GPUs that share every batch; 1 by default"
            )
    bench = command(_bench, "measure how fast the networks train on this machine")
    bench.add_argument("names", metavar="NETWORK", nargs="*", help="all of them by default")
    bench.add_argument("--batch", type=int, nargs="+", default=[32, 128], help="images a step")
    bench.add_argument("--against", choices=["torch"], help="train the same in PyTorch, in turns")
    bench.add_argument("--seconds", type=float, default=5, help="of each measurement, about")
    bench.add_argument("--rounds", type=int, default=3, help="measurements, for the median")
    predict = command(_predict, "say what Fast11 sees in pictures of your own")
    predict.add_argument("images", metavar="IMAGE", nargs="+", help="PNG, JPEG or another format")
    return parser


def _models(options: argparse.Namespace) -> None:
    from lessons_src.analysis import layer_table
    from lessons_src.models import MODELS, build_model

    tables = {name: layer_table(build_model(name)) for name in MODELS}
    sizes = {
        name: {
            "parameters": table.params,
            "non_trainable": table.non_trainable,
            "multiply_adds": table.macs,
            "receptive_field": max(row.receptive_field or 0 for row in table.rows),
        }
        for name, table in tables.items()
    }
    if options.json:
        print(json.dumps(sizes, indent=1))
        return
    print(f"{'network':<12}{'parameters':>12}{'multiply-adds':>15}{'receptive field':>17}")
    for name, size in sizes.items():
        print(
            f"{name:<12}{size['parameters']:>12,}{size['multiply_adds']:>15,}"
            f"{size['receptive_field']:>17}"
        )


def _data(options: argparse.Namespace) -> None:
    from lessons_src.data import load_dataset

    dataset = load_dataset(options.name)
    counts = {split: len(getattr(dataset, f"y_{split}")) for split in ("train", "val", "test")}
    if options.json:
        described = {"name": dataset.name, "title": dataset.title, "source": dataset.source}
        print(json.dumps({**described, "images": counts, "fingerprint": dataset.fingerprint}))
        return
    height, width, channels = dataset.x_train.shape[1:]
    print(f"{dataset.title} from {dataset.source}, fingerprint {dataset.fingerprint}")
    print(
        f"{height}×{width}×{channels} pixels, " + ", ".join(f"{n:,} {s}" for s, n in counts.items())
    )
    print(f"{len(dataset.class_names)} classes: {', '.join(dataset.class_names)}")


def _train(options: argparse.Namespace) -> None:
    from lessons_src.training import train
    from lessons_src.training.progress import Progress

    model, dataset, recipe, run_dir = _run(options)
    print(f"training {model.name} on {dataset.title} in {run_dir}", file=sys.stderr)
    record = train(model, dataset, recipe, run_dir, callbacks=[Progress(sys.stderr)])
    if options.json:
        print(record.to_json(), end="")
        return
    print(
        f"{record.model} on {record.dataset}: best epoch {record.best_epoch} of {recipe.epochs}, "
        f"validation accuracy {record.val_accuracy:.4f}, test accuracy {record.test_accuracy:.4f}"
    )
    print(f"{record.seconds:.0f} s of training on {record.device}; {run_dir / 'record.json'}")


def _evaluate(options: argparse.Namespace) -> None:
    from lessons_src.training import evaluate, load_best_weights

    model, dataset, _, run_dir = _run(options)
    load_best_weights(model, run_dir)
    model.compile(loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    result = evaluate(model, dataset.x_test, dataset.y_test)
    if options.json:
        print(json.dumps({"model": model.name, "dataset": dataset.title, **result}))
        return
    print(
        f"{model.name} on {len(dataset.y_test):,} test images of {dataset.title}: "
        f"accuracy {result['accuracy']:.4f}, loss {result['loss']:.4f}"
    )


def _bench(options: argparse.Namespace) -> None:
    from contextlib import nullcontext

    from lessons_src.bench import Torch, as_json, bench, table
    from lessons_src.models import MODELS

    speeds = []
    with Torch() if options.against else nullcontext() as torch:
        for name in options.names or MODELS:
            for batch in options.batch:
                speeds.append(bench(name, batch, options.seconds, options.rounds, torch))
                print(table(speeds[-1:]).splitlines()[-1], file=sys.stderr, flush=True)
    print(as_json(speeds) if options.json else table(speeds))


def _predict(options: argparse.Namespace) -> int:
    from lessons_src.predict import Prediction, load_network, predict_files

    found = []
    for answer in predict_files(load_network(), options.images):
        if not isinstance(answer, Prediction):
            _tell(answer)
            continue
        found.append(asdict(answer))
        if not options.json:
            best = [f"{name} {p:.1%}" for name, p in list(answer.probabilities.items())[:3]]
            print(f"{answer.file}: {', '.join(best)} ({'; '.join(answer.done)})", flush=True)
    if options.json:
        print(json.dumps(found, indent=1))
    return 1 if len(found) < len(options.images) else 0


def _run(options: argparse.Namespace):
    """Return the model, data, recipe and directory that the options name."""
    from lessons_src.data import load_dataset
    from lessons_src.models import build_model
    from lessons_src.runtime import setup, strategy
    from lessons_src.training.page_budgets import reduced
    from lessons_src.training.recipes import RECIPES

    budget = setup(options.seed)
    with strategy(getattr(options, "devices", 1)).scope():
        model = build_model(options.name)
    if options.recipe == "reduced":
        recipe = reduced(options.name, budget.name)
    elif options.recipe in RECIPES:
        recipe = RECIPES[options.recipe]
    else:
        known = ", ".join([*RECIPES, "reduced"])
        raise ValueError(f"unknown recipe {options.recipe!r}; the known ones are {known}")
    dataset = load_dataset(options.data)
    run_dir = options.run_dir or Path(
        "runs", f"{model.name}-{options.recipe}-{dataset.name}-seed{options.seed}"
    )
    return model, dataset, replace(recipe, seed=options.seed), run_dir


if __name__ == "__main__":
    sys.exit(main())
