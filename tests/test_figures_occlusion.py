"""lessons_src.figures.occlusion: the drops lie over the middle of the square's places."""

from lessons_src.figures.occlusion import occlusion

import numpy as np

PICTURE = np.random.default_rng(0).integers(0, 256, (12, 12, 3), np.uint8)
FOUND = np.array([[0.5, 0.75], [0.25, 1.0]])


def test_each_drop_stands_in_the_middle_of_its_square():
    figure = occlusion(PICTURE, FOUND, 0.75, size=6, step=4)
    left, right, _bar = figure.axes
    np.testing.assert_array_equal(left.images[0].get_array(), PICTURE)
    picture, drops = right.images
    np.testing.assert_array_equal(picture.get_array(), PICTURE)
    np.testing.assert_array_equal(drops.get_array(), 0.75 - FOUND)
    # The first square covers pixels 0 to 5: its middle four are 1 to 4, the next one's 5 to 8.
    assert tuple(drops.get_extent()) == (0.5, 8.5, 8.5, 0.5)
    assert right.get_xlim() == left.get_xlim() and right.get_ylim() == left.get_ylim()
