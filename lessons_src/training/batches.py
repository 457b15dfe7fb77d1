"""Images to batches: the tf.data pipelines that training and evaluation read from."""

from lessons_src.training.augmentation import cut_out, flip_and_shift

import numpy as np
import tensorflow as tf

EVALUATION_BATCH = 256


def training_batches(
    dataset, recipe, first_epoch: int = 0, part: tuple[int, int] = (0, 1)
) -> tf.data.Dataset:
    """Return the batches of a whole training run, from one epoch on.

    The order and the augmentation of an epoch depend on the recipe's seed and the epoch's number
    alone, so a run that resumes sees what it would have seen.

    Args:
        dataset: A `Dataset`; its training images are used.
        recipe: A `recipes.Recipe`, for `epochs`, `batch_size`, `seed`, `flip`, `flip_in_turn`,
            `shift`, `cutout` and `small_epochs`.
        first_epoch: Where to start, counted from 0.
        part: Which part of each batch to take, and of how many, that are about equal: (0, 1) is
            all of it.

    Returns:
        Batches (images, labels): float32 (n, H, W, C) in 0–1 and int (n,), n being the batch size
        but for the last batch of each epoch; height and width are three quarters of the images' in
        the recipe's small epochs.
    """
    images, labels = tf.constant(dataset.x_train), tf.constant(dataset.y_train)

    numbers = tf.random.stateless_uniform([len(labels)], [recipe.seed, -1], alg="philox")
    mirrored_first = numbers < 0.5  # in the first epoch, if flipped in turn

    def epoch_batches(epoch):
        indices = tf.range(len(dataset.x_train))
        order = tf.random.experimental.stateless_shuffle(indices, seed=[recipe.seed, epoch])
        batches = tf.data.Dataset.from_tensor_slices(order).batch(recipe.batch_size)
        return batches.enumerate().map(lambda step, chosen: (epoch, step, chosen))

    def load_batch(epoch, step, chosen):
        batch = scaled(tf.gather(images, chosen))
        seed = tf.stack([recipe.seed + epoch * 2**32, step])
        flip = recipe.flip
        if recipe.flip_in_turn:
            flip = tf.gather(mirrored_first, chosen) ^ (epoch % 2 == 1)
        if recipe.flip or recipe.shift:
            batch = flip_and_shift(batch, seed, recipe.shift, flip)
        if recipe.cutout:
            batch = cut_out(batch, seed + 2**31, recipe.cutout)  # other numbers than the shifts'
        worker, workers = part
        batch = batch[worker::workers]  # after the changes, which are those of whole batches
        if recipe.small_epochs:
            batch = tf.cond(epoch < recipe.small_epochs, lambda: shrunk(batch), lambda: batch)
        return batch, tf.gather(labels, chosen[worker::workers])

    epochs = tf.data.Dataset.range(first_epoch, recipe.epochs)
    batches = epochs.flat_map(epoch_batches)
    return batches.map(load_batch, num_parallel_calls=tf.data.AUTOTUNE).prefetch(2)


def evaluation_batches(images: np.ndarray, labels: np.ndarray) -> tf.data.Dataset:
    """Return batches (images in 0–1, labels) in the order of the arrays, (N, H, W, C) and (N,)."""
    images, labels = tf.constant(images), tf.constant(labels)
    # Gathering a batch at once is faster than slicing images one by one and stacking them again.
    indices = tf.data.Dataset.range(len(images)).batch(EVALUATION_BATCH)
    return indices.map(lambda i: (scaled(tf.gather(images, i)), tf.gather(labels, i))).prefetch(2)


def shrunk(images: tf.Tensor) -> tf.Tensor:
    """Resize images (N, H, W, C) to three quarters of their side, averaging what falls together."""
    height, width = images.shape[1:3]
    return tf.image.resize(images, (3 * height // 4, 3 * width // 4), antialias=True)


def scaled(images: tf.Tensor) -> tf.Tensor:
    """Turn pixels from 0–255 into 0–1, float32."""
    return tf.cast(images, tf.float32) / 255.0
