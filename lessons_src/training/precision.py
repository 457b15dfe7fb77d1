"""Computing in bfloat16 while the weights stay float32, for processors with units for it.

A bfloat16 has float32's range and 8 binary digits of its 24.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from lessons_src.messages import note
from lessons_src.runtime import bfloat16_units

import keras

# By the name in a recipe, Keras' policy.
PRECISIONS = {"float32": "float32", "bfloat16": "mixed_bfloat16"}

WARNINGS = {
    False: "no units for bfloat16 (AVX-512 BF16 or AMX in a processor, compute capability 8.0 in a "
    "GPU) are here: the run will be right, but slower than with --precision float32",
    None: "whether there are units for bfloat16 is not known on this system: compare the seconds "
    "of an epoch with those of --precision float32",
}


@contextmanager
def computing_in(precision: str, model: keras.Model) -> Iterator[None]:
    """Let a model's layers compute in a precision, and afterwards in their own again.

    Two kinds of layer keep their own: the last, which makes the probabilities, and those that are
    adapted to the images, since whitening magnifies differences that bfloat16 rounds away.
    Batch normalization takes mean and variance in float32 all the same.

    Args:
        precision: A key of `PRECISIONS`; with "float32" the layers stay as they are. A note says
            where the other one is slower.
        model: The model, built; its weights are float32 throughout.

    Source: Keras' guide to mixed precision; Micikevicius et al., Mixed Precision Training, 2018.
    """
    if precision == "float32":
        yield
        return
    if warning := WARNINGS.get(bfloat16_units()):
        note(warning)
    *layers, _ = _layers(model)
    own = {layer: layer.dtype_policy for layer in layers if not hasattr(layer, "adapt")}
    for layer in own:
        layer.dtype_policy = PRECISIONS[precision]
    try:
        yield
    finally:
        for layer, policy in own.items():
            layer.dtype_policy = policy
        model.make_test_function(force=True)  # or evaluation would go on in bfloat16, and training
        model.make_train_function(force=True)


def _layers(model: keras.Model) -> Iterator[keras.Layer]:
    """Yield the layers of a model and of the models inside it."""
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from _layers(layer)
        else:
            yield layer
