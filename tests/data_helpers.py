"""Small copies of CIFAR-10 in each of its forms, for the tests of `lessons_src.data`."""

import hashlib
import io
import struct
import tarfile
import zipfile
from pathlib import Path

from lessons_src.data import cifar10, cifar10_batches, shapes10
from lessons_src.data.cifar10 import CLASS_NAMES

import numpy as np
from PIL import Image

PER_CLASS = {"train": 4, "test": 2}
VALIDATION_PER_CLASS = 1


def make_images(split: str, per_class: int) -> tuple[np.ndarray, np.ndarray]:
    """Return images whose first pixel tells label and number, and labels, class by class."""
    labels = np.repeat(np.arange(10), per_class)
    images = np.random.RandomState(len(split)).randint(
        0, 256, (len(labels), 32, 32, 3), dtype=np.uint8
    )
    images[:, 0, 0, 0] = labels
    images[:, 0, 0, 1] = np.tile(np.arange(per_class), 10)
    return images, labels


def write_tree(root: Path, suffix: str = ".png", per_class: dict[str, int] = PER_CLASS) -> Path:
    for split, count in per_class.items():
        for image, label in zip(*make_images(split, count), strict=True):
            folder = root / split / CLASS_NAMES[label]
            folder.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image).save(folder / f"{image[0, 0, 1]:04}{suffix}")
    return root


def python2_batch(images: np.ndarray, labels: np.ndarray) -> bytes:
    """Pickle a batch opcode by opcode as Python 2 and NumPy 1 did in the published files."""
    rows = images.transpose(0, 3, 1, 2).tobytes()
    dtype = b"cnumpy\ndtype\n(U\x02u1K\x00K\x01tR(K\x03U\x01|NNN"
    dtype += 2 * b"J\xff\xff\xff\xff" + b"K\x00tb"
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\x00tU\x01btR"
        b"(K\x01(J" + struct.pack("<i", len(images)) + b"M\x00\x0ct" + dtype + b"\x89"
        b"T" + struct.pack("<i", len(rows)) + rows + b"tb"
    )
    numbers = b"".join(b"K" + bytes([label]) for label in labels)
    return (
        b"\x80\x02}(U\x0bbatch_labelU\x04testU\x06labels](" + numbers + b"e"
        b"U\x04data" + array + b"u."
    )


def make_batches(per_class: dict[str, int] = PER_CLASS) -> dict[str, bytes]:
    """Return the six files of a small CIFAR-10 by their names."""
    images, labels = make_images("train", per_class["train"])
    parts = np.array_split(np.arange(len(labels)), 5)
    batches = {
        f"data_batch_{number}": python2_batch(images[members], labels[members])
        for number, members in enumerate(parts, start=1)
    }
    return batches | {"test_batch": python2_batch(*make_images("test", per_class["test"]))}


def write_batches(parent: Path, per_class: dict[str, int] = PER_CLASS) -> Path:
    folder = parent / "cifar-10-batches-py"
    folder.mkdir(parents=True)
    for name, content in make_batches(per_class).items():
        (folder / name).write_bytes(content)
    (folder / "readme.html").write_text("not an image")
    return folder


def binary_batch(images: np.ndarray, labels: np.ndarray) -> bytes:
    """Write a batch as the published binary files: per image the label, then red, green, blue."""
    rows = images.transpose(0, 3, 1, 2).reshape(len(images), -1)
    return np.hstack([labels[:, None].astype(np.uint8), rows]).tobytes()


def write_binary_batches(parent: Path) -> Path:
    """Write what `write_batches` writes, in the binary form."""
    folder = parent / "cifar-10-batches-bin"
    folder.mkdir(parents=True)
    images, labels = make_images("train", PER_CLASS["train"])
    for number, members in enumerate(np.array_split(np.arange(len(labels)), 5), start=1):
        content = binary_batch(images[members], labels[members])
        (folder / f"data_batch_{number}.bin").write_bytes(content)
    test = binary_batch(*make_images("test", PER_CLASS["test"]))
    (folder / "test_batch.bin").write_bytes(test)
    (folder / "batches.meta.txt").write_text("airplane\n")
    return folder


def write_tar(path: Path, root: Path, mode: str = "w:gz") -> Path:
    """Pack what lies in a folder."""
    with tarfile.open(path, mode) as archive:
        for child in sorted(root.iterdir()):
            archive.add(child, arcname=child.name)
    return path


def write_zip(path: Path, root: Path) -> Path:
    """Pack what lies in a folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for child in sorted(root.rglob("*")):
            archive.write(child, child.relative_to(root))
    return path


def image_bytes(mode: str = "RGB", side: int = 32) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (side, side)).save(buffer, "PNG")
    return buffer.getvalue()


def expect_batches(monkeypatch, batches: dict[str, bytes]) -> None:
    """Let these files stand for the published ones."""
    sums = {name: hashlib.md5(content).hexdigest() for name, content in batches.items()}
    monkeypatch.setattr(cifar10_batches, "MD5", sums)


def use_small_copies(monkeypatch, tmp_path: Path) -> None:
    """Expect the small copies, and keep every cache and the network out of reach."""
    monkeypatch.setattr(cifar10, "IMAGES_PER_CLASS", PER_CLASS)
    monkeypatch.setattr(cifar10, "VALIDATION_PER_CLASS", VALIDATION_PER_CLASS)
    expect_batches(monkeypatch, make_batches())
    monkeypatch.setattr(shapes10, "SPLIT_SIZES", (180, 20, 40))
    monkeypatch.setattr(cifar10, "URL", "http://127.0.0.1:9/cifar.tar.gz")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("CIFAR10_DIR", raising=False)
