import tempfile
from pathlib import Path

from lessons_src.data.label_list import load_label_list
from lessons_src.errors import DatasetError

import numpy as np
import pytest
from data_helpers import image_bytes
from hypothesis import given, settings
from hypothesis import strategies as st
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
    return load_label_list(folder / "labels.txt", folder, 3, SIZE, **options)


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
        ("sub 0", "sub: a folder, not a file"),
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
    assert "labels.txt: no such file" in refused(folder)


def test_conversion_leaves_what_fits_as_it_is(folder):
    np.testing.assert_array_equal(load(folder, convert=True)[0], PIXELS)


def test_conversion_is_that_of_every_picture(folder):
    """What `predict` reads can be trained on: tests/test_pictures.py has the rest of the policy."""
    Image.new("LA", (50, 40), (100, 0)).save(folder / "clear.png")
    Image.fromarray(np.full((40, 50), 32_896, np.uint16)).save(folder / "deep.png")
    write(folder, "clear.png 0", "deep.png 1")
    images, _ = load(folder, convert=True)
    assert images.shape == (2, *SIZE, 3)
    assert (images[0] == 255).all() and (images[1] == 128).all()


def test_conversion_crops_in_place_of_stretching(folder):
    wide = np.broadcast_to(np.arange(240, dtype=np.uint8)[:, None], (60, 240, 3))
    Image.fromarray(np.ascontiguousarray(wide)).save(folder / "wide.png")
    write(folder, "wide.png 0")
    (image,), _ = load(folder, convert=True)
    assert image.min() >= 80 and image.max() < 160  # the middle 80 of 240 columns


def test_conversion_still_reports_what_it_cannot_do(folder):
    (folder / "text.png").write_text("no picture")
    Image.new("F", (8, 6)).save(folder / "float.tif")
    write(folder, "cat.png 0", "text.png 0", "float.tif 0")
    assert refused(folder, convert=True).splitlines() == [
        "2 problems in labels.txt:",
        "line 2: text.png: not a readable image; replace the file",
        "line 3: float.tif: floating-point pixels; convert it to 8 bits per channel",
    ]


NAMES_OF_FILES = st.text("ab1#.é猫 ", min_size=1, max_size=8).filter(
    lambda name: name == name.strip() and name not in (".", "..")
)


@settings(max_examples=50)
@given(
    st.dictionaries(NAMES_OF_FILES, st.integers(0, 12), min_size=1, max_size=6),
    st.sampled_from([" ", "\t", "   "]),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_any_list_comes_back_as_it_was_written(labels, space, end):
    pixels = np.random.default_rng(0).integers(256, size=(len(labels), 3, 2, 3), dtype=np.uint8)
    with tempfile.TemporaryDirectory() as place:
        list_file, pictures = Path(place) / "labels.txt", Path(place) / "pictures"
        pictures.mkdir()
        for name, image in zip(labels, pixels, strict=True):
            Image.fromarray(image).save(pictures / name, "PNG")
        lines = end.join(f"{name}{space}{label}" for name, label in labels.items())
        list_file.write_bytes(lines.encode())
        found, found_labels = load_label_list(list_file, pictures, 13, (3, 2))
    np.testing.assert_array_equal(found, pixels)
    assert found_labels.tolist() == list(labels.values())
