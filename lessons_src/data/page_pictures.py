"""The pictures that pages train on: Shapes-10 without noise and with 32 levels of brightness.

So 2,500 of them are few bytes.
"""

import gzip
import json
from pathlib import Path

from lessons_src.data import shapes10

import numpy as np
from numpy.typing import NDArray

CLASS_NAMES = shapes10.CLASS_NAMES
TRAINED, CHECKED = 2_000, 500
SEED = 1  # the book's own Shapes-10 has 0
STEP = 8  # between two levels of brightness


def pictures() -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Draw the pictures.

    Returns:
        Images, uint8 (2500, 32, 32, 3), and labels, int64 (2500,): the first 2,000 to train on,
        the others to check with.
    """
    images, labels = shapes10.generate(TRAINED + CHECKED, SEED, noise=False)
    return images // STEP * STEP, labels


def write_pictures(folder: Path) -> None:
    """Write pictures.gz, a byte for each label and then for each pixel's level, and pictures.json.

    Args:
        folder: Where; made if it does not exist.
    """
    images, labels = pictures()
    packed = labels.astype(np.uint8).tobytes() + (images // STEP).tobytes()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pictures.gz").write_bytes(gzip.compress(packed, mtime=0))
    facts = {"trained": TRAINED, "checked": CHECKED, "step": STEP}
    (folder / "pictures.json").write_text(json.dumps(facts), encoding="utf-8")
