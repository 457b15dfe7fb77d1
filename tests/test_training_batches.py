"""lessons_src.training.batches: every image once per epoch, scaled, in the epoch's own order."""

import hashlib
from dataclasses import replace

from lessons_src.training.batches import evaluation_batches, training_batches

import numpy as np
import pytest
from training_helpers import SIDE, TINY, drawn

DATASET = drawn(50)  # in batches of 16: three and a rest of 2


def epochs(recipe, first_epoch=0, dataset=DATASET):
    """Return images and labels of each epoch, (50, H, W, 3) and (50,)."""
    batches = list(training_batches(dataset, recipe, first_epoch).as_numpy_iterator())
    assert [len(images) for images, _ in batches] == [16, 16, 16, 2] * (recipe.epochs - first_epoch)
    groups = [batches[start : start + 4] for start in range(0, len(batches), 4)]
    return [tuple(map(np.concatenate, zip(*group, strict=True))) for group in groups]


def places(images):
    """Return which training image each of the images is."""
    known = {image.tobytes(): i for i, image in enumerate(DATASET.x_train)}
    return [known[np.rint(image * 255).astype(np.uint8).tobytes()] for image in images]


def test_each_epoch_sees_every_image_once_with_its_label_in_another_order():
    orders = []
    for images, labels in epochs(TINY):
        assert images.dtype == np.float32 and images.max() <= 1
        order = places(images)
        assert sorted(order) == list(range(50))
        np.testing.assert_array_equal(labels, DATASET.y_train[order])
        orders.append(order)
    assert all(sum(a == b for a, b in zip(*pair, strict=True)) < 10 for pair in pairs(orders))
    assert orders != [places(images) for images, _ in epochs(replace(TINY, seed=8))]


def pairs(values):
    return [(a, b) for i, a in enumerate(values) for b in values[:i]]


@pytest.mark.parametrize("options", [{"flip": True, "shift": 2}, {"cutout": 3}])
def test_each_epoch_and_step_changes_an_image_in_another_way(options):
    recipe = replace(TINY, **options)
    plain, changed = epochs(TINY), epochs(recipe)
    by_epoch = []
    for (images, labels), (others, same_labels) in zip(plain, changed, strict=True):
        np.testing.assert_array_equal(labels, same_labels)
        assert (images != others).any(axis=(1, 2, 3)).mean() > 0.8
        by_epoch.append(others[np.argsort(places(images))])
    for one, other in pairs(by_epoch):
        assert (one != other).any(axis=(1, 2, 3)).mean() > 0.8


def test_steps_of_an_epoch_draw_different_numbers():
    same = replace(DATASET, x_train=np.repeat(DATASET.x_train[:1], 50, axis=0))
    [(images, _)] = epochs(replace(TINY, epochs=1, shift=3), dataset=same)
    assert (images[:16] != images[16:32]).any(axis=(1, 2, 3)).mean() > 0.8


IN_TURN = {"flip": True, "flip_in_turn": True}


@pytest.mark.parametrize("options", [{}, {"flip": True}, {"shift": 2}, {"cutout": 3}, IN_TURN])
def test_a_run_that_goes_on_sees_what_it_would_have_seen(options):
    recipe = replace(TINY, **options)
    for one, other in zip(epochs(recipe)[1:], epochs(recipe, first_epoch=1), strict=True):
        np.testing.assert_array_equal(one[0], other[0])


def test_flips_and_shifts_are_two_things():
    for images, others in zip(*map(epochs, (TINY, replace(TINY, flip=True))), strict=True):
        flipped = (images[0] != others[0]).any(axis=(1, 2, 3))
        assert 10 < flipped.sum() < 40
        np.testing.assert_array_equal(others[0][flipped], images[0][flipped][:, :, ::-1])
    for images, others in zip(*map(epochs, (TINY, replace(TINY, shift=1))), strict=True):
        # The middle of each image is found again by a shift alone.
        middle = images[0][:, 1:-1, 1:-1]
        shifted = [
            others[0][:, 1 + row : SIDE - 1 + row, 1 + column : SIDE - 1 + column]
            for row in (-1, 0, 1)
            for column in (-1, 0, 1)
        ]
        assert np.any([(s == middle).all(axis=(1, 2, 3)) for s in shifted], axis=0).all()


def test_flips_in_turn_show_each_image_one_way_and_then_the_other():
    recipe = replace(TINY, **IN_TURN)
    mirrored = []
    for (images, _), (others, _) in zip(epochs(TINY), epochs(recipe), strict=True):
        flipped = (images != others).any(axis=(1, 2, 3))
        np.testing.assert_array_equal(others[flipped], images[flipped][:, :, ::-1])
        mirrored.append(flipped[np.argsort(places(images))])
    assert 10 < mirrored[0].sum() < 40
    np.testing.assert_array_equal(mirrored[1], ~mirrored[0])
    np.testing.assert_array_equal(mirrored[2], mirrored[0])
    other = epochs(replace(recipe, seed=8))[0][0]
    assert not np.array_equal(other, epochs(recipe)[0][0])


def test_recipes_of_the_first_edition_draw_the_same_batches():
    digest = hashlib.sha256()
    recipe = replace(TINY, flip=True, shift=2, cutout=3)
    for images, _ in training_batches(drawn(), recipe).as_numpy_iterator():
        digest.update(images.tobytes())
    assert digest.hexdigest()[:16] == "5e33f6984f865648"


def test_small_epochs_come_first_at_three_quarters_of_the_side():
    small, large = epochs(replace(TINY, epochs=2, small_epochs=1))
    assert small[0].shape == (50, 6, 6, 3) and large[0].shape == (50, SIDE, SIDE, 3)
    whole, _ = epochs(TINY)[0]
    np.testing.assert_allclose(small[0].mean(axis=(1, 2)), whole.mean(axis=(1, 2)), atol=0.05)


def test_evaluation_sees_the_scaled_images_in_their_order():
    dataset = drawn(300)
    batches = list(evaluation_batches(dataset.x_train, dataset.y_train).as_numpy_iterator())
    assert [len(images) for images, _ in batches] == [256, 44]
    images, labels = map(np.concatenate, zip(*batches, strict=True))
    np.testing.assert_array_equal(images, dataset.x_train / np.float32(255))
    np.testing.assert_array_equal(labels, dataset.y_train)
    assert images.dtype == np.float32 and 0.9 < images.max() <= 1
