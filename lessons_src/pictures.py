"""The one way from an image file to RGB pixels: decode it upright, then fit it to a size.

`decode` reads whatever Pillow reads, and says what it had to do. `fit` crops to the middle and
resizes; `exactly` refuses what is not of the size already, or needed any change. A picture that
can be predicted can be trained on, since prediction, own folders and label lists read it here.
"""

import io
import re
import warnings
from dataclasses import dataclass

from lessons_src.errors import DatasetError

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFile
from PIL.TiffImagePlugin import TiffImageFile

MOST_PIXELS = 50_000_000  # 150 MB as RGB; more is refused before it is decoded

# What was done to a picture, and why it was refused. The pages' own reader of pictures says the
# same: tools/page_pictures.py hands these words to it.
WORDS = {
    "frames": "first of {frames} frames",
    "turned": "turned as its EXIF data ask",
    "reduced": "{bits} bits reduced to 8",
    "white": "transparent parts laid on white",
    "grey": "grey repeated in three channels",
    "palette": "palette turned into colours",
    "converted": "{mode} converted to RGB",
    "cropped": "cropped {before} to the middle {after}",
    "shrunk": "shrunk from {before} to {after}",
    "enlarged": "enlarged from {before} to {after}",
    "large": "{found}; shrink it to {most} pixels or fewer",
    "unreadable": "not a readable image; replace the file",
}

ORIENTATION = 0x0112  # the EXIF tag of how the camera was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SUBFILE_TYPE = 254  # the TIFF tag whose lowest bit marks the preview of another image

# How files begin that people take for pictures and Pillow cannot open, and what to do with them.
CONVERT = "convert it to JPEG or PNG"
REMEDIES = {
    rb".{4}ftyp(hei|hev|mif1|msf1)": f"a HEIC photo; {CONVERT}",
    rb".{4}ftypavi[fs]": f"an AVIF picture; {CONVERT}",
    rb".{4}ftypcrx|II\*\0.{4}CR|IIR[OS]|MMOR|IIU\0|FUJIFILMCCD": f"a raw photo; {CONVERT}",
    rb"\xff\x0a|\0\0\0\x0cJXL ": f"a JPEG XL picture; {CONVERT}",
    rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI |OggS|FLV": "a video; save a frame of it as a picture",
    rb"\s*<(svg|(\?xml|!).*<svg)": f"an SVG drawing; {CONVERT}",
    rb"%!PS|\xc5\xd0\xd3\xc6": f"an EPS drawing; {CONVERT}",
    rb"%PDF": f"a PDF document; {CONVERT}",
    rb"PK\x03\x04|Rar!|7z\xbc\xaf|\x1f\x8b|\xfd7zXZ|BZh": "an archive; unpack it",
}


@dataclass(frozen=True, eq=False)
class Picture:
    """A decoded picture.

    Attributes:
        name: The file's name, for messages.
        pixels: uint8 (height, width, 3), upright RGB.
        format: The file's format, such as "JPEG".
        mode: The pixels' mode in the file, as Pillow calls it, such as "L".
        done: What was done to get from the file to the pixels, in order.
    """

    name: str
    pixels: NDArray[np.uint8]
    format: str
    mode: str
    done: tuple[str, ...]


def decode(content: bytes, name: str) -> Picture:
    """Decode an image file of any format and mode to upright RGB.

    The first frame is taken. It is turned as its EXIF data ask; 16 bits are reduced to 8;
    transparent parts are laid on white; grey is repeated in three channels.

    Args:
        content: The bytes of the file.
        name: The file's name, for messages.

    Returns:
        The picture in its own size.

    Raises:
        DatasetError: If the file is no whole picture, of a kind that must be converted first, or
            too large to decode; the message names it and the remedy.
    """
    try:
        with warnings.catch_warnings():
            # Of damaged metadata, which the pixels do without, and of many pixels, refused below.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as image:
                return _decode(image, name)
    except DatasetError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large(name, "too many pixels") from error
    except Exception as error:  # broken files make Pillow's decoders raise almost anything
        raise DatasetError(f"{name}: {_remedy(content)}") from error


def fit(picture: Picture, size: tuple[int, int]) -> Picture:
    """Cut a picture to the proportions of a size, keeping the middle, and resize it.

    Cropping keeps the shapes of things, which stretching does not, and costs the borders.

    Args:
        picture: Of any size.
        size: (height, width) of the result in pixels.

    Returns:
        The picture in that size; what was done to fit it is added to `done`.
    """
    image, done = Image.fromarray(picture.pixels), list(picture.done)
    width, height = size[::-1]
    scale = min(image.width / width, image.height / height)
    kept = (max(1, round(scale * width)), max(1, round(scale * height)))
    if kept != image.size:
        done.append(_say("cropped", before=_times(image.size), after=_times(kept)))
        left, top = (image.width - kept[0]) // 2, (image.height - kept[1]) // 2
        image = image.crop((left, top, left + kept[0], top + kept[1]))
    if kept != (width, height):
        word = "shrunk" if kept[0] > width else "enlarged"
        done.append(_say(word, before=_times(kept), after=_times((width, height))))
        image = image.resize((width, height), Image.Resampling.BICUBIC)
    return Picture(picture.name, np.asarray(image), picture.format, picture.mode, tuple(done))


def exactly(picture: Picture, size: tuple[int, int]) -> Picture:
    """Return a picture that is RGB of a size without any change.

    Args:
        picture: The picture.
        size: (height, width) in pixels that it must have.

    Raises:
        DatasetError: If the picture has another size or needed a change.
    """
    height, width = picture.pixels.shape[:2]
    if picture.done or (height, width) != size:
        found = [f"{width}×{height} pixels", f"mode {picture.mode}"]
        if picture.mode == "RGB":
            found += picture.done
        raise DatasetError(
            f"{picture.name}: {', '.join(found)}; convert it to {_times(size[::-1])} RGB"
        )
    return picture


def _say(word: str, **details: object) -> str:
    """Return one of the sentences with its details filled in."""
    return WORDS[word].format(**details)


def _times(size: tuple[int, int]) -> str:
    """Return (width, height) in words."""
    return f"{size[0]}×{size[1]}"


def _too_large(name: str, found: str) -> DatasetError:
    return DatasetError(f"{name}: {_say('large', found=found, most=f'{MOST_PIXELS:,}')}")


def _remedy(content: bytes) -> str:
    """Say what a file is that could not be read, and what to do."""
    for beginning, remedy in REMEDIES.items():
        if re.match(beginning, content[:2000], re.DOTALL):
            return remedy
    return _say("unreadable")


def _decode(image: ImageFile.ImageFile, name: str) -> Picture:
    """Turn an opened image upright and to RGB; say which changes it needed."""
    if image.width * image.height > MOST_PIXELS:
        raise _too_large(name, f"{_times(image.size)} pixels")
    if isinstance(image, TiffImageFile) and image.tag_v2.get(SUBFILE_TYPE, 0) & 1:
        raise DatasetError(f"{name}: a raw photo, which begins with a preview; {CONVERT}")
    mode, done = image.mode, _first_frame(image)
    bits = _bits(image)
    upright, turned = _upright(image)
    eight_bits, reduced = _eight_bits(upright, bits, name)
    colour, converted = _rgb(eight_bits, mode)
    done += turned + reduced + converted
    return Picture(name, np.asarray(colour), str(image.format), mode, tuple(done))


def _first_frame(image: ImageFile.ImageFile) -> list[str]:
    """Say that an image has several frames, of which the first is taken."""
    try:
        frames = getattr(image, "n_frames", 1)
    except Exception:  # a later frame is damaged
        image.seek(0)
        return ["first frame; a later one is damaged"]
    return [_say("frames", frames=frames)] if frames > 1 else []


def _upright(image: ImageFile.ImageFile) -> tuple[Image.Image, list[str]]:
    """Turn an image as its EXIF data ask, where they can be read.

    Pillow's own `exif_transpose` writes all EXIF data again, and fails where any of them is wrong.
    """
    orientation = _orientation(image)
    image.load()
    if orientation is None:
        return image, ["not turned, as its EXIF data are damaged"]
    if orientation not in TURNS:  # 1 is upright, others are no orientation
        return image, []
    done = [_say("turned")]
    if ORIENTATION not in image.getexif():  # Pillow has turned it, which it does with TIFF alone
        return image, done
    return image.transpose(TURNS[orientation]), done


def _orientation(image: ImageFile.ImageFile) -> int | None:
    """Return how the camera was held, as EXIF counts it; None if that cannot be read."""
    try:
        exif = image.getexif()
        if ORIENTATION in exif:
            return int(exif[ORIENTATION])
        # Damage that hides the orientation is passed over by Pillow: read again to hear of it.
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            Image.Exif().load(image.info.get("exif", b""))
        return 1
    except Exception:
        return None


def _bits(image: ImageFile.ImageFile) -> int:
    """Return how many bits per channel a file declares, where that is more than eight, else 8."""
    declared = re.search(r"(?<!BGR);(12|16)", str(image.tile))  # BGR;16 has 16 bits per pixel
    if declared:
        return int(declared[1])
    if image.mode.startswith("I;16") or (image.mode, image.format) == ("I", "PPM"):
        return 16  # Pillow stretches the values of a PPM file to 16 bits
    return 8


def _eight_bits(image: Image.Image, bits: int, name: str) -> tuple[Image.Image, list[str]]:
    """Return an image with 8 bits per channel."""
    if image.mode == "F":
        raise DatasetError(f"{name}: floating-point pixels; convert it to 8 bits per channel")
    done = [_say("reduced", bits=bits)] if bits > 8 else []
    if not image.mode.startswith("I"):
        return image, done  # Pillow has reduced colours already
    values = np.asarray(image).astype(np.int64)
    if bits == 8:  # 32 bits, of which no file says how many are used
        bits = 8 if values.max() <= 255 else 16
        done = [f"32-bit pixels read as {bits} bits"]
    if values.min() < 0 or values.max() >= 2**bits:
        raise DatasetError(
            f"{name}: grey values from {values.min():,} to {values.max():,}; "
            "convert it to 8 bits per channel"
        )
    # The largest number of so many bits becomes 255.
    return Image.fromarray((values * 255 // (2**bits - 1)).astype(np.uint8)), done


def _rgb(image: Image.Image, mode: str) -> tuple[Image.Image, list[str]]:
    """Return an image of 8 bits per channel in RGB; `mode` is the file's."""
    done = []
    if image.has_transparency_data:
        shown = image.convert("RGBA")
        if shown.getchannel("A").getextrema() != (255, 255):
            done.append(_say("white"))
        white = Image.new("RGBA", shown.size, "white")
        image = Image.alpha_composite(white, shown)
    if mode in ("1", "L", "LA", "La") or mode.startswith("I"):
        done.append(_say("grey"))
    elif mode in ("P", "PA"):
        done.append(_say("palette"))
    elif mode not in ("RGB", "RGBA", "RGBa", "RGBX"):
        done.append(_say("converted", mode=mode))
    return image.convert("RGB"), done
