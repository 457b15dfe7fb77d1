"""Train a network of the course on your own pictures.

They lie in one folder per class; or a list has a line `path label` for each.
Run it again to go on after an interruption, or to see the result once more.
"""

import argparse
import sys
from pathlib import Path

from lessons_src.analysis import accuracy_by_class
from lessons_src.data.class_folders import load_class_folders
from lessons_src.data.label_list import load_label_list
from lessons_src.data.splits import split_by_class
from lessons_src.errors import BookError
from lessons_src.figures import curves
from lessons_src.figures.output import png
from lessons_src.models import MODELS, build_model
from lessons_src.runtime import setup
from lessons_src.saving import save_with_classes
from lessons_src.training import train
from lessons_src.training.augmentation import with_augmentation
from lessons_src.training.progress import Progress
from lessons_src.training.recipes import Recipe

import numpy as np


def parser():
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    option = parser.add_argument
    option("folder", type=Path, help="holds cat/1.png, cat/2.jpg, dog/…")
    option("--list", type=Path, help="lines `path label`, labels 0, 1, …")
    option("--classes", nargs="+", help="with --list: names of the labels")
    option("--network", choices=MODELS, default="baseline")
    option("--epochs", type=int, default=10, help="default: 10")
    option("--batch", type=int, default=32, help="pictures per step (32)")
    option("--side", type=int, default=32, help="pixels of the images (32)")
    option("--seed", type=int, default=0, help="of all that is random (0)")
    option("--no-flip", action="store_true", help="for letters, say")
    option("--run-dir", type=Path, help="default: runs/FOLDER-NETWORK")
    return parser


def main(words=None):
    """Read the command line and train; one clear sentence if that fails."""
    options = parser().parse_args(words)
    if bool(options.list) != bool(options.classes):
        sys.exit("error: give --list and --classes together, or neither")
    try:
        run(options)
    except (BookError, ValueError, OSError) as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit("\nstopped; the same command goes on after the last epoch")


def load(options):
    """Check, read and split the pictures: from class folders, or by a list."""
    folder, size = options.folder, (options.side, options.side)
    if not options.list:
        return load_class_folders(folder, size, options.seed)
    count = len(options.classes)
    x, y = load_label_list(options.list, folder, count, size, convert=True)
    name = folder.resolve().name
    return split_by_class(x, y, options.classes, name, options.seed)


def run(options):
    """Data, build, compile, fit; then save and report."""
    setup(options.seed)
    side = options.side
    dataset = load(options)
    print(f"{dataset}\nall brought to {side}×{side} pixels", flush=True)
    classes = len(dataset.class_names)
    network = build_model(options.network, (side, side, 3), classes)
    flip = not options.no_flip
    model = with_augmentation(network, flip=flip, seed=options.seed)
    recipe = Recipe("own", options.epochs, options.batch, seed=options.seed)
    name = f"{dataset.name}-{options.network}"
    run_dir = options.run_dir or Path("runs", name)
    record = train(model, dataset, recipe, run_dir, callbacks=[Progress()])

    saved = save_with_classes(model, run_dir, dataset.class_names)
    picture = png(curves({name: record.history}), pixels_per_inch=200)
    (run_dir / "curves.png").write_bytes(picture)
    images, labels = dataset.x_test / np.float32(255), dataset.y_test
    by_class, overall = accuracy_by_class(model, images, labels)
    counts = np.bincount(labels)
    print(f"best epoch {record.best_epoch} of {options.epochs}", end=", ")
    print(f"validation accuracy {record.val_accuracy:.1%}")
    print(f"test accuracy {overall:.1%} on {len(labels)} pictures")
    for row in zip(dataset.class_names, by_class, counts, strict=True):
        print("  {}: {:.1%} of {}".format(*row))
    print(f"curves.png, model.keras and record.json are in {run_dir}")
    print(f"ask it: python -m lessons_src predict --model {saved} new.jpg")


if __name__ == "__main__":
    main()
