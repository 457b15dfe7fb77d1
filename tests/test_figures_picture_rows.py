"""lessons_src.figures.picture_rows: each picture in its row."""

from lessons_src import figures
from lessons_src.figures.output import MAX_BYTES, PIXELS_PER_INCH, png
from lessons_src.figures.picture_rows import GAP

import numpy as np
import pytest

IMAGES = np.random.default_rng(0).integers(0, 256, (6, 8, 10, 3), dtype=np.uint8)
ROWS = {"cat": IMAGES[:3], "dog": IMAGES[3:]}


def picture(rows) -> np.ndarray:
    return np.asarray(figures.picture_rows(rows, "some pictures").axes[0].images[0].get_array())


def test_each_picture_stands_in_its_row_with_white_between():
    montage = picture(ROWS)
    assert montage.shape == (2 * 8 + GAP, 3 * 10 + 2 * GAP, 3)
    for number, image in enumerate(IMAGES):
        top, left = number // 3 * (8 + GAP), number % 3 * (10 + GAP)
        np.testing.assert_array_equal(montage[top : top + 8, left : left + 10], image)
    assert (montage[8 : 8 + GAP] == 255).all() and (montage[:, 10 : 10 + GAP] == 255).all()


def test_pictures_may_be_floats():
    montage = picture({"cat": IMAGES[:3] / 255})
    assert montage.max() == 1
    np.testing.assert_allclose(montage[:, :10], IMAGES[0] / 255)


def test_a_name_stands_at_the_middle_of_its_row():
    figure = figures.picture_rows(ROWS, "some pictures")
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["cat", "dog"]
    assert list(axes.get_yticks()) == pytest.approx([4, 8 + GAP + 4])
    assert figure.get_suptitle() == "some pictures"


def test_photographs_stay_light():
    noise = np.random.default_rng(0).integers(0, 256, (10, 32, 32, 3), dtype=np.uint8)
    figure = figures.picture_rows({str(row): noise for row in range(10)}, "noise")
    assert len(png(figure, PIXELS_PER_INCH)) < MAX_BYTES  # at the lower of `show`'s resolutions


def test_rows_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match=r"\(2, 8, 10, 3\)"):
        figures.picture_rows({"cat": IMAGES[:3], "dog": IMAGES[:2]}, "uneven")
