"""A reader's own pictures, one folder per class, as a data set with three splits.

The class folders may lie in folders for the splits, train/cat/1.png and test/cat/2.png, whose
pictures then stay where they are; splits without a folder are taken from the training pictures.
"""

import hashlib
import unicodedata
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lessons_src.data.dataset import SPLITS, Dataset
from lessons_src.data.file_tree import Tree, list_tree, read_bytes
from lessons_src.data.splits import as_dataset, three_splits
from lessons_src.errors import DatasetError
from lessons_src.messages import note, with_progress
from lessons_src.pictures import decode, fit

import numpy as np
from numpy.typing import NDArray

SPLIT_NAMES = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "test": "test",
    "testing": "test",
}


def load_class_folders(folder: Path, size: tuple[int, int], seed: int = 0) -> Dataset:
    """Read every file below a folder of class folders, or say all that is wrong with them.

    Args:
        folder: Holds CLASS/PICTURE files, also deeper ones, in any format that
            `lessons_src.pictures` reads; or a folder train, and val or test or both, in small or
            capital letters, which hold such class folders. Links are followed. What systems keep
            for themselves, such as Thumbs.db, is passed over; so is what else begins with a dot,
            with a note on stderr.
        size: (height, width) in pixels. Pictures of other proportions lose their borders, and all
            are resized, as for `predict`; see `lessons_src.pictures`.
        seed: Decides which pictures are held out.

    Returns:
        A data set named after the folder, its classes in alphabetical order. For a split without a
        folder a tenth of each class's training pictures, and at least one, is held out.

    Raises:
        DatasetError: If there is no such folder, there are fewer than two classes, a class has too
            few pictures, or files or folders are bad. All problems are named at once: files in no
            class folder, unreadable ones, and those with the same content as another, which could
            be trained on and tested with; names that differ in case only; links in a circle.
    """
    if not folder.is_dir():
        raise DatasetError(f"{folder}: no such folder")
    tree = list_tree(folder)
    if tree.hidden:
        note(f"{folder}: passed over as hidden: {', '.join(tree.hidden)}")
    layout = _layout(tree)
    classes = sorted({kind for _, kind in layout.places.values()})
    problems = [f"{name}: {problem}" for name, problem in layout.problems.items()]
    problems += tree.problems + _bad_classes(classes, tree)

    pictures: dict[str, list[NDArray[np.uint8]]] = {split: [] for split in layout.prefixes}
    labels: dict[str, list[int]] = {split: [] for split in layout.prefixes}
    counts: Counter[tuple[str, str]] = Counter()
    first_with: dict[bytes, str] = {}
    for name in with_progress(tree.files, f"Reading {folder}"):
        if name.split("/")[0] in layout.problems:
            continue
        try:
            split, kind = _place(name, layout)
            content = read_bytes(folder / name, name)
            first = first_with.setdefault(hashlib.sha256(content).digest(), name)
            if first != name:
                raise DatasetError(f"{name}: same content as {first}; keep one of them")
            counts[split, kind] += 1  # also if it is broken: mended, it will count
            pictures[split].append(fit(decode(content, name), size).pixels)
            labels[split].append(classes.index(kind))
        except DatasetError as error:
            problems.append(str(error))
    problems += _too_few(counts, classes, layout)
    if problems:
        count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
        raise DatasetError(f"{count} in {folder}:\n" + "\n".join(problems))

    given = {
        split: (np.stack(pictures[split]), np.array(labels[split], dtype=np.int64))
        for split in layout.prefixes
    }
    splits = three_splits(given, np.random.default_rng(seed))
    return as_dataset(splits, classes, folder.resolve().name, "one folder per class")


class Layout(NamedTuple):
    """Which folders hold what.

    Attributes:
        places: The split and the class of each class folder.
        prefixes: What the paths of each split begin with: {"train": ""} if no folder is a split.
        problems: What is wrong with folders of the first level, by name; no file there is read.
    """

    places: dict[str, tuple[str, str]]
    prefixes: dict[str, str]
    problems: dict[str, str]


def _layout(tree: Tree) -> Layout:
    """Tell class folders from folders of splits, which are train and at least one other."""
    tops = [name for name in tree.folders if "/" not in name]
    by_split: dict[str, str] = {}
    problems = {}
    for top in tops:
        split = SPLIT_NAMES.get(top.lower())
        if split is None:
            problems[top] = "lies beside folders for splits; move it into them, or away"
        elif by_split.setdefault(split, top) != top:
            problems[top] = f"a second folder for the split of {by_split[split]}; merge them"
    if "train" not in by_split or len(by_split) == 1:
        return Layout({top: ("train", top) for top in tops}, {"train": ""}, {})
    places = {
        name: (split, name.removeprefix(f"{top}/"))
        for split, top in by_split.items()
        for name in tree.folders
        if name.startswith(f"{top}/") and name.count("/") == 1
    }
    return Layout(places, {split: f"{top}/" for split, top in by_split.items()}, problems)


def _place(name: str, layout: Layout) -> tuple[str, str]:
    """Return the split and the class of a file."""
    for parent in map(str, PurePosixPath(name).parents):
        if parent in layout.places:
            return layout.places[parent]
    raise DatasetError(f"{name}: in no class folder; move or remove it")


def _bad_classes(classes: list[str], tree: Tree) -> list[str]:
    """Say if classes are too few, or seem to be one class under two names."""
    problems = []
    if len(classes) < 2:
        hint = f"{len(classes)} class folders; give each of two or more classes a folder"
        below = [name for name in tree.folders if name.count("/") == 1]
        if classes and below:
            hint += f", or load the folder {classes[0]}, if {', '.join(below)} are the classes"
        problems.append(hint)
    similar: dict[str, list[str]] = {}
    for kind in classes:
        key = unicodedata.normalize("NFKC", kind).casefold().strip()
        similar.setdefault(key, []).append(kind)
    return problems + [
        f"{', '.join(kinds)}: names of one class that differ in case or spaces; rename the folders"
        for kinds in similar.values()
        if len(kinds) > 1
    ]


def _too_few(counts: Counter[tuple[str, str]], classes: list[str], layout: Layout) -> list[str]:
    """Say which classes have too few pictures, of the splits with a folder."""
    held_out = len(SPLITS) - len(layout.prefixes)
    return [
        f"{prefix}{kind}: {counts[split, kind]} pictures; a class needs {needed} or more"
        for split, prefix in layout.prefixes.items()
        for kind in classes
        if counts[split, kind] < (needed := 1 + held_out * (split == "train"))
    ]
