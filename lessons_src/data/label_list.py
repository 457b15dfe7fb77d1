"""Pictures in a folder whose labels stand in a text file, one `path label` per line."""

import hashlib
from pathlib import Path

from lessons_src.data.file_tree import read_bytes
from lessons_src.errors import DatasetError
from lessons_src.pictures import decode, exactly, fit

import numpy as np
from numpy.typing import NDArray

Line = tuple[int, str, str]  # its number, the path and the label


def load_label_list(
    list_file: Path, image_dir: Path, classes: int, size: tuple[int, int], convert: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Read the pictures that a text file names, or say what is wrong with it, line by line.

    A line is a path, white space and a label; what comes before the last word is the path, which
    may hold spaces. The text is UTF-8, blank lines are passed over, and there are no comments, as
    "#" may begin a name. Files that no line names are not read.

    Args:
        list_file: The text file.
        image_dir: The folder that the paths start from.
        classes: Number of classes; labels are whole numbers from 0 to classes - 1.
        size: (height, width) in pixels of the arrays' images.
        convert: Bring pictures of another size or mode to RGB and `size`, as `lessons_src.pictures`
            does for `predict` too, in place of refusing them.

    Returns:
        Images, uint8 (N, height, width, 3), and labels, int64 (N,), in the order of the lines.

    Raises:
        DatasetError: If the list is missing, empty or not UTF-8, or lines are bad. All bad lines
            are named, each with its first fault: no label, one out of range, no such file, the same
            content as an earlier line, unreadable image, wrong size or mode.
    """
    images, labels, problems = [], [], []
    first_with: dict[bytes, int] = {}
    for number, path, label in _read_lines(list_file):
        try:
            labels.append(_parse_label(label, classes))
            content = read_bytes(image_dir / path, path)
            first = first_with.setdefault(hashlib.sha256(content).digest(), number)
            if first != number:
                raise DatasetError(f"{path}: same content as line {first}; keep one of them")
            picture = decode(content, path)
            images.append((fit if convert else exactly)(picture, size).pixels)
        except DatasetError as error:
            problems.append(f"line {number}: {error}")
    if problems:
        count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
        raise DatasetError(f"{count} in {list_file.name}:\n" + "\n".join(problems))
    return np.stack(images), np.array(labels, dtype=np.int64)


def _read_lines(list_file: Path) -> list[Line]:
    content = read_bytes(list_file, str(list_file))
    try:
        text = content.decode("utf-8-sig")  # Windows' editors begin it with a mark
    except UnicodeDecodeError as error:
        raise DatasetError(f"{list_file}: not UTF-8; save it in that encoding") from error
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            path, label = [*line.strip().rsplit(maxsplit=1), ""][:2]
            lines.append((number, path, label))
    if not lines:
        raise DatasetError(f"{list_file}: empty; write one `path label` per line")
    return lines


def _parse_label(label: str, classes: int) -> int:
    if not (label.isascii() and label.isdigit() and int(label) < classes):
        raise DatasetError(f"label {label!r}; expected a whole number from 0 to {classes - 1}")
    return int(label)
