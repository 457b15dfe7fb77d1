"""Images in a folder whose labels stand in a text file, one `path label` a line."""

import hashlib
from pathlib import Path

from lessons_src.data.cifar10_images import decode_image
from lessons_src.errors import DatasetError
from lessons_src.files import replacing
from lessons_src.pictures import opened_image

import numpy as np
from numpy.typing import NDArray

# What Pillow turns into 8-bit RGB without a guess: it would clip 16 bits and invert some CMYK.
CONVERTIBLE_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")

Arrays = tuple[NDArray[np.uint8], NDArray[np.int64]]
Line = tuple[int, str, str]  # its number, the path and the label


def load_image_list(
    list_file: Path, image_dir: Path, classes: int, size: tuple[int, int], convert: bool = False
) -> Arrays:
    """Read the images that a text file names, or say what is wrong with it, line by line.

    A line is a path, white space and a label; what comes before the last word is the path, which
    may hold spaces. The text is UTF-8, blank lines are passed over, and there are no comments, as
    "#" may begin a name. Files that no line names are not read.

    Args:
        list_file: The text file.
        image_dir: The folder that the paths start from.
        classes: Number of classes; labels are whole numbers from 0 to classes - 1.
        size: (height, width) in pixels of the arrays' images.
        convert: Bring images of another size or mode to RGB and `size` in place of refusing them:
            turned upright as their camera noted, transparent parts on white, stretched to fit.

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
            content = _read_bytes(image_dir / path, path)
            first = first_with.setdefault(hashlib.sha256(content).digest(), number)
            if first != number:
                raise DatasetError(f"{path}: same content as line {first}; keep one of them")
            images.append(decode(content, path, size, convert))
        except DatasetError as error:
            problems.append(f"line {number}: {error}")
    if problems:
        count = f"{len(problems)} problem{'s' * (len(problems) > 1)}"
        raise DatasetError(f"{count} in {list_file.name}:\n" + "\n".join(problems))
    return np.stack(images), np.array(labels, dtype=np.int64)


def load_image_list_once(
    npz: Path,
    list_file: Path,
    image_dir: Path,
    classes: int,
    size: tuple[int, int],
    convert: bool = False,
) -> Arrays:
    """Load the arrays of an image list from an .npz file, which is written when it is out of date.

    The file holds a fingerprint of the list, the arguments, and each image's size and time of
    change. A change that leaves an image's size and time as they were goes unnoticed: delete the
    .npz file then.

    Args:
        npz: Where the arrays are kept; written aside and moved into place, or not at all.
        list_file, image_dir, classes, size, convert: As in `load_image_list`.

    Returns:
        Images and labels, as `load_image_list` does.

    Raises:
        DatasetError: As in `load_image_list`, or `npz` exists and is no such file.
    """
    fingerprint = _fingerprint(list_file, image_dir, classes, size, convert)
    if npz.exists():
        try:
            with np.load(npz, allow_pickle=False) as stored:
                if str(stored["fingerprint"]) == fingerprint:
                    return stored["images"], stored["labels"]
        except Exception as error:  # a damaged archive can raise anything
            raise DatasetError(f"{npz}: not an image list's .npz file; delete it") from error
    images, labels = load_image_list(list_file, image_dir, classes, size, convert)
    with replacing(npz) as aside, aside.open("wb") as file:
        np.savez(file, images=images, labels=labels, fingerprint=fingerprint)
    return images, labels


def _read_lines(list_file: Path) -> list[Line]:
    try:
        text = list_file.read_text(encoding="utf-8-sig")  # Windows' editors begin it with a mark
    except OSError as error:
        raise DatasetError(f"{list_file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{list_file}: not UTF-8; save it in that encoding") from error
    lines = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            path, label = [*line.strip().rsplit(maxsplit=1), ""][:2]
            lines.append((number, path, label))
    if not lines:
        raise DatasetError(f"{list_file}: empty; write one `path label` a line")
    return lines


def _parse_label(label: str, classes: int) -> int:
    if not (label.isascii() and label.isdigit() and int(label) < classes):
        raise DatasetError(f"label {label!r}; expected a whole number from 0 to {classes - 1}")
    return int(label)


def _read_bytes(file: Path, path: str) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise DatasetError(f"{path}: no such file") from error
    except OSError as error:
        raise DatasetError(f"{path}: {error.strerror}") from error


def decode(content: bytes, path: str, size: tuple[int, int], convert: bool) -> NDArray[np.uint8]:
    """Decode one image to uint8 (height, width, 3); size and convert as in `load_image_list`.

    Raises:
        DatasetError: If the image can't be decoded, or has another size or mode than is taken.
    """
    if not convert:
        return decode_image(content, path, size)[0]
    from PIL import Image, ImageOps  # on use, as in image_folder

    with opened_image(content, path) as image:
        if image.mode not in CONVERTIBLE_MODES:
            raise DatasetError(f"{path}: mode {image.mode}; convert it to RGB")
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    on_white = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    return np.asarray(on_white.convert("RGB").resize(size[::-1], Image.Resampling.BILINEAR))


def _fingerprint(list_file: Path, image_dir: Path, *arguments: object) -> str:
    digest = hashlib.sha256(repr(arguments).encode())
    for number, path, label in _read_lines(list_file):
        file = image_dir / path
        status = file.stat() if file.exists() else None
        change = (status.st_size, status.st_mtime_ns) if status else None
        digest.update(repr((number, path, label, str(file.absolute()), change)).encode())
    return digest.hexdigest()
