"""Fast11's committed weights asked about any picture: read it, fit it, predict.

Every step that changes the picture is told with the result, since a network answers for whatever it
gets: a crop can cut the object off, and a picture of 32×32 pixels holds little.
"""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons_src import records
from lessons_src.data.cifar10 import CLASS_NAMES
from lessons_src.errors import DatasetError
from lessons_src.models import build_model
from lessons_src.pictures import opened_image

import keras
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

NETWORK, RECIPE = "fast11", "fast"
SIDE = 32
MOST_PIXELS = 50_000_000  # 150 MB as RGB; more is refused before it is decoded


@dataclass(frozen=True)
class Prediction:
    """What the network says about a picture.

    Attributes:
        file: The picture's file.
        probabilities: By class, highest first; they add up to 1.
        done: What was done to the picture before the network saw it, in order.
    """

    file: str
    probabilities: dict[str, float]
    done: tuple[str, ...]


def load_network() -> keras.Model:
    """Return Fast11 with the weights of the recorded run.

    Raises:
        RecordError: If no weights are kept, or the file is damaged; the message says what to do.
    """
    model = build_model(NETWORK)
    records.load_weights(model, RECIPE)
    return model


def predict_files(
    model: keras.Model, paths: Sequence[str | Path]
) -> Iterator[Prediction | DatasetError]:
    """Ask a network about pictures, one after the other.

    Args:
        model: Takes (N, 32, 32, 3), pixels in 0–1; returns probabilities of CIFAR-10's classes.
        paths: The pictures' files.

    Yields:
        For each file its prediction, or the error that names it.
    """
    for path in paths:
        try:
            pixels, done = read_picture(path)
        except DatasetError as error:
            yield error
            continue
        [probabilities] = model.predict(pixels[np.newaxis] / np.float32(255), verbose=0)
        order = np.argsort(-probabilities, kind="stable")
        ranked = {CLASS_NAMES[label]: float(probabilities[label]) for label in order}
        yield Prediction(str(path), ranked, done)


def read_picture(path: str | Path, side: int = SIDE) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Read a picture of any format, mode and size as a small square one in colour.

    Args:
        path: The picture's file.
        side: Height and width of the result in pixels.

    Returns:
        Pixels, uint8 (side, side, 3), and what was done to get them, in order.

    Raises:
        DatasetError: If the file is missing, no whole picture, or too large to decode; the message
            names it.
    """
    name = str(path)
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise DatasetError(f"{name}: {error.strerror or error}") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # refused below
            with opened_image(content, name) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _too_large(name, f"{image.width}×{image.height} pixels")
                return _fitted(image, name, side)
    except DatasetError as error:
        if isinstance(error.__cause__, Image.DecompressionBombError):
            raise _too_large(name, "too many pixels") from error
        raise


def _too_large(name: str, found: str) -> DatasetError:
    return DatasetError(f"{name}: {found}; shrink it to {MOST_PIXELS:,} pixels or fewer")


def _fitted(image: Image.Image, name: str, side: int) -> tuple[NDArray[np.uint8], tuple[str, ...]]:
    """Turn, convert, crop and resize an image; say which of these it needed."""
    done = []
    if (frames := getattr(image, "n_frames", 1)) > 1:
        done.append(f"first of {frames} frames")
    turned = ImageOps.exif_transpose(image)
    if image.getexif().get(0x0112) in range(2, 9):  # 1 is upright, others are no orientation
        done.append("turned as its EXIF data ask")
    colour, converted = _in_colour(turned, name)
    done += converted
    if colour.width != colour.height:
        least = min(colour.size)
        left, top = (colour.width - least) // 2, (colour.height - least) // 2
        done.append(f"cropped {colour.width}×{colour.height} to the middle {least}×{least}")
        colour = colour.crop((left, top, left + least, top + least))
    if colour.width != side:
        word = "shrunk" if colour.width > side else "enlarged"
        done.append(f"{word} from {colour.width}×{colour.height} to {side}×{side}")
        colour = colour.resize((side, side), Image.Resampling.BICUBIC)
    return np.asarray(colour), tuple(done) or ("nothing",)


def _in_colour(image: Image.Image, name: str) -> tuple[Image.Image, list[str]]:
    """Return an image in RGB, and what had to be done for it."""
    mode, done = image.mode, []
    if mode.startswith("I"):  # 16 bits a pixel; Pillow would cut them off at 255
        values = np.asarray(image)
        if values.min() < 0 or values.max() > 65_535:
            raise DatasetError(f"{name}: 32-bit pixels; convert it to 8 bits a channel")
        image = Image.fromarray((values // 257).astype(np.uint8))
        done.append("16 bits reduced to 8")
        mode = "L"
    if mode == "F":
        raise DatasetError(f"{name}: floating-point pixels; convert it to 8 bits a channel")
    if image.has_transparency_data:
        shown = image.convert("RGBA")
        if shown.getchannel("A").getextrema() != (255, 255):
            done.append("transparent parts laid on white")
        white = Image.new("RGBA", shown.size, "white")
        image = Image.alpha_composite(white, shown)
    if mode in ("1", "L", "LA", "La"):
        done.append("grey repeated in three channels")
    elif mode in ("P", "PA"):
        done.append("palette turned into colours")
    elif mode not in ("RGB", "RGBA", "RGBa", "RGBX"):
        done.append(f"{mode} converted to RGB")
    return image.convert("RGB"), done
