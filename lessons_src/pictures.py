"""From any image file to RGB pixels."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from lessons_src.errors import DatasetError

from PIL import Image


@contextmanager
def opened_image(content: bytes, name: str) -> Iterator[Image.Image]:
    """Open an image; what its decoder raises, then or later, becomes a DatasetError with its name.

    Args:
        content: The bytes of the file.
        name: The file's name, for messages.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            yield image
    # Broken files make Pillow's decoders raise almost anything.
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise DatasetError(f"{name}: not a readable image; replace the file") from error
