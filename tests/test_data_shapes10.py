import hashlib

from lessons_src.data import load_dataset, shapes10

import numpy as np
import pytest

PLAIN = {"clutter": False, "noise": False}


def test_every_machine_draws_the_same_images():
    images, labels = shapes10.generate(100, seed=3)
    digest = hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest()
    assert digest[:16] == "828c71c09d8336b6"


def test_another_seed_draws_other_images():
    assert not np.array_equal(shapes10.generate(20, 0)[0], shapes10.generate(20, 1)[0])


def test_classes_are_equally_many_and_mixed():
    images, labels = shapes10.generate(200, 0)
    assert images.shape == (200, 32, 32, 3) and images.dtype == np.uint8
    assert labels.dtype == np.int64
    np.testing.assert_array_equal(np.bincount(labels), [20] * 10)
    assert len(set(labels[:30])) > 5


def test_one_image_can_be_drawn():
    assert shapes10.generate(1, 0)[0].shape == (1, 32, 32, 3)


def figure_masks(**factors) -> np.ndarray:
    """Return where each figure is: what differs from the same scene with a figure of no size."""
    images, _ = shapes10.generate(100, 0, **PLAIN, **factors)
    grounds, _ = shapes10.generate(100, 0, **PLAIN, **(factors | {"diameter": (1e-6, 1e-6)}))
    return (np.abs(images.astype(int) - grounds) > 8).any(axis=-1)


@pytest.mark.parametrize("diameter", [8, 16, 24])
def test_figures_have_the_diameter_asked_for(diameter):
    masks = figure_masks(diameter=(diameter, diameter), centre=(16, 16))
    rows, columns = np.nonzero(masks.any(axis=0))
    distance = np.hypot(rows + 0.5 - 16, columns + 0.5 - 16).max()
    assert diameter / 2 - 1 < distance < diameter / 2 + 2


def test_a_shift_of_the_centre_shifts_the_figures_alone():
    here = figure_masks(diameter=(12, 12), centre=(14, 14))
    there = figure_masks(diameter=(12, 12), centre=(18, 16))
    # The slope of the ground moves against the figure: a pixel at its edge may fall either way.
    assert (np.roll(here, (4, 2), axis=(1, 2)) != there).mean() < 0.005


def test_figures_without_a_fixed_centre_lie_apart_and_inside():
    masks = figure_masks(diameter=(10, 10))
    assert not masks[:, 0].any() and not masks[:, :, -1].any()
    assert masks.any(axis=0)[4:28, 4:28].mean() > 0.95


def test_clutter_and_noise_can_be_left_out():
    plain = shapes10.generate(50, 0, **PLAIN)[0].astype(int)
    noisy = shapes10.generate(50, 0, clutter=False)[0].astype(int)
    cluttered = shapes10.generate(50, 0, noise=False)[0].astype(int)
    assert 0 < np.abs(noisy - plain).max() <= shapes10.NOISE + 1
    assert 0.02 < (plain != cluttered).any(axis=-1).mean() < 0.5


def test_every_figure_stands_out_from_its_ground():
    masks = figure_masks(diameter=(12, 28))
    assert masks.sum(axis=(1, 2)).min() > 20


@pytest.mark.parametrize(("count", "diameter"), [(0, (8, 8)), (5, (9, 8)), (5, (0, 8))])
def test_impossible_factors_are_refused(count, diameter):
    with pytest.raises(ValueError, match="diameter="):
        shapes10.generate(count, 0, diameter=diameter)


def test_the_data_set():
    dataset = load_dataset("shapes10")
    sizes = [len(dataset.y_train), len(dataset.y_val), len(dataset.y_test)]
    assert sizes == [18_000, 2_000, 4_000]
    assert (dataset.name, dataset.title) == ("shapes10", "Shapes-10")
    assert dataset.source == "generated, seed 0"
    assert len(dataset.class_names) == 10
    assert np.bincount(dataset.y_val).min() > 150
    # Records and pages name it: by it runs on the same images are told from others.
    assert dataset.fingerprint == "07ea227aca33d6ad"
