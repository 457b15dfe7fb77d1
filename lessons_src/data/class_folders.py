"""A reader's own pictures, one folder a class, as a data set with three splits."""

import hashlib
from pathlib import Path

from lessons_src.data.dataset import SPLITS, Dataset
from lessons_src.data.file_tree import folder_files
from lessons_src.data.label_list import decode
from lessons_src.errors import DatasetError

import numpy as np

HELD_OUT = 10  # of each class one picture in ten validates, and another one tests


def load_class_folders(folder: Path, size: tuple[int, int], seed: int = 0) -> Dataset:
    """Read every file below a folder of class folders, or say all that is wrong with them.

    Args:
        folder: Holds CLASS/PICTURE files, also deeper ones, in any format Pillow reads; hidden
            files are no pictures.
        size: (height, width) in pixels. Pictures of another size are stretched to it; those turned
            by their camera, with transparent parts or of another mode become upright RGB on white.
        seed: Decides which pictures are held out.

    Returns:
        A data set named after the folder, its classes in alphabetical order. Of each class a tenth,
        and at least one picture, is for validation, as many for the test, the rest for training.

    Raises:
        DatasetError: If there is no such folder, there are fewer than two classes, a class has
            fewer than three pictures, or files are bad. All bad files are named: those in no class
            folder, unreadable ones, and those with the same content as another, which could be
            trained on and tested with.
    """
    if not folder.is_dir():
        raise DatasetError(f"{folder}: no such folder")
    paths = [Path(file).relative_to(folder) for file in folder_files(folder)]
    names = sorted({path.parts[0] for path in paths if len(path.parts) > 1})
    images, labels, problems = [], [], []
    first_with: dict[bytes, str] = {}
    for path in paths:
        name = path.as_posix()
        try:
            if len(path.parts) == 1:
                raise DatasetError(f"{name}: in no class folder; move or remove it")
            content = (folder / path).read_bytes()
            first = first_with.setdefault(hashlib.sha256(content).digest(), name)
            if first != name:
                raise DatasetError(f"{name}: same content as {first}; keep one of them")
            images.append(decode(content, name, size, convert=True))
            labels.append(names.index(path.parts[0]))
        except OSError as error:
            problems.append(f"{name}: {error.strerror}; make the file readable")
        except DatasetError as error:
            problems.append(str(error))
    if len(names) < 2:
        problems.append(f"{len(names)} class folders; give each of two or more classes a folder")
    if not problems:
        counts = np.bincount(labels, minlength=len(names))
        few = [(name, count) for name, count in zip(names, counts, strict=True) if count < 3]
        problems += [f"{name}: {count} pictures; a class needs 3 or more" for name, count in few]
    if problems:
        count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
        raise DatasetError(f"{count} in {folder}:\n" + "\n".join(problems))
    x, y = np.stack(images), np.array(labels, dtype=np.int64)
    splits: dict[str, np.ndarray] = {}
    for split, chosen in zip(SPLITS, _split(y, np.random.default_rng(seed)), strict=True):
        splits |= {f"x_{split}": x[chosen], f"y_{split}": y[chosen]}
    source = "one folder a class"
    return Dataset(**splits, class_names=tuple(names), name=folder.resolve().name, source=source)


def _split(labels: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Return shuffled indices to train, validate and test, each class in all three."""
    splits: list[list[int]] = [[], [], []]
    for label in np.unique(labels):
        of_class = rng.permutation(np.flatnonzero(labels == label))
        held_out = max(1, len(of_class) // HELD_OUT)
        parts = np.split(of_class, [-2 * held_out, -held_out])
        for split, part in zip(splits, parts, strict=True):
            split.extend(part)
    return [rng.permutation(split) for split in splits]
