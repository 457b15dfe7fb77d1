"""The feature maps that a network's layers compute."""

from collections.abc import Sequence

import keras
import numpy as np


def activations(
    model: keras.Model, images: np.ndarray, names: Sequence[str]
) -> dict[str, np.ndarray]:
    """Return the outputs of layers of a model, at inference.

    Args:
        model: A functional or built Sequential model.
        images: (N, H, W, C), as the model takes them.
        names: The layers' names.

    Returns:
        By layer name, (N, H', W', C') or (N, units).

    Raises:
        ValueError: For a name that no layer has.
    """
    outputs = {name: model.get_layer(name).output for name in names}
    return keras.Model(model.inputs[0], outputs).predict(images, verbose=0)
