"""Command line: look at the networks and the data, train, evaluate, predict.

    python -m lessons_src models
    python -m lessons_src data cifar10
    python -m lessons_src train lenet5
    python -m lessons_src evaluate lenet5
    python -m lessons_src record ladder
    python -m lessons_src bench lenet5 --batch 128
    python -m lessons_src speeds
    python -m lessons_src predict picture.jpg
    python -m lessons_src predict --model runs/pets-baseline/model.keras picture.jpg

Results go to standard output, progress and errors to standard error.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lessons_src.errors import BookError, UsageError, unknown
from lessons_src.startup_notes import without_startup_notes

INTERRUPTED = 130  # a shell's code for a command that Ctrl-C ended
NETWORK_HELP = "one of `models`, inception10_frozen_bn, thin_plain8 to thin_resnet32, or fast11"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: Words of the command line; those of the process by default.

    Returns:
        0 if all went well; 1 after errors, each reported on one line of standard error; 130 after
        Ctrl-C.
    """
    options = _parser().parse_args(arguments)
    options.words = sys.argv[1:] if arguments is None else arguments
    if getattr(options, "workers", 1) > 1 and os.environ["TF_CPP_MIN_LOG_LEVEL"] == "2":
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"  # one sentence tells that a worker is gone
    try:
        with without_startup_notes():
            import lessons_src.runtime  # noqa: F401  the first import of TensorFlow
        return options.command(options) or 0
    except BookError as error:
        _report(error)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


def _report(error: BookError) -> None:
    """Print an error on one line."""
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
        run.add_argument("name", metavar="NETWORK", help=NETWORK_HELP)
        run.add_argument(
            "--recipe",
            default="note",
            help="note (default), tuned, lean, fast, fast_long or reduced",
        )
        run.add_argument("--data", metavar="NAME", help="cifar10 or shapes10")
        run.add_argument("--seed", type=_from(0), default=0, help="of weights, order and dropout")
        run.add_argument("--run-dir", type=Path, help="the run's directory; under runs/ by default")
        if function is _train:
            run.add_argument(
                "--precision",
                choices=["float32", "bfloat16"],
                help="what layers compute in, while weights are float32; the recipe's by default",
            )
            shares = run.add_mutually_exclusive_group()
            shares.add_argument(
                "--devices",
                type=_from(1),
                default=1,
                help="GPUs that share every batch; 1 by default",
            )
            shares.add_argument(
                "--workers",
                type=_from(1),
                default=1,
                help="processes that share every batch, on the machines that the environment "
                "variable TF_CONFIG lists, else all on this one; 1 by default",
            )
    record = command(_record, "train for the book's records what they lack")
    record.add_argument("name", metavar="NAME", help="an experiment, such as ladder, or a network")
    record.add_argument("--recipe", help="of a network: as for `train`; note by default")
    record.add_argument(
        "--seeds", type=_from(0), nargs="+", help="the experiment's, or 0, by default"
    )
    record.add_argument(
        "--smoke", action="store_true", help="train for seconds on drawn images; keep nothing"
    )
    bench = command(_bench, "measure how fast the networks train on this machine")
    bench.add_argument("names", metavar="NETWORK", nargs="*", help="the six of `models` by default")
    bench.add_argument(
        "--batch", type=_from(1), nargs="+", default=[32, 128], help="images per step"
    )
    bench.add_argument("--against", choices=["torch"], help="train the same in PyTorch, in turns")
    bench.add_argument("--seconds", type=_from(0.1), default=5.0, help="per measurement, about")
    bench.add_argument("--rounds", type=_from(1), default=3, help="measurements, for the median")
    speeds = command(_speeds, "measure in turns how fast the six train by the note's recipe")
    speeds.add_argument("--seconds", type=_from(0.1), default=5.0, help="per turn, about")
    speeds.add_argument("--rounds", type=_from(2), default=9, help="turns of each network")
    speeds.add_argument("--keep", action="store_true", help="for the pages, which show it")
    predict = command(_predict, "say what Fast11, or your own network, sees in pictures")
    predict.add_argument("--model", type=Path, help="your network; classes.json lies beside it")
    predict.add_argument("images", metavar="IMAGE", nargs="+", help="PNG, JPEG or another format")
    return parser


def _from(least: float) -> Callable[[str], float]:
    """Return what reads a number of the type of `least`, and refuses smaller ones."""

    def number(text: str) -> float:
        if not (value := type(least)(text)) >= least:
            raise argparse.ArgumentTypeError(f"{text} is less than {least}")
        return value

    return number


def _models(options: argparse.Namespace) -> None:
    from lessons_src.analysis import layer_table
    from lessons_src.models import MODELS, build_model
    from lessons_src.text_table import text_table

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
    headings = ("network", "parameters", "multiply-adds", "receptive field")
    rows = [
        (name, *(f"{size[key]:,}" for key in ("parameters", "multiply_adds", "receptive_field")))
        for name, size in sizes.items()
    ]
    print(text_table(headings, rows, "<>>>"))


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
    if options.workers == 1:
        _train_as(None, options)
        return
    from lessons_src.training.cluster import cluster_of
    from lessons_src.training.workers import Workers

    command = [sys.executable, "-m", "lessons_src", *options.words]
    with cluster_of(options.workers, command) as cluster:
        _train_as(Workers(cluster), options)


def _train_as(workers, options: argparse.Namespace) -> None:
    """Train as one of the workers, of whom the chief alone prints and keeps; None is alone."""
    from lessons_src.training import train
    from lessons_src.training.progress import Progress

    model, dataset, recipe, run_dir = _run(options)
    if workers and not workers.is_chief:
        with TemporaryDirectory() as copy:
            train(model, dataset, recipe, copy, workers=workers)
        return
    try:
        run_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{run_dir}: {error.strerror}; name another directory with --run-dir"
        ) from error
    print(f"training {model.name} on {dataset.title} in {run_dir}", file=sys.stderr)
    record = train(model, dataset, recipe, run_dir, [Progress(sys.stderr)], workers)
    if options.json:
        print(record.to_json(), end="")
        return
    chosen = "without validation"
    if record.val_accuracy is not None:
        chosen = (
            f"best epoch {record.best_epoch} of {recipe.epochs}, "
            f"validation accuracy {record.val_accuracy:.4f}"
        )
    print(f"{record.model} on {record.dataset}: {chosen}, test accuracy {record.test_accuracy:.4f}")
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


def _record(options: argparse.Namespace) -> None:
    from lessons_src.data import load_dataset
    from lessons_src.experiments.recording import record_all, try_all
    from lessons_src.experiments.summary import summary

    experiment = _experiment(options)
    if options.smoke:
        runs = try_all(experiment, load_dataset("shapes10"))
    else:
        runs = record_all(experiment, load_dataset("cifar10"))
    found = []
    for run in runs:
        found.append({"run": run.name, "test_accuracy": run.test_accuracy, "seconds": run.seconds})
        print(f"{run.name}: test accuracy {run.test_accuracy:.4f}", file=sys.stderr, flush=True)
    if options.json:
        print(json.dumps(found, indent=1))
    elif not options.smoke:
        print(summary(experiment))


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


def _speeds(options: argparse.Namespace) -> None:
    from lessons_src.files import replacing
    from lessons_src.models import MODELS
    from lessons_src.records.speeds import SPEEDS
    from lessons_src.speeds import measure, table

    found = measure(MODELS, options.seconds, options.rounds)
    if options.keep:
        with replacing(SPEEDS) as aside:
            aside.write_text(found.to_json(), encoding="utf-8")
    print(found.to_json().rstrip() if options.json else table(found))


def _predict(options: argparse.Namespace) -> int:
    from lessons_src.data.cifar10 import CLASS_NAMES
    from lessons_src.predict import Prediction, load_network, predict_files
    from lessons_src.saving import load_with_classes

    if options.model:
        model, names = load_with_classes(options.model)
    else:
        model, names = load_network(), CLASS_NAMES
    found, failed = [], False
    for answer in predict_files(model, options.images, names):
        if not isinstance(answer, Prediction):
            failed = True
            _report(answer)
            continue
        found.append(asdict(answer))
        if not options.json:
            best = [f"{name} {p:.1%}" for name, p in list(answer.probabilities.items())[:3]]
            print(f"{answer.file}: {', '.join(best)} ({'; '.join(answer.done)})", flush=True)
    if options.json:
        print(json.dumps(found, indent=1))
    return int(failed)


def _run(options: argparse.Namespace):
    """Return the model, data, recipe and directory that the options name."""
    from lessons_src.data import load_dataset
    from lessons_src.models import build_model
    from lessons_src.records import run_name
    from lessons_src.runtime import setup, strategy
    from lessons_src.training.page_budgets import reduced

    budget = setup(options.seed)
    with strategy(getattr(options, "devices", 1)).scope():
        model = build_model(options.name)
    if options.recipe == "reduced":
        recipe = reduced(options.name, budget.name)
    else:
        recipe = _recipe(options.recipe, "reduced")
    if precision := getattr(options, "precision", None):
        recipe = replace(recipe, precision=precision)
    dataset = load_dataset(options.data)
    run = run_name(model.name, options.recipe, options.seed)
    run_dir = options.run_dir or Path("runs", dataset.name, run)
    return model, dataset, replace(recipe, seed=options.seed), run_dir


def _recipe(name: str, *others: str):
    """Return a recipe by its name; an error also lists the other names that the command takes."""
    from lessons_src.training.recipes import RECIPES

    if name not in RECIPES:
        raise unknown("recipe", name, [*RECIPES, *others])
    return RECIPES[name]


def _experiment(options: argparse.Namespace):
    """Return the experiment that the options name, or one of a single network and recipe."""
    from lessons_src.experiments import EXPERIMENTS, Experiment, Variant
    from lessons_src.models import ALL_MODELS

    if options.name in EXPERIMENTS:
        if options.recipe:
            raise UsageError(f"{options.name} has recipes of its own; leave out --recipe")
        experiment = EXPERIMENTS[options.name]
    elif options.name in ALL_MODELS:
        recipe = _recipe(options.recipe or "note")
        variant = Variant(f"{options.name} {recipe.name}", options.name, recipe)
        experiment = Experiment(options.name, (variant,), seeds=(0,))
    else:
        raise unknown("experiment or model", options.name, [*EXPERIMENTS, *ALL_MODELS])
    return replace(experiment, seeds=tuple(options.seeds)) if options.seeds else experiment


if __name__ == "__main__":
    sys.exit(main())
