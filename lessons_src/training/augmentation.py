"""Random changes of training images that leave their class as it is."""

from typing import TYPE_CHECKING, Any

from lessons_src.errors import UsageError

if TYPE_CHECKING:
    import keras


def flip_and_shift(images: Any, seed: Any, pixels: int, flip: Any = True) -> Any:
    """Mirror half of the images left to right and shift each one, reflecting it at its border.

    The result depends on the arguments only, not on the order in which threads call it.

    Args:
        images: Tensor or array, (N, height, width, channels), of any type.
        seed: Two integers, (2,), such as (run's seed, batch's number).
        pixels: Largest shift in each direction, in pixels.
        flip: Whether to mirror a random half of the images; or which ones, (N,) bool.

    Returns:
        Tensor of the images' shape and type.

    Raises:
        UsageError: If pixels is negative or not below the images' height and width.

    Source:
        K. He et al., "Deep Residual Learning for Image Recognition" (2015), section 4.2,
        with 4 pixels and a border of zeros.
    """
    import tensorflow as tf  # on use: it takes seconds, and the arrays don't need it

    images = tf.convert_to_tensor(images)
    height, width = images.shape[1:3]
    if not 0 <= pixels < min(height, width):
        raise UsageError(f"pixels={pixels}: expected 0 to {min(height, width) - 1}")
    # The first two columns are the shifts, the third is whether to flip. The generator is named,
    # as TensorFlow's choice differs between CPU, GPU and XLA.
    numbers = tf.random.stateless_uniform((tf.shape(images)[0], 3), seed, alg="philox")
    shifts = tf.cast(numbers[:, :2] * (2 * pixels + 1), tf.int32) - pixels
    rows = _reflect(tf.range(height) + shifts[:, :1], height)
    columns = _reflect(tf.range(width) + shifts[:, 1:], width)
    if flip is not False:
        mirrored = numbers[:, 2:] < 0.5 if flip is True else flip[:, None]
        columns = tf.where(mirrored, width - 1 - columns, columns)
    shifted = tf.gather(images, rows, axis=1, batch_dims=1)
    return tf.ensure_shape(tf.gather(shifted, columns, axis=2, batch_dims=1), images.shape)


def _reflect(index: Any, size: Any) -> Any:
    """Mirror indices beyond 0 or size - 1 back inside."""
    return size - 1 - abs(size - 1 - abs(index))


def cut_out(images: Any, seed: Any, side: int) -> Any:
    """Paint a grey square at a random position of each image.

    A network cannot then answer by one detail alone. Squares are centred anywhere in the image, so
    some reach beyond its border. As in `flip_and_shift` the result depends on the arguments only.

    Args:
        images: Tensor or array, (N, height, width, channels), pixels in 0–1.
        seed: Two integers, (2,).
        side: Of the squares, in pixels.

    Returns:
        Tensor of the images' shape and type.

    Source:
        T. DeVries and G. W. Taylor, "Improved Regularization of Convolutional Neural Networks with
        Cutout" (2017), with mid-grey in place of the mean colour.
    """
    import tensorflow as tf

    images = tf.convert_to_tensor(images)
    count, (height, width) = tf.shape(images)[0], images.shape[1:3]
    numbers = tf.random.stateless_uniform((count, 2), seed, alg="philox")
    top = tf.cast(numbers[:, :1] * height, tf.int32) - side // 2  # (N, 1)
    left = tf.cast(numbers[:, 1:] * width, tf.int32) - side // 2
    rows, columns = tf.range(height), tf.range(width)
    in_rows = (rows >= top) & (rows < top + side)  # (N, height)
    in_columns = (columns >= left) & (columns < left + side)
    inside = in_rows[:, :, None, None] & in_columns[:, None, :, None]
    return tf.where(inside, tf.cast(0.5, images.dtype), images)


def augmentation_layers(
    rotation: float = 15.0,
    shift: float = 0.1,
    zoom: float = 0.1,
    flip: bool = True,
    seed: int = 0,
) -> "keras.Sequential":
    """Make the layers that rotate, shift, zoom and mirror images in training only.

    Args:
        rotation: Largest angle, in degrees to either side.
        shift: Largest shift, as a part of height and width.
        zoom: Largest change of size, as a part of it.
        flip: Mirror half of the images left to right.
        seed: Where the random numbers start.

    Returns:
        A model of images that is the identity when it is called with training=False. It rotates
        first, then shifts, then zooms, and interpolates each time.
    """
    import keras

    layers = [
        keras.layers.RandomRotation(rotation / 360, fill_mode="reflect", seed=seed),
        keras.layers.RandomTranslation(shift, shift, fill_mode="reflect", seed=seed + 1),
        keras.layers.RandomZoom(zoom, fill_mode="reflect", seed=seed + 2),
    ]
    if flip:
        layers.append(keras.layers.RandomFlip("horizontal", seed=seed + 3))
    return keras.Sequential(layers, name="augmentation")


def with_augmentation(network: "keras.Model", flip: bool = True, seed: int = 0) -> "keras.Model":
    """Put `augmentation_layers` in front of a network, to be trained and saved with it.

    Args:
        network: Takes (N, height, width, channels).
        flip: Mirror half of the images left to right.
        seed: Where the random numbers start.

    Returns:
        A model with the network's name and weights that answers like it when it is called with
        training=False.
    """
    import keras

    images = keras.Input(network.input_shape[1:], name="images")
    changed = augmentation_layers(flip=flip, seed=seed)(images)
    return keras.Model(images, network(changed), name=network.name)
