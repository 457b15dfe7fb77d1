"""Read the files of a folder or a tar archive, and replace a file in one step.

Errors name files relative to the folder or archive; the caller knows and adds which one it is.
"""

import lzma
import os
import tarfile
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from lessons_src.errors import DatasetError
from lessons_src.files import note

SECONDS_BETWEEN_REPORTS = 2.0

NamedBytes = tuple[str, bytes]


def with_progress(files: Iterable[NamedBytes], label: str) -> Iterator[NamedBytes]:
    """Pass files through and report how many on stderr, every two seconds."""
    reported = time.monotonic()
    for count, file in enumerate(files, start=1):
        if time.monotonic() - reported > SECONDS_BETWEEN_REPORTS:
            note(f"{label}: {count:,} files so far")
            reported = time.monotonic()
        yield file


def is_hidden(name: str) -> bool:
    """Say whether a path belongs to the file system's housekeeping, such as .DS_Store."""
    parts = name.removeprefix("./").split("/")
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def folder_files(root: Path) -> list[str]:
    """List the path of every visible file below a folder, sorted.

    Raises:
        DatasetError: If a folder can't be listed.
    """

    def refuse(error: OSError) -> None:
        folder = Path(error.filename).relative_to(root)
        raise DatasetError(f"{folder}: {error.strerror}; make the folder readable")

    paths = []
    for folder, folders, names in os.walk(root, onerror=refuse):
        folders[:] = [name for name in folders if not is_hidden(name)]
        paths += [f"{folder}{os.sep}{name}" for name in names if not is_hidden(name)]
    return sorted(paths)


def read_folder(root: Path) -> Iterator[NamedBytes]:
    """Yield the relative path, with slashes, and the content of every visible file.

    Raises:
        DatasetError: If a file can't be read.
    """
    for path in map(Path, folder_files(root)):
        name = path.relative_to(root).as_posix()
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DatasetError(f"{name}: {error.strerror}; make the file readable") from error
        yield name, content


def read_tar(path: Path) -> Iterator[NamedBytes]:
    """Yield the name and content of every visible file of a tar archive, unpacking nothing.

    Args:
        path: The archive, plain or compressed.

    Raises:
        DatasetError: If the archive is broken, cut off, or has members that lead out of it.
    """
    try:
        with tarfile.open(path) as archive:
            for member in archive:
                _refuse_escape(member)
                if member.isfile() and not is_hidden(member.name):
                    content = archive.extractfile(member)
                    assert content is not None
                    yield member.name.removeprefix("./"), content.read()
            # Read on to the end: only there does a compressed file verify its checksum.
            while archive.fileobj is not None and archive.fileobj.read(1 << 20):
                pass
    except (tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, OSError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DatasetError(
            f"not a complete tar archive ({reason}); copy or download it again"
        ) from error


def _refuse_escape(member: tarfile.TarInfo) -> None:
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts:
        problem = "leads out of the archive"
    elif not (member.isfile() or member.isdir()):
        problem = "is a link or a device"
    else:
        return
    raise DatasetError(f"member {member.name!r} {problem}; use an archive you trust")
