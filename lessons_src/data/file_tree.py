"""The files of a folder, a tar or a zip archive, but for those that systems keep for themselves.

Errors name files relative to the folder or archive; the caller knows and adds which one it is.
"""

import os
import re
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lessons_src.errors import DatasetError

NamedBytes = tuple[str, bytes]

# What macOS, Windows, Linux, network drives, git and Jupyter put into folders by themselves.
HOUSEKEEPING = re.compile(
    r"\._.*|\.DS_Store|\.localized|\.Spotlight-.*|\.fseventsd|\.Trash.*|Icon\r|__MACOSX"
    r"|Thumbs\.db|ehthumbs.*\.db|desktop\.ini|\$RECYCLE\.BIN|System Volume Information"
    r"|.*:Zone\.Identifier|\.directory|\.thumbnails|\.nomedia|lost\+found|@eaDir|#recycle"
    r"|\.git.*|\.ipynb_checkpoints|\.lessons_src-.*",
    re.IGNORECASE,
)


def is_housekeeping(name: str) -> bool:
    """Say whether a file or folder of this name is one that a system keeps for itself."""
    return HOUSEKEEPING.fullmatch(name) is not None


def is_passed_over(path: str) -> bool:
    """Say whether any part of a path is hidden, as it begins with a dot, or is housekeeping."""
    parts = [part for part in PurePosixPath(path).parts if part != ".."]
    return any(part.startswith(".") or is_housekeeping(part) for part in parts)


@dataclass
class Tree:
    """What lies below a folder, by paths relative to it, with slashes.

    Attributes:
        files: The files, sorted.
        folders: The folders, linked ones included.
        hidden: Names that begin with a dot and are no known housekeeping; nothing below them is
            listed.
        problems: What could not be listed, each with its name and the remedy.
    """

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def list_tree(root: Path) -> Tree:
    """List what lies below a folder, following links."""
    tree = Tree()
    _list(tree, str(root), "", frozenset())
    tree.files.sort()
    return tree


def _list(tree: Tree, folder: str, prefix: str, above: frozenset[str]) -> None:
    """Add what lies below a folder to a tree; `above` are the folders that it lies in."""
    real = os.path.realpath(folder)
    if real in above:
        tree.problems.append(f"{prefix}: a link to a folder that it lies in; remove it")
        return
    try:
        names = os.listdir(folder)  # noqa: PTH208 (there may be 60,000: Paths cost as much again)
    except OSError as error:
        tree.problems.append(f"{prefix or './'}: {error.strerror}; make the folder readable")
        return
    for name in sorted(names):
        path, relative = os.path.join(folder, name), prefix + name  # noqa: PTH118
        if is_housekeeping(name):
            continue
        if name.startswith("."):
            tree.hidden.append(relative)
        elif os.path.isdir(path):  # noqa: PTH112
            tree.folders.append(relative)
            _list(tree, path, f"{relative}/", above | {real})
        elif os.path.isfile(path):  # noqa: PTH113
            tree.files.append(relative)
        else:
            tree.problems.append(f"{relative}: a broken link, or no file; remove it")


def read_bytes(path: Path, name: str) -> bytes:
    """Return a file's content.

    Args:
        path: The file.
        name: Its name for messages.

    Raises:
        DatasetError: If the file is missing or can't be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DatasetError(f"{name}: no such file") from error
    except IsADirectoryError as error:
        raise DatasetError(f"{name}: a folder, not a file") from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or error
        raise DatasetError(f"{name}: {reason}; make the file readable") from error


def read_folder(root: Path) -> Iterator[NamedBytes]:
    """Yield the relative path, with slashes, and the content of every file that is not passed over.

    Raises:
        DatasetError: If a folder or file can't be read; all such folders are named.
    """
    tree = list_tree(root)
    if tree.problems:
        raise DatasetError("; ".join(tree.problems))
    for name in tree.files:
        yield name, read_bytes(root / name, name)


def read_archive(path: Path) -> Iterator[NamedBytes]:
    """Yield the name and content of every file of an archive that is not passed over.

    Nothing is unpacked, so a member's name can't lead anywhere.

    Args:
        path: A zip archive, or a tar archive, plain or compressed.

    Raises:
        DatasetError: If the archive is broken, cut off, or holds what is no file.
    """
    with path.open("rb") as file:
        read = _read_zip if file.read(4) == b"PK\x03\x04" else _read_tar
    try:
        yield from read(path)
    except DatasetError:
        raise
    except Exception as error:  # damage shows as errors of five compression libraries
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DatasetError(
            f"not a complete tar or zip archive ({reason}); copy or download it again"
        ) from error


def _read_tar(path: Path) -> Iterator[NamedBytes]:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.isdir() or is_passed_over(member.name):
                continue
            try:
                content = archive.extractfile(member)  # follows links, within the archive
            except KeyError:
                content = None
            if content is None:
                raise DatasetError(
                    f"member {member.name!r} is a device, or a link to no file of the archive; "
                    "pack the files themselves"
                )
            yield member.name.removeprefix("./"), content.read()
        # Read on to the end: only there does a compressed file verify its checksum.
        while archive.fileobj is not None and archive.fileobj.read(1 << 20):
            pass


def _read_zip(path: Path) -> Iterator[NamedBytes]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not member.is_dir() and not is_passed_over(member.filename):
                yield member.filename, archive.read(member)  # verifies its checksum
