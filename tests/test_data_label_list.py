import os

from lessons_src.data.label_list import load_image_list, load_image_list_once
from lessons_src.errors import DatasetError

import numpy as np
import pytest
from data_helpers import image_bytes
from PIL import Image

SIZE = (6, 8)  # height, width
NAMES = ["cat.png", "dog 1.png", "猫 二.png", "sub/bird.png"]
PIXELS = np.random.default_rng(0).integers(0, 256, (len(NAMES), *SIZE, 3), dtype=np.uint8)


@pytest.fixture
def folder(tmp_path):
    """Return a folder of four pictures and labels.txt, which gives them the labels 2, 0, 1, 2."""
    (tmp_path / "sub").mkdir()
    for name, pixels in zip(NAMES, PIXELS, strict=True):
        Image.fromarray(pixels).save(tmp_path / name)
    write(tmp_path, *(f"{name} {label}" for name, label in zip(NAMES, (2, 0, 1, 2), strict=True)))
    return tmp_path


def write(folder, *lines, encoding="utf-8"):
    (folder / "labels.txt").write_text("\n".join(lines), encoding=encoding)


def load(folder, **options):
    return load_image_list(folder / "labels.txt", folder, 3, SIZE, **options)


def refused(folder, **options) -> str:
    with pytest.raises(DatasetError) as caught:
        load(folder, **options)
    return str(caught.value)


def test_images_and_labels_come_in_the_order_of_the_lines(folder):
    images, labels = load(folder)
    assert images.dtype == np.uint8 and labels.dtype == np.int64
    np.testing.assert_array_equal(images, PIXELS)
    np.testing.assert_array_equal(labels, [2, 0, 1, 2])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_blank_lines_tabs_and_a_byte_order_mark_do_no_harm(folder, encoding):
    write(folder, "猫 二.png\t1\r", "", "  dog 1.png   0  ", "   ", encoding=encoding)
    images, labels = load(folder)
    np.testing.assert_array_equal(images, PIXELS[[2, 1]])
    np.testing.assert_array_equal(labels, [1, 0])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("gone 1.png 0", "gone 1.png: no such file"),
        ("sub 0", "sub: Is a directory"),
        ("dog 1.png 3", "label '3'; expected a whole number from 0 to 2"),
        ("dog 1.png -1", "label '-1'; expected a whole number from 0 to 2"),
        ("dog 1.png 1.0", "label '1.0'; expected"),
        ("dog 1.png ２", "label '２'; expected"),
        ("dog 1.png", "label '1.png'; expected"),
        ("dog.png", "label ''; expected"),
        ("cat.png 2", "cat.png: same content as line 1; keep one of them"),
        ("./cat.png 0", "./cat.png: same content as line 1"),
        ("copy.png 0", "copy.png: same content as line 1"),
        ("text.png 0", "text.png: not a readable image; replace the file"),
        ("cut off.png 0", "cut off.png: not a readable image; replace the file"),
        ("large.png 0", "large.png: 32×32 pixels, mode RGB; convert it to 8×6 RGB"),
        ("grey.png 0", "grey.png: 8×6 pixels, mode L; convert it to 8×6 RGB"),
    ],
)
def test_a_bad_line_is_named(folder, line, problem):
    content = (folder / "cat.png").read_bytes()
    (folder / "copy.png").write_bytes(content)
    (folder / "cut off.png").write_bytes((folder / "dog 1.png").read_bytes()[:60])
    (folder / "text.png").write_text("no picture")
    (folder / "large.png").write_bytes(image_bytes())
    Image.new("L", SIZE[::-1]).save(folder / "grey.png")
    write(folder, "cat.png 2", "", line)
    assert refused(folder).startswith(f"1 problem in labels.txt:\nline 3: {problem}")


def test_all_bad_lines_are_named_at_once(folder):
    write(folder, "cat.png 9", "dog 1.png 0", "gone.png 0", "猫 三.png 1", "sub/bird.png x")
    assert refused(folder).splitlines() == [
        "4 problems in labels.txt:",
        "line 1: label '9'; expected a whole number from 0 to 2",
        "line 3: gone.png: no such file",
        "line 4: 猫 三.png: no such file",
        "line 5: label 'x'; expected a whole number from 0 to 2",
    ]


def test_a_list_that_is_missing_empty_or_not_utf8_is_refused(folder):
    write(folder, "猫 二.png 1", encoding="gbk")
    assert "labels.txt: not UTF-8; save it in that encoding" in refused(folder)
    write(folder, "", " ")
    assert "labels.txt: empty" in refused(folder)
    (folder / "labels.txt").unlink()
    assert "labels.txt: No such file" in refused(folder)


def test_conversion_leaves_what_fits_as_it_is(folder):
    np.testing.assert_array_equal(load(folder, convert=True)[0], PIXELS)


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("L", 100, (100, 100, 100)),
        ("1", 1, (255, 255, 255)),
        ("LA", (100, 255), (100, 100, 100)),
        ("RGBA", (10, 20, 30, 255), (10, 20, 30)),
        ("RGBA", (10, 20, 30, 0), (255, 255, 255)),  # invisible: the white below it
    ],
)
def test_conversion_gives_rgb_of_the_size(folder, mode, colour, expected):
    Image.new(mode, (50, 40), colour).save(folder / "other.png")
    write(folder, "other.png 0")
    (image,), _ = load(folder, convert=True)
    assert image.shape == (*SIZE, 3)
    assert (image == expected).all()


def test_conversion_of_a_palette_keeps_its_colours(folder):
    picture = Image.new("RGB", SIZE[::-1], (10, 200, 30))
    picture.quantize(4).save(folder / "palette.png")
    write(folder, "palette.png 0")
    (image,), _ = load(folder, convert=True)
    assert (image == (10, 200, 30)).all()


def test_conversion_turns_a_photograph_upright(folder):
    picture = Image.new("RGB", (60, 40))
    picture.paste((255, 255, 255), (0, 0, 30, 40))  # its left half
    exif = picture.getexif()
    exif[0x0112] = 6  # to be turned by 90° clockwise: the left half comes to the top
    picture.save(folder / "turned.png", exif=exif)
    write(folder, "turned.png 0")
    (image,), _ = load(folder, convert=True)
    assert image[:2].min() > 200 and image[-2:].max() < 50


def test_conversion_still_reports_what_it_cannot_do(folder):
    (folder / "text.png").write_text("no picture")
    Image.new("I;16", (8, 6)).save(folder / "deep.png")
    write(folder, "cat.png 0", "text.png 0", "deep.png 0")
    assert refused(folder, convert=True).splitlines() == [
        "2 problems in labels.txt:",
        "line 2: text.png: not a readable image; replace the file",
        "line 3: deep.png: mode I;16; convert it to RGB",
    ]


def load_once(folder, classes=3):
    npz = folder / "kept" / "images.npz"
    return load_image_list_once(npz, folder / "labels.txt", folder, classes, SIZE)


@pytest.fixture
def built(monkeypatch):
    """Count how often the images are read."""
    calls = []

    def count(*arguments):
        calls.append(arguments)
        return load_image_list(*arguments)

    monkeypatch.setattr("lessons_src.data.label_list.load_image_list", count)
    return calls


def test_the_images_are_read_once(folder, built):
    first, again = load_once(folder), load_once(folder)
    assert len(built) == 1
    np.testing.assert_array_equal(first[0], PIXELS)
    for ours, theirs in zip(first, again, strict=True):
        assert ours.dtype == theirs.dtype
        np.testing.assert_array_equal(ours, theirs)
    assert [file.name for file in (folder / "kept").iterdir()] == ["images.npz"]


def test_a_changed_list_image_or_argument_is_read_again(folder, built):
    load_once(folder)
    lines = (folder / "labels.txt").read_text(encoding="utf-8").splitlines()
    write(folder, "cat.png 1", *lines[1:])
    np.testing.assert_array_equal(load_once(folder)[1], [1, 0, 1, 2])
    Image.fromarray(PIXELS[0][::-1]).save(folder / "cat.png")
    os.utime(folder / "cat.png", ns=(0, 1))  # whatever the clock's resolution
    np.testing.assert_array_equal(load_once(folder)[0][0], PIXELS[0][::-1])
    load_once(folder, classes=4)
    assert len(built) == 4


def test_a_bad_list_leaves_the_kept_file_as_it_was_and_is_never_covered_by_it(folder):
    load_once(folder)
    before = (folder / "kept" / "images.npz").read_bytes()
    (folder / "dog 1.png").unlink()
    with pytest.raises(DatasetError, match=r"line 2: dog 1\.png: no such file"):
        load_once(folder)
    assert (folder / "kept" / "images.npz").read_bytes() == before
    assert [file.name for file in (folder / "kept").iterdir()] == ["images.npz"]


def test_another_file_in_its_place_is_not_overwritten(folder):
    (folder / "kept").mkdir()
    (folder / "kept" / "images.npz").write_text("something of value")
    with pytest.raises(DatasetError, match=r"images\.npz: not an image list's .npz file; delete"):
        load_once(folder)
    assert (folder / "kept" / "images.npz").read_text() == "something of value"
