from lessons_src.training.augmentation import (
    augmentation_layers,
    cut_out,
    flip_and_shift,
    with_augmentation,
)

import keras
import numpy as np
import pytest
import tensorflow as tf

IMAGES = np.random.RandomState(0).randint(0, 256, (200, 12, 10, 3), dtype=np.uint8)


def every_result(image: np.ndarray, pixels: int) -> dict[bytes, tuple]:
    """Return all flips and shifts of an image, by np.pad and slicing."""
    padded = np.pad(image, ((pixels, pixels), (pixels, pixels), (0, 0)), mode="reflect")
    height, width = image.shape[:2]
    results = {}
    for row in range(2 * pixels + 1):
        for column in range(2 * pixels + 1):
            crop = padded[row : row + height, column : column + width]
            results[crop.tobytes()] = (row, column, False)
            results[crop[:, ::-1].tobytes()] = (row, column, True)
    return results


def test_each_image_is_flipped_and_shifted_at_random():
    changed = flip_and_shift(IMAGES, (0, 1), 2).numpy()
    assert changed.dtype == np.uint8
    # Looking up each result fails for anything but a flip and a reflected shift of its image.
    choices = [
        every_result(image, 2)[result.tobytes()]
        for image, result in zip(IMAGES, changed, strict=True)
    ]
    rows, columns, flips = zip(*choices, strict=True)
    assert set(rows) == set(columns) == {0, 1, 2, 3, 4}
    assert 70 < sum(flips) < 130


def test_no_pixels_means_a_flip_alone():
    changed = flip_and_shift(IMAGES, (0, 1), pixels=0).numpy()
    unchanged = (changed == IMAGES).all(axis=(1, 2, 3))
    assert 70 < unchanged.sum() < 130
    np.testing.assert_array_equal(changed[~unchanged], IMAGES[~unchanged][:, :, ::-1])


def test_without_flips_the_shifts_are_the_same():
    both = flip_and_shift(IMAGES, (0, 1), 2).numpy()
    shifted = flip_and_shift(IMAGES, (0, 1), 2, flip=False).numpy()
    for image, one, other in zip(IMAGES, both, shifted, strict=True):
        choices = every_result(image, 2)
        row, column, flipped = choices[one.tobytes()]
        # A mirrored image is shifted after it is mirrored.
        assert choices[other.tobytes()] == (row, 4 - column if flipped else column, False)


def test_the_seed_alone_decides():
    first, again, other = (flip_and_shift(IMAGES, seed, 2) for seed in [(0, 1), (0, 1), (0, 2)])
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    np.testing.assert_array_equal(
        first, tf.cast(flip_and_shift(IMAGES / 255, (0, 1), 2) * 255 + 0.5, tf.uint8)
    )
    compiled = tf.function(lambda images: flip_and_shift(images, (0, 1), 2), jit_compile=True)
    np.testing.assert_array_equal(first, compiled(IMAGES))


def test_a_parallel_pipeline_gives_the_same_as_a_serial_one():
    def epoch(threads: int) -> np.ndarray:
        batches = tf.data.Dataset.from_tensor_slices(IMAGES).batch(16).enumerate()
        changed = batches.map(
            lambda step, images: flip_and_shift(images, tf.stack([7, step]), 2),
            num_parallel_calls=threads,
        )
        assert changed.element_spec.shape == (None, 12, 10, 3)
        return np.concatenate(list(changed.as_numpy_iterator()))

    np.testing.assert_array_equal(epoch(1), epoch(4))


@pytest.mark.parametrize("pixels", [-1, 10])
def test_an_impossible_shift_is_refused(pixels):
    with pytest.raises(ValueError, match=f"pixels={pixels}: expected 0 to 9"):
        flip_and_shift(IMAGES, (0, 1), pixels)


def test_one_square_of_each_image_turns_grey_and_the_rest_stays():
    images = np.random.default_rng(0).uniform(0.6, 1, (200, 12, 10, 3)).astype("float32")
    changed = cut_out(images, (0, 1), side=4).numpy()
    assert (changed[changed != images] == 0.5).all()
    sizes = set()
    for where in (changed != images).all(axis=3):
        rows, columns = where.any(axis=1), where.any(axis=0)
        assert (where == rows[:, None] & columns).all()
        for line in (rows, columns):  # in one piece
            assert np.count_nonzero(np.diff(np.pad(line.astype(int), 1))) == 2
        sizes.add((rows.sum(), columns.sum()))
    assert sizes == {(rows, columns) for rows in (2, 3, 4) for columns in (2, 3, 4)}


def test_squares_depend_on_the_seed_alone():
    images = np.ones((50, 12, 10, 3), "float32")
    first, again, other = (cut_out(images, seed, 4) for seed in [(0, 1), (0, 1), (0, 2)])
    np.testing.assert_array_equal(first, again)
    assert (first != other).numpy().any(axis=(1, 2, 3)).mean() > 0.8


def test_the_layers_change_images_in_training_only():
    layers = augmentation_layers()
    np.testing.assert_array_equal(layers(IMAGES[:8], training=False), IMAGES[:8])
    changed = layers(IMAGES[:8], training=True)
    assert changed.shape == (8, 12, 10, 3)
    assert np.abs(changed - IMAGES[:8]).mean() > 10


def test_each_layer_has_its_amount_and_a_seed_of_its_own():
    options = {"rotation": 36, "shift": 0.2, "zoom": 0.3, "seed": 7}
    for layers, turn, shift, zoom, seed in (
        (augmentation_layers(**options), 0.1, 0.2, 0.3, 7),  # a tenth of a whole turn
        (augmentation_layers(), 15 / 360, 0.1, 0.1, 0),
    ):
        told = [layer.get_config() for layer in layers.layers]
        assert told[0]["factor"] == (-turn, turn)
        assert (told[1]["height_factor"], told[1]["width_factor"]) == (shift, shift)
        assert (told[2]["height_factor"], told[2]["width_factor"]) == (zoom, None)  # as high
        assert told[3]["mode"] == "horizontal"
        assert {layer["fill_mode"] for layer in told[:3]} == {"reflect"}
        assert [layer["seed"] for layer in told] == [seed, seed + 1, seed + 2, seed + 3]


def test_two_sets_of_layers_of_one_seed_agree():
    results = [augmentation_layers(seed=seed)(IMAGES[:8], training=True) for seed in (5, 5, 6)]
    np.testing.assert_array_equal(results[0], results[1])
    assert not np.array_equal(results[0], results[2])


def test_layers_set_to_nothing_do_nothing():
    layers = augmentation_layers(rotation=0, shift=0, zoom=0, flip=False)
    np.testing.assert_allclose(layers(IMAGES[:4], training=True), IMAGES[:4], atol=0.1)


def test_a_network_with_augmentation_is_changed_in_training_only():
    inputs = keras.Input((12, 10, 3))
    outputs = keras.layers.Dense(3)(keras.layers.Flatten()(inputs))  # mirrored, it answers anew
    network = keras.Model(inputs, outputs, name="dense")
    model = with_augmentation(network, flip=False, seed=3)
    assert model.name == "dense" and model.count_params() == network.count_params()
    images = IMAGES[:8].astype("float32")
    expected = network(images)
    np.testing.assert_allclose(model.predict(images, verbose=0), expected, atol=0.01)
    again = augmentation_layers(flip=False, seed=3)(images, training=True)
    np.testing.assert_allclose(model(images, training=True), network(again), atol=0.01)
    assert not np.allclose(network(again), expected, atol=1)
