"""Receptive fields measured by gradient, on a real Keras model."""

from collections.abc import Sequence

from lessons_src.analysis.layer_calls import LayerCall, layer_calls
from lessons_src.analysis.layer_kinds import PADDINGS, is_local, windows
from lessons_src.errors import UsageError, unknown

import keras
import numpy as np
import tensorflow as tf


def middle_gradient(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return the gradient of the middle unit of a model's map with respect to each pixel.

    Args:
        model: Returns maps, (N, H', W', C').
        images: (N, H, W, C), as the model takes them.

    Returns:
        (N, H, W, C), the gradient of map[H' // 2, W' // 2], its channels added up, at inference.
    """

    @tf.function  # leaves out the weights' gradients, some of which crash TensorFlow 2.21 on a CPU
    def gradient(pixels: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(pixels)
            maps = model(pixels, training=False)
            units = tf.reduce_sum(maps[:, maps.shape[1] // 2, maps.shape[2] // 2])
        return tape.gradient(units, pixels)

    pixels = tf.constant(images, tf.float32)
    return gradient.get_concrete_function(pixels)(pixels).numpy()


def measured_field(model: keras.Model, layer_name: str, side: int = 320) -> int | tuple[int, int]:
    """Measure by gradient the side of the square of input pixels that one unit depends on.

    The layers up to `layer_name` are followed with one channel per map and all weights 1, so that
    a gradient counts paths: no path can be cut or cancelled by another.

    Args:
        model: A functional or built Sequential model; its weights play no part.
        layer_name: The layer whose middle unit is measured, as `layer_table` writes it.
        side: Side in pixels of the images; more than the field.

    Returns:
        Rows from the first to the last with a gradient that is not 0, in pixels; (height, width)
        where these differ.

    Raises:
        UsageError: For a name that no layer has, images that are too small or whose edge the field
            reaches, a layer whose unit sees the whole image, or one that `layer_table` refuses.
    """
    images = tf.ones((1, side, side, 1), tf.float64)  # counts of paths exceed float32
    try:
        with tf.GradientTape() as tape:
            tape.watch(images)
            paths = _paths_to(model, layer_name, images)
            unit = paths[0, paths.shape[1] // 2, paths.shape[2] // 2, 0]
    except tf.errors.InvalidArgumentError as error:
        raise UsageError(
            f"images of side={side} are too small for the layers up to {layer_name!r}; give more"
        ) from error
    gradient = tape.gradient(unit, images)[0, :, :, 0].numpy()
    sides = []
    for axis in (0, 1):
        seen = np.flatnonzero(gradient.any(axis=1 - axis))
        if seen[0] == 0 or seen[-1] == side - 1:
            raise UsageError(
                f"the field of {layer_name!r} reaches the edge; give more than side={side}"
            )
        sides.append(int(seen[-1] - seen[0] + 1))
    height, width = sides
    return height if height == width else (height, width)


def _paths_to(model: keras.Model, layer_name: str, images: tf.Tensor) -> tf.Tensor:
    """Return how many paths lead from the images to each unit of a layer."""
    calls = layer_calls(model)
    maps: dict[str, tf.Tensor | None] = {}
    for call in calls:
        maps[call.name] = found = _count_paths(call, [maps[name] for name in call.inputs], images)
        if call.name == layer_name:
            if found is None:
                raise UsageError(f"{layer_name!r} has no field: its units see the whole image")
            return found
    raise unknown("layer", layer_name, [call.name for call in calls])


def _count_paths(
    call: LayerCall, before: Sequence[tf.Tensor | None], images: tf.Tensor
) -> tf.Tensor | None:
    """Return how many paths lead to each unit of a layer, given those to the maps it reads."""
    layer = call.layer
    maps = [paths for paths in before if paths is not None]
    if not is_local(layer, call.name, len(call.output.shape)) or len(maps) < len(before):
        return None
    if not maps:
        return images
    sides = sorted({tuple(paths.shape[1:3]) for paths in maps})
    if len(sides) > 1:
        raise UsageError(
            f"layer {call.name!r} joins maps of different sides, {sides}, on images of this side; "
            "give another one"
        )
    paths = tf.add_n(maps)
    if isinstance(layer, PADDINGS):
        return layer.call(paths)  # the layer itself would cast to float32
    sliding = windows(layer)
    if not sliding:
        return paths
    rows, columns = sliding
    return tf.nn.convolution(
        paths,
        tf.ones((rows.kernel, columns.kernel, 1, 1), paths.dtype),
        (rows.stride, columns.stride),
        rows.padding.upper(),
        dilations=(rows.dilation, columns.dilation),
    )
