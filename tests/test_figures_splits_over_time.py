"""lessons_src.figures.splits_over_time: when a run sees which images."""

from lessons_src import figures
from lessons_src.figures.style import BLUE, GREEN, VERMILLION

import pytest
from matplotlib.colors import to_hex

IMAGES = {"training": 2_000, "validation": 1_000, "test": 500}


def bars(axes):
    """Return (colour, left, right, height of the middle) of each bar."""
    found = []
    for bar in axes.collections:
        [path] = bar.get_paths()
        (left, bottom), (right, top) = path.vertices.min(axis=0), path.vertices.max(axis=0)
        colour = to_hex(bar.get_facecolor()[0]).upper()
        found.append((colour, left, right, round(bottom + top) / 2))
    return found


def test_training_fills_the_epochs_validation_ends_them_and_the_test_comes_last():
    [axes] = figures.splits_over_time(IMAGES, 3).axes
    training, validation, test = (
        [bar for bar in bars(axes) if bar[0] == colour] for colour in (BLUE, GREEN, VERMILLION)
    )
    assert [round(left) for _, left, *_ in training] == [0, 1, 2]
    assert [right for _, _, right, _ in validation] == pytest.approx([1, 2, 3])
    assert all(a[2] <= b[1] + 1e-9 for a, b in zip(training, validation, strict=True))
    assert len(test) == 1 and test[0][1] > 3
    heights = [bar[3] for bar in (training[0], validation[0], test[0])]
    assert heights == [2, 1, 0]
    rows = [label.get_text() for label in axes.get_yticklabels()]
    assert rows == ["training\n2,000", "validation\n1,000", "test\n500"]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1", "2", "3"]


@pytest.mark.parametrize(("images", "epochs"), [({"training": 1}, 3), (IMAGES, 0)])
def test_a_split_that_is_missing_or_no_epoch_is_refused(images, epochs):
    with pytest.raises(ValueError, match="training, validation and test and an epoch"):
        figures.splits_over_time(images, epochs)
