"""lessons_src.pictures: any file becomes the right pixels, or an error that says what to do.

Imports nothing that needs TensorFlow, so that it also runs beside another Pillow alone.
"""

import io
import struct
import zlib

from lessons_src import pictures
from lessons_src.errors import DatasetError
from lessons_src.pictures import Picture, decode, exactly, fit

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, features

RED = (255, 0, 0)

# Every pixel differs from every other, so that no turn, crop or mirror goes unseen.
ROWS, COLUMNS = np.mgrid[:20, :40]
DRAWN = np.stack([6 * ROWS, 6 * COLUMNS, 255 - 3 * ROWS - 2 * COLUMNS], axis=-1).astype(np.uint8)


def encoded(image, kind="PNG", **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def square(mode, colour, side=32):
    return Image.new(mode, (side, side), colour)


def picture(pixels) -> Picture:
    return decode(encoded(Image.fromarray(pixels)), "picture.png")


def refusal(content: bytes, name="picture") -> str:
    with pytest.raises(DatasetError) as caught:
        decode(content, name)
    return str(caught.value)


# Modes and bits


def test_a_colour_picture_stays_as_it_is():
    found = decode(encoded(Image.fromarray(DRAWN)), "picture.png")
    np.testing.assert_array_equal(found.pixels, DRAWN)
    assert (found.name, found.format, found.mode, found.done) == ("picture.png", "PNG", "RGB", ())


@pytest.mark.parametrize(
    ("image", "pixel", "done"),
    [
        (square("L", 100), (100, 100, 100), ("grey repeated in three channels",)),
        (square("1", 1), (255, 255, 255), ("grey repeated in three channels",)),
        (square("RGBA", (*RED, 0)), (255, 255, 255), ("transparent parts laid on white",)),
        (square("RGBA", (*RED, 128)), (255, 127, 127), ("transparent parts laid on white",)),
        (square("RGBA", (*RED, 255)), RED, ()),
        (
            square("LA", (50, 0)),
            (255, 255, 255),
            ("transparent parts laid on white", "grey repeated in three channels"),
        ),
        (square("LA", (50, 255)), (50, 50, 50), ("grey repeated in three channels",)),
        (square("RGB", (10, 200, 30)).quantize(4), (10, 200, 30), ("palette turned into colours",)),
    ],
    ids=lambda value: getattr(value, "mode", None),
)
def test_other_modes_become_rgb_and_say_so(image, pixel, done):
    found = decode(encoded(image), "picture.png")
    assert found.pixels.shape == (32, 32, 3) and found.pixels.dtype == np.uint8
    assert (found.pixels == pixel).all() and found.done == done
    assert found.mode == image.mode


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
def test_a_transparent_colour_of_a_palette_becomes_white(kind):
    image = Image.fromarray(np.where(DRAWN[..., :1] < 60, RED, (0, 0, 255)).astype(np.uint8))
    image = image.quantize(4)
    found = decode(encoded(image, kind, transparency=image.getpixel((0, 0))), "picture")
    assert found.done == ("transparent parts laid on white", "palette turned into colours")
    assert (found.pixels[:10] == 255).all() and (found.pixels[10:] == (0, 0, 255)).all()


@pytest.mark.parametrize(("mode", "key", "other"), [("L", 7, 9), ("1", 0, 255), ("RGB", RED, 9)])
def test_a_transparent_colour_without_a_palette_becomes_white(mode, key, other):
    image = square(mode, key)
    image.paste(other, (0, 0, 32, 16))
    found = decode(encoded(image, transparency=key), "picture.png")
    assert found.done[0] == "transparent parts laid on white"
    assert (found.pixels[16:] == 255).all()
    assert (found.pixels[:16] == image.convert("RGB").getpixel((0, 0))).all()


def test_cmyk_is_converted():
    found = decode(encoded(square("CMYK", (0, 255, 255, 0)), "JPEG", quality=100), "print.jpg")
    assert found.done == ("CMYK converted to RGB",)
    np.testing.assert_allclose(found.pixels, np.broadcast_to(RED, (32, 32, 3)), atol=3)


GREY_16 = {0: 0, 256: 0, 257: 1, 513: 1, 514: 2, 32_767: 127, 32_896: 128, 65_534: 254, 65_535: 255}


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_are_divided_by_257(kind):
    values = np.array([list(GREY_16)], dtype=np.uint16)
    found = decode(encoded(Image.fromarray(values), kind), "deep")
    assert found.pixels[0, :, 0].tolist() == list(GREY_16.values())
    assert found.done == ("16 bits reduced to 8", "grey repeated in three channels")


def test_a_dark_picture_of_sixteen_bits_stays_dark():
    """As the file declares how many bits it has, nothing is guessed from its values."""
    values = np.full((4, 4), 200, dtype=np.uint16)
    files = [encoded(Image.fromarray(values), kind) for kind in ("PNG", "TIFF", "JPEG2000")]
    files += [b"P5 4 4 65535\n" + values.astype(">u2").tobytes()]
    files += [b"P5 4 4 1000\n" + np.full((4, 4), 3, dtype=">u2").tobytes()]
    for content in files:
        found = decode(content, "dark")
        assert not found.pixels.any() and found.done[0] == "16 bits reduced to 8"


def chunk(kind, content):
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def png_of_16_bits(colour, side=32):
    row = b"\0" + struct.pack(">3H", *colour) * side
    head = struct.pack(">IIBBBBB", side, side, 16, 2, 0, 0, 0)
    data = zlib.compress(row * side)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_sixteen_bits_in_colour_keep_their_upper_half():
    found = decode(png_of_16_bits((65_535, 255, 0x8012)), "deep.png")
    assert (found.pixels == (255, 0, 0x80)).all()
    assert found.done == ("16 bits reduced to 8",)


def test_sixteen_bits_per_pixel_are_not_called_so():
    pixels = struct.pack("<2H", 0b11111_00000_00000, 0)
    header = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 16, 0, len(pixels), 0, 0, 0, 0)
    found = decode(b"BM" + struct.pack("<IHHI", 58, 0, 0, 54) + header + pixels, "small.bmp")
    assert found.done == () and found.pixels.max() > 0


@pytest.mark.parametrize(
    ("values", "expected", "bits"),
    [
        ([0, 100, 255], [0, 100, 255], 8),
        ([0, 1, 256], [0, 0, 0], 16),
        ([0, 256, 257], [0, 0, 1], 16),
        ([1, 32_767, 65_535], [0, 127, 255], 16),
    ],
)
def test_thirty_two_bits_are_read_by_how_many_are_used(values, expected, bits):
    image = Image.fromarray(np.array([values], dtype=np.int32))
    found = decode(encoded(image, "TIFF"), "scan.tif")
    assert found.pixels[0, :, 0].tolist() == expected
    assert found.done[0] == f"32-bit pixels read as {bits} bits"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (np.array([[0, 65_536]], np.int32), "grey values from 0 to 65,536"),
        (np.array([[-1, 200]], np.int32), "grey values from -1 to 200"),
        (np.array([[0.0, 1.0]], np.float32), "floating-point pixels"),
    ],
)
def test_pixels_of_unknown_range_are_refused(values, problem):
    message = refusal(encoded(Image.fromarray(values), "TIFF"), "sky.tiff")
    assert message == f"sky.tiff: {problem}; convert it to 8 bits per channel"


# EXIF data: how the camera was held, and what telephones and old programs write there

SHORT, LONG, RATIONAL, TEXT, SIGNED_RATIONAL = 3, 4, 5, 2, 10
RESOLUTION, UNIT, EXIF_POINTER, GPS_POINTER = 0x11A, 0x128, 0x8769, 0x8825


def number(value):
    return struct.pack("<H", value)


def ratio(*numbers):
    return struct.pack(f"<{len(numbers)}I", *numbers)


def directory(*entries, then=0):
    """Build a TIFF directory, which is what EXIF data are, of (tag, type, count, value)."""
    after = 8 + 2 + 12 * len(entries) + 4
    head, extra = b"II*\0" + struct.pack("<IH", 8, len(entries)), b""
    for tag, kind, count, value in entries:
        if len(value) > 4:
            value, extra = struct.pack("<I", after + len(extra)), extra + value
        head += struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
    return head + struct.pack("<I", then) + extra


TURN = (0x112, SHORT, 1, number(6))
GOOD = directory(TURN)
TURNED = "turned as its EXIF data ask"
DAMAGED = "not turned, as its EXIF data are damaged"

EXIF = {
    "a good one": (GOOD, TURNED),
    "a resolution as text": (
        directory(TURN, (RESOLUTION, TEXT, 8, b"72 dpi\0\0"), (UNIT, SHORT, 1, number(3))),
        TURNED,
    ),
    "a denominator 0": (
        directory(TURN, (RESOLUTION, RATIONAL, 1, ratio(72, 0)), (UNIT, SHORT, 1, number(2))),
        TURNED,
    ),
    "0 of 0": (directory(TURN, (RESOLUTION, RATIONAL, 1, ratio(0, 0))), TURNED),
    "-1 of 0": (
        directory(TURN, (0x9204, SIGNED_RATIONAL, 1, struct.pack("<ii", -1, 0))),
        TURNED,
    ),
    "two resolutions": (directory(TURN, (RESOLUTION, RATIONAL, 2, ratio(72, 1, 72, 1))), TURNED),
    "an unknown type": (directory(TURN, (RESOLUTION, 99, 1, b"")), TURNED),
    "GPS data beyond the end": (directory(TURN, (GPS_POINTER, LONG, 1, ratio(10**9))), TURNED),
    "a pointer as text": (directory(TURN, (EXIF_POINTER, TEXT, 8, b"nowhere\0")), TURNED),
    "a circle": (directory(TURN, (EXIF_POINTER, LONG, 1, ratio(8)), then=8), TURNED),
    "the orientation as text": (directory((0x112, TEXT, 2, b"6\0")), TURNED),
    "the orientation as a ratio": (directory((0x112, RATIONAL, 1, ratio(6, 1))), TURNED),
    "two orientations": (directory((0x112, SHORT, 2, number(6) + number(0))), TURNED),
    "no orientation": (directory(), None),
    "an orientation of 0": (directory((0x112, SHORT, 1, number(0))), None),
    "an orientation of 9": (directory((0x112, SHORT, 1, number(9))), None),
    "a huge orientation": (directory((0x112, LONG, 1, ratio(4_000_000_000))), None),
    "an orientation in words": (directory((0x112, TEXT, 4, b"top\0")), DAMAGED),
    "an orientation of 6 / 0": (directory((0x112, RATIONAL, 1, ratio(6, 0))), DAMAGED),
    "an orientation that is no number": (
        directory((0x112, 11, 1, struct.pack("<f", float("nan")))),
        DAMAGED,
    ),
    "cut off": (GOOD[:20], DAMAGED),
    "its beginning alone": (GOOD[:4], DAMAGED),
    "noise": (b"\xff" * 40, DAMAGED),
    "nothing": (b"", None),
}


def png_with(exif):
    whole = encoded(Image.fromarray(DRAWN))
    return whole[:33] + chunk(b"eXIf", exif) + whole[33:]


def jpeg_with(exif):
    """A JPEG whose resolution Pillow looks for in the EXIF data, as it has no JFIF segment."""
    whole = encoded(Image.fromarray(DRAWN), "JPEG", quality=100, subsampling=0)
    body = b"Exif\0\0" + exif
    after_jfif = 4 + int.from_bytes(whole[4:6], "big")
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + whole[after_jfif:]


def webp_with(exif):
    return encoded(Image.fromarray(DRAWN), "WEBP", lossless=True, exif=b"Exif\0\0" + exif)


@pytest.mark.parametrize("write", [png_with, jpeg_with, webp_with])
@pytest.mark.parametrize(("exif", "told"), EXIF.values(), ids=EXIF)
def test_whatever_the_exif_data_hold_the_picture_is_read(write, exif, told):
    found = decode(write(exif), "photo")
    expected = np.rot90(DRAWN, -1) if told == TURNED else DRAWN
    np.testing.assert_allclose(found.pixels.astype(int), expected, atol=4)
    assert found.done == ((told,) if told else ())


def tiff_with(*entries):
    """Write a TIFF of DRAWN whose directory has further entries, in the place of its own."""
    own = (
        (0x100, SHORT, 1, number(DRAWN.shape[1])),
        (0x101, SHORT, 1, number(DRAWN.shape[0])),
        (0x102, SHORT, 3, number(8) * 3),
        (0x103, SHORT, 1, number(1)),
        (0x106, SHORT, 1, number(2)),
        (0x111, LONG, 1, ratio(0)),
        (0x115, SHORT, 1, number(3)),
        (0x116, SHORT, 1, number(DRAWN.shape[0])),
        (0x117, LONG, 1, ratio(DRAWN.nbytes)),
    )
    merged = sorted({entry[0]: entry for entry in own + entries}.values())
    without_offset = len(directory(*merged))
    merged = [
        (*entry[:3], ratio(without_offset)) if entry[0] == 0x111 else entry for entry in merged
    ]
    return directory(*merged) + DRAWN.tobytes()


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([], None),
        ([TURN], TURNED),
        ([(0x112, TEXT, 2, b"6\0")], TURNED),
        ([(0x112, RATIONAL, 1, ratio(6, 1))], TURNED),
        ([(0x112, TEXT, 4, b"top\0")], DAMAGED),
        (
            [TURN, (RESOLUTION, RATIONAL, 1, ratio(72, 0)), (0x11B, RATIONAL, 1, ratio(0, 0))],
            TURNED,
        ),
        ([TURN, (RESOLUTION, TEXT, 8, b"72 dpi\0\0")], TURNED),
        ([TURN, (GPS_POINTER, LONG, 1, ratio(10**9))], TURNED),
    ],
)
def test_whatever_the_tags_of_a_tiff_hold_it_is_read(entries, told):
    found = decode(tiff_with(*entries), "scan.tif")
    np.testing.assert_array_equal(found.pixels, np.rot90(DRAWN, -1) if told == TURNED else DRAWN)
    assert found.done == ((told,) if told else ())


UPRIGHT = {
    1: DRAWN,
    2: DRAWN[:, ::-1],
    3: DRAWN[::-1, ::-1],
    4: DRAWN[::-1],
    5: DRAWN.swapaxes(0, 1),
    6: np.rot90(DRAWN, -1),
    7: DRAWN[::-1, ::-1].swapaxes(0, 1),
    8: np.rot90(DRAWN),
}


@pytest.mark.parametrize("orientation", UPRIGHT)
def test_each_orientation_comes_upright(orientation):
    entry = (0x112, SHORT, 1, number(orientation))
    for content in (png_with(directory(entry)), tiff_with(entry)):
        found = decode(content, "photo")
        np.testing.assert_array_equal(found.pixels, UPRIGHT[orientation])
        assert found.done == ((TURNED,) if orientation > 1 else ())


# Frames


@pytest.mark.parametrize("kind", ["GIF", "PNG", "TIFF", "WEBP", "MPO"])
def test_the_first_frame_is_taken_and_told(kind):
    frames = [square("RGB", RED), square("RGB", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    content = encoded(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    found = decode(content, "film")
    assert found.done[0] == "first of 2 frames"
    np.testing.assert_allclose(found.pixels, np.broadcast_to(RED, (32, 32, 3)), atol=3)


@pytest.mark.parametrize("kind", ["GIF", "TIFF"])
def test_a_damaged_later_frame_does_not_hide_the_first(kind):
    first, *later = square("RGB", RED), square("RGB", "blue"), square("RGB", "green")
    two = encoded(first, kind, save_all=True, append_images=later[:1])
    three = encoded(first, kind, save_all=True, append_images=later)
    found = decode(three[: len(two) + 2], "film")
    assert (found.pixels == RED).all()
    assert found.done[0] == "first frame; a later one is damaged"


# What is refused, and the remedy


def png_that_says(width, height):
    """A PNG of that size with one row of pixels: whoever decodes it finds it cut off."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes(1 + width // 8))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("size", "found"),
    [
        ((8_000, 6_251), "8000×6251 pixels"),
        ((9_500, 9_500), "9500×9500 pixels"),
        ((20_000, 20_000), "too many pixels"),
    ],
)
def test_a_huge_picture_is_refused_before_it_is_decoded(size, found):
    message = refusal(png_that_says(*size), "huge.png")
    assert message == f"huge.png: {found}; shrink it to 50,000,000 pixels or fewer"


def test_the_largest_number_of_pixels_is_taken(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", DRAWN[..., 0].size)
    assert picture(DRAWN).done == ()
    monkeypatch.setattr(pictures, "MOST_PIXELS", DRAWN[..., 0].size - 1)
    assert "40×20 pixels; shrink it to 799 pixels" in refusal(encoded(Image.fromarray(DRAWN)))


FOREIGN = {
    b"\0\0\0\x18ftypheic\0\0": "a HEIC photo; convert it to JPEG or PNG",
    b"\0\0\0\x18ftypmif1\0\0": "a HEIC photo; convert it to JPEG or PNG",
    b"\0\0\0\x18ftypavif\0\0": "an AVIF picture; convert it to JPEG or PNG",
    b"\0\0\0\x18ftypcrx \0\0": "a raw photo; convert it to JPEG or PNG",
    b"II*\0\x10\0\0\0CR\x02\0": "a raw photo; convert it to JPEG or PNG",
    b"IIRO\x08\0\0\0": "a raw photo; convert it to JPEG or PNG",
    b"FUJIFILMCCD-RAW 0201": "a raw photo; convert it to JPEG or PNG",
    b"\xff\x0a\x00\x10": "a JPEG XL picture; convert it to JPEG or PNG",
    b"\0\0\0\x0cJXL \r\n\x87\n": "a JPEG XL picture; convert it to JPEG or PNG",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>": "an SVG drawing; convert it to JPEG or PNG",
    b"<?xml version='1.0'?>\n<!-- a -->\n<svg/>": "an SVG drawing; convert it to JPEG or PNG",
    b"%PDF-1.7\n": "a PDF document; convert it to JPEG or PNG",
    b"%!PS-Adobe-3.0\n": "an EPS drawing; convert it to JPEG or PNG",
    b"\0\0\0\x18ftypmp42\0\0": "a video; save a frame of it as a picture",
    b"\0\0\0\x14ftypqt  \0\0": "a video; save a frame of it as a picture",
    b"\x1aE\xdf\xa3\x01\0": "a video; save a frame of it as a picture",
    b"RIFF\x24\0\0\0AVI LIST": "a video; save a frame of it as a picture",
    b"PK\x03\x04\x14\0": "an archive; unpack it",
    b"\x1f\x8b\x08\0": "an archive; unpack it",
    b"": "not a readable image; replace the file",
    b"no picture": "not a readable image; replace the file",
    b"<!" * 1_000: "not a readable image; replace the file",  # at once, whatever repeats in it
    b"<html><body/></html>": "not a readable image; replace the file",
}


@pytest.mark.parametrize(
    ("content", "remedy"), FOREIGN.items(), ids=[repr(key[:12]) for key in FOREIGN]
)
def test_what_pillow_cannot_open_is_called_by_its_name(content, remedy):
    assert refusal(content + bytes(50) * bool(content), "a file") == f"a file: {remedy}"


def test_a_raw_photo_that_begins_with_a_preview_is_no_picture():
    """NEF, ARW and DNG are TIFF files whose first image is a thumbnail."""
    message = refusal(tiff_with((254, LONG, 1, ratio(1))), "photo.nef")
    assert message.startswith("photo.nef: a raw photo") and message.endswith("to JPEG or PNG")
    assert decode(tiff_with((254, LONG, 1, ratio(2))), "scan.tif").done == ()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP"])
@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9])
def test_half_a_picture_is_refused(kind, keep):
    rng = np.random.default_rng(0)
    noise = Image.fromarray(rng.integers(256, size=(64, 64, 3), dtype=np.uint8))
    whole = encoded(noise, kind)
    assert refusal(whole[: int(keep * len(whole))]) == (
        "picture: not a readable image; replace the file"
    )


@pytest.mark.parametrize(
    "error", [TypeError, struct.error, ZeroDivisionError, KeyError, MemoryError, RecursionError]
)
@pytest.mark.parametrize("where", ["open", "load"])
def test_whatever_a_decoder_raises_the_file_is_named(monkeypatch, error, where):
    def fail(*arguments):
        raise error("a fault")

    content = encoded(Image.fromarray(DRAWN))
    target = "PIL.Image.open" if where == "open" else "PIL.ImageFile.ImageFile.load"
    monkeypatch.setattr(target, fail)
    assert refusal(content, "photo.png").startswith("photo.png: ")


def test_a_stop_by_the_reader_is_no_fault_of_the_file(monkeypatch):
    def stop(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("PIL.Image.open", stop)
    with pytest.raises(KeyboardInterrupt):
        decode(b"", "picture")


@given(st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_named(content):
    try:
        assert decode(content, "some file").pixels.dtype == np.uint8
    except DatasetError as error:
        assert str(error).startswith("some file: ")


KINDS = ["PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP", "MPO", "TGA", "PPM", "ICO", "JPEG2000"]
KINDS += ["AVIF"] if features.check("avif") else []
WHOLE = {kind: encoded(Image.fromarray(DRAWN), kind) for kind in KINDS}
WHOLE |= {f"{write.__name__}": write(GOOD) for write in (png_with, jpeg_with, webp_with)}
WHOLE["tiff_with"] = tiff_with(TURN)


@settings(max_examples=300)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_a_picture_with_wrong_bytes_is_read_or_named(kind, data):
    content = bytearray(WHOLE[kind])
    places = st.integers(0, min(len(content), 400) - 1)  # most of the structure is at the beginning
    for place, value in data.draw(st.dictionaries(places, st.integers(0, 255), max_size=4)).items():
        content[place] = value
    try:
        assert decode(bytes(content), "some file").pixels.ndim == 3
    except DatasetError as error:
        assert str(error).startswith("some file: ")


# Fitting to a size


def test_a_picture_that_fits_stays_as_it_is():
    found = fit(picture(DRAWN), (20, 40))
    np.testing.assert_array_equal(found.pixels, DRAWN)
    assert found.done == () and found.name == "picture.png" and found.format == "PNG"


def test_a_wide_picture_loses_its_sides():
    found = fit(picture(DRAWN), (20, 20))
    np.testing.assert_array_equal(found.pixels, DRAWN[:, 10:30])
    assert found.done == ("cropped 40×20 to the middle 20×20",)


def test_a_tall_picture_loses_top_and_bottom():
    found = fit(picture(DRAWN.swapaxes(0, 1)), (20, 20))
    np.testing.assert_array_equal(found.pixels, DRAWN[:, 10:30].swapaxes(0, 1))
    assert found.done == ("cropped 20×40 to the middle 20×20",)


def test_other_proportions_than_a_square_are_cut_out():
    found = fit(picture(DRAWN), (20, 30))
    np.testing.assert_array_equal(found.pixels, DRAWN[:, 5:35])
    found = fit(picture(DRAWN), (5, 40))
    np.testing.assert_array_equal(found.pixels, DRAWN[7:12])


def test_a_picture_is_shrunk_by_means_not_by_leaving_out():
    stripes = np.zeros((64, 64, 3), np.uint8)
    stripes[:, ::2] = 200
    found = fit(picture(stripes), (8, 8))
    np.testing.assert_allclose(found.pixels[2:6, 2:6], 100, atol=5)
    assert found.done == ("shrunk from 64×64 to 8×8",)


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((640, 480), "cropped 640×480 to the middle 480×480; shrunk from 480×480 to 32×32"),
        ((7, 7), "enlarged from 7×7 to 32×32"),
        ((1, 1), "enlarged from 1×1 to 32×32"),
        ((1, 900), "cropped 1×900 to the middle 1×1; enlarged from 1×1 to 32×32"),
        ((33, 32), "cropped 33×32 to the middle 32×32"),
    ],
)
def test_any_size_fits(size, told):
    found = fit(picture(np.full((*size[::-1], 3), RED, np.uint8)), (32, 32))
    assert found.pixels.shape == (32, 32, 3) and (found.pixels == RED).all()
    assert "; ".join(found.done) == told


@given(*[st.integers(1, 50) for _ in range(4)])
def test_any_size_fits_any_other(height, width, to_height, to_width):
    found = fit(picture(np.full((height, width, 3), RED, np.uint8)), (to_height, to_width))
    assert found.pixels.shape == (to_height, to_width, 3) and (found.pixels == RED).all()


def test_what_was_done_before_comes_first():
    found = fit(decode(encoded(square("L", 9, side=64)), "grey.png"), (32, 32))
    assert found.done == ("grey repeated in three channels", "shrunk from 64×64 to 32×32")


# Taking nothing but what fits


def test_exactly_takes_what_needs_no_change():
    found = picture(DRAWN)
    assert exactly(found, (20, 40)) is found


@pytest.mark.parametrize(
    ("content", "size", "problem"),
    [
        (encoded(Image.fromarray(DRAWN)), (40, 20), "40×20 pixels, mode RGB; convert it to 20×40"),
        (encoded(Image.fromarray(DRAWN)), (20, 41), "40×20 pixels, mode RGB; convert it to 41×20"),
        (encoded(square("L", 9)), (32, 32), "32×32 pixels, mode L; convert it to 32×32"),
        (png_with(directory((0x112, SHORT, 1, number(2)))), (20, 40), f"mode RGB, {TURNED}"),
    ],
)
def test_exactly_refuses_what_would_have_to_be_changed(content, size, problem):
    with pytest.raises(DatasetError) as caught:
        exactly(decode(content, "picture.png"), size)
    assert str(caught.value).startswith("picture.png: ") and problem in str(caught.value)
    assert str(caught.value).endswith(f"convert it to {size[1]}×{size[0]} RGB")
