"""lessons_src.predict: any picture becomes the right pixels, or a clear error."""

import json
import struct
import zlib

from lessons_src import predict
from lessons_src.__main__ import main
from lessons_src.errors import DatasetError
from lessons_src.models import build_model
from lessons_src.predict import Prediction, predict_files, read_picture
from lessons_src.records import half_weights

import keras
import numpy as np
import pytest
from PIL import Image

RED = (255, 0, 0)


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    return build_model("fast11")


@pytest.fixture
def kept(tmp_path, monkeypatch, network):
    """Keep the network's weights where `predict` looks for the recorded ones."""
    folder = tmp_path / "records"
    folder.mkdir()
    half_weights.save(network, folder / "fast11-fast-seed0.weights.npz")
    monkeypatch.setattr(predict.records.load_weights, "__defaults__", (folder,))


def saved(tmp_path, image, name="picture.png", **options):
    image.save(tmp_path / name, **options)
    return tmp_path / name


def square(mode, colour, side=32):
    return Image.new(mode, (side, side), colour)


def png_of_16_bits(colour, side=32):
    row = b"\0" + struct.pack(">3H", *colour) * side

    def chunk(kind, content):
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 16, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(row * side))
        + chunk(b"IEND", b"")
    )


def test_a_small_colour_picture_stays_as_it_is(tmp_path):
    drawn = np.random.default_rng(0).integers(0, 256, (32, 32, 3), np.uint8)
    pixels, done = read_picture(saved(tmp_path, Image.fromarray(drawn)))
    np.testing.assert_array_equal(pixels, drawn)
    assert done == ("nothing",)


@pytest.mark.parametrize(
    ("image", "pixel", "told"),
    [
        (square("L", 100), (100, 100, 100), "grey repeated in three channels"),
        (square("1", 1), (255, 255, 255), "grey repeated in three channels"),
        (square("RGBA", (*RED, 0)), (255, 255, 255), "transparent parts laid on white"),
        (square("RGBA", (*RED, 128)), (255, 127, 127), "transparent parts laid on white"),
        (square("RGBA", (*RED, 255)), RED, "nothing"),
        (square("LA", (50, 0)), (255, 255, 255), "laid on white; grey repeated"),
        (square("RGB", RED).quantize(4), RED, "palette turned into colours"),
        (square("I;16", 32_896), (128, 128, 128), "16 bits reduced to 8; grey repeated"),
    ],
    ids=lambda value: getattr(value, "mode", None),
)
def test_other_modes_are_converted_and_told(tmp_path, image, pixel, told):
    pixels, done = read_picture(saved(tmp_path, image))
    assert pixels.shape == (32, 32, 3) and pixels.dtype == np.uint8
    np.testing.assert_allclose(pixels[16, 16], pixel, atol=1)
    assert told in "; ".join(done)


def test_a_palette_with_a_transparent_colour(tmp_path):
    image = square("RGB", RED).quantize(4)
    path = saved(tmp_path, image, "picture.gif", transparency=image.getpixel((0, 0)))
    pixels, done = read_picture(path)
    assert (pixels == 255).all()
    assert done == ("transparent parts laid on white", "palette turned into colours")


def test_sixteen_bits_in_colour_keep_their_upper_half(tmp_path):
    path = tmp_path / "deep.png"
    path.write_bytes(png_of_16_bits((65_535, 0, 0x8012)))
    pixels, _ = read_picture(path)
    np.testing.assert_array_equal(pixels[0, 0], (255, 0, 0x80))


def test_cmyk_is_converted(tmp_path):
    path = saved(tmp_path, square("CMYK", (0, 255, 255, 0)), "print.jpg", quality=100)
    pixels, done = read_picture(path)
    assert done == ("CMYK converted to RGB",)
    np.testing.assert_allclose(pixels[16, 16], RED, atol=3)


@pytest.mark.parametrize("image", [Image.new("F", (32, 32), 0.5), Image.new("I", (32, 32), 70_000)])
def test_pixels_of_unknown_range_are_refused(tmp_path, image):
    path = saved(tmp_path, image, "sky.tiff")
    with pytest.raises(DatasetError, match=r"sky\.tiff: .*pixels; convert it to 8 bits"):
        read_picture(path)


def test_a_photo_is_turned_as_its_camera_was(tmp_path):
    half = square("RGB", "white")
    half.paste(RED, (0, 0, 16, 32))  # the left half
    exif = Image.Exif()
    exif[0x0112] = 6  # the top is at the right
    pixels, done = read_picture(saved(tmp_path, half, "photo.png", exif=exif))
    assert done == ("turned as its EXIF data ask",)
    assert (pixels[:16] == RED).all() and (pixels[16:] == 255).all()


@pytest.mark.parametrize("orientation", [0, 1, 9])
def test_a_photo_that_needs_no_turn_is_not_said_to_be_turned(tmp_path, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    _, done = read_picture(saved(tmp_path, square("RGB", RED), "photo.png", exif=exif))
    assert done == ("nothing",)


def test_a_wide_picture_loses_its_sides(tmp_path):
    wide = Image.new("RGB", (96, 32), "white")
    wide.paste(RED, (32, 0, 64, 32))
    pixels, done = read_picture(saved(tmp_path, wide))
    assert (pixels == RED).all()
    assert done == ("cropped 96×32 to the middle 32×32",)


@pytest.mark.parametrize(
    ("size", "told"),
    [
        ((640, 480), "cropped 640×480 to the middle 480×480; shrunk from 480×480 to 32×32"),
        ((7, 7), "enlarged from 7×7 to 32×32"),
        ((1, 1), "enlarged from 1×1 to 32×32"),
        ((1, 900), "cropped 1×900 to the middle 1×1; enlarged from 1×1 to 32×32"),
    ],
)
def test_any_size_fits(tmp_path, size, told):
    pixels, done = read_picture(saved(tmp_path, Image.new("RGB", size, RED)))
    assert pixels.shape == (32, 32, 3) and (pixels == RED).all()
    assert "; ".join(done) == told


def test_the_first_frame_of_a_film_is_told(tmp_path):
    frames = [square("RGB", RED), square("RGB", "blue")]
    path = saved(tmp_path, frames[0], "film.gif", save_all=True, append_images=frames[1:])
    pixels, done = read_picture(path)
    assert done[0] == "first of 2 frames"
    np.testing.assert_allclose(pixels[0, 0], RED, atol=3)


@pytest.mark.parametrize("size", [(8_000, 7_000), (9_500, 9_500), (20_000, 20_000)])
def test_a_huge_picture_is_refused_before_it_is_decoded(tmp_path, size):
    path = saved(tmp_path, Image.new("1", size), "huge.png")
    with pytest.raises(DatasetError, match=r"huge\.png: .*pixels; shrink it to 50,000,000"):
        read_picture(path)


def test_what_is_no_picture_is_refused(tmp_path):
    whole = saved(tmp_path, square("RGB", RED), "whole.jpg").read_bytes()
    (tmp_path / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.png").write_text("no picture")
    (tmp_path / "empty.png").touch()
    for name in ("cut.jpg", "text.png", "empty.png"):
        with pytest.raises(DatasetError, match=f"{name}: not a readable image"):
            read_picture(tmp_path / name)
    with pytest.raises(DatasetError, match=r"none\.png: No such file"):
        read_picture(tmp_path / "none.png")
    with pytest.raises(DatasetError, match="directory"):
        read_picture(tmp_path)


def test_the_answer_is_the_networks(tmp_path, network):
    path = saved(tmp_path, square("RGB", RED))
    [answer] = predict_files(network, [path])
    assert isinstance(answer, Prediction)
    expected = network(np.full((1, 32, 32, 3), (1, 0, 0), "float32"))[0]
    np.testing.assert_allclose(list(answer.probabilities.values()), np.sort(expected)[::-1])
    assert sum(answer.probabilities.values()) == pytest.approx(1, abs=1e-5)


def test_the_command_answers_for_good_files_and_names_bad_ones(tmp_path, capsys, kept):
    good = saved(tmp_path, square("L", 9, side=64), "good.png")
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    assert main(["predict", str(bad), str(good)]) == 1
    out, err = capsys.readouterr()
    assert err == f"error: {bad}: not a readable image; replace the file\n"
    assert out.startswith(f"{good}: ") and out.count("%") == 3 and out.count("\n") == 1
    assert "grey repeated in three channels; shrunk from 64×64 to 32×32" in out
    assert main(["predict", str(good), "--json"]) == 0
    [answer] = json.loads(capsys.readouterr().out)
    assert answer["file"] == str(good) and len(answer["probabilities"]) == 10


def test_without_weights_the_command_says_how_to_make_them(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(predict.records.load_weights, "__defaults__", (tmp_path,))
    assert main(["predict", "x.png"]) == 1
    assert "train fast11 --recipe fast" in capsys.readouterr().err
