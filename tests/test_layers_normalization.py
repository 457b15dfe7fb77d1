"""lessons_src.layers.normalization: the fused layer is Keras' layer; the frozen one is frozen."""

from lessons_src.layers.normalization import (
    BatchNormalization,
    FrozenBatchNormalization,
    recompute_statistics,
    with_frozen_normalization,
)

import keras
import numpy as np
import pytest
import tensorflow as tf

MAPS = np.random.default_rng(0).normal(3, 2, (8, 5, 6, 12)).astype("float32")


def pair(shape, **options):
    """Return Keras' layer and the fused one with the same, not trivial, weights."""
    both = [layer(**options) for layer in (keras.layers.BatchNormalization, BatchNormalization)]
    rng = np.random.default_rng(1)
    for layer in both:
        layer.build(shape)
    weights = [rng.uniform(0.5, 2, w.shape) for w in both[0].weights]
    for layer in both:
        layer.set_weights(weights)
    return both


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("images", [1, 2, 8])
@pytest.mark.parametrize("channels", [4, 12])
def test_outputs_and_running_statistics_equal_keras(images, training, channels):
    maps = MAPS[:images, ..., :channels]
    keras_layer, fused = pair(maps.shape)
    for step in range(5):
        x = maps + step
        np.testing.assert_allclose(
            fused(x, training=training), keras_layer(x, training=training), atol=1e-5
        )
    for ours, theirs in zip(fused.weights, keras_layer.weights, strict=True):
        assert ours.path.split("/")[-1] == theirs.path.split("/")[-1]
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=1e-5)


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("channels", [4, 12])
def test_gradients_equal_keras(training, channels):
    maps = MAPS[..., :channels]
    weight = tf.constant(np.random.default_rng(2).normal(size=maps.shape).astype("float32"))
    gradients = []
    for layer in pair(maps.shape):
        x = tf.Variable(maps)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(layer(x, training=training) * weight)
        gradients.append(tape.gradient(loss, [x, layer.gamma.value, layer.beta.value]))
    for theirs, ours in zip(*gradients, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("channels", [4, 12])
def test_in_bfloat16_the_maps_alone_are_rounded(channels):
    maps = MAPS[..., :channels]
    weight = tf.constant(np.random.default_rng(2).normal(size=maps.shape), tf.bfloat16)
    outputs, gradients = [], []
    layers = pair(maps.shape, dtype="mixed_bfloat16")
    for layer in layers:
        x = tf.Variable(maps)
        with tf.GradientTape() as tape:
            y = layer(x, training=True)
            loss = tf.reduce_sum(tf.cast(y * weight, tf.float32))
        assert y.dtype == tf.bfloat16
        outputs.append(np.array(y, "float32"))
        gradients.append(tape.gradient(loss, [x, layer.gamma.value, layer.beta.value]))
    np.testing.assert_allclose(*outputs, rtol=2**-7, atol=2**-7)
    for theirs, ours in zip(*gradients, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0.02, atol=0.02)
    for theirs, ours in zip(*(layer.weights for layer in layers), strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=1e-5)


@pytest.mark.parametrize(
    ("shape", "options"),
    [
        ((8, 4), {}),  # after a dense layer
        ((8, 5, 6, 4), {"axis": 1}),
        ((8, 5, 6, 4), {"scale": False}),
        ((8, 5, 6, 4), {"center": False}),
        ((8, 5, 6, 4), {"dtype": "mixed_float16"}),
    ],
)
def test_what_the_operation_cannot_do_is_left_to_keras(shape, options):
    keras_layer, fused = pair(shape, **options)
    x = np.random.default_rng(3).normal(1, 2, shape).astype("float32")
    for training in (True, False):
        np.testing.assert_allclose(
            fused(x, training=training), keras_layer(x, training=training), atol=1e-5
        )
    for ours, theirs in zip(fused.weights, keras_layer.weights, strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=1e-5)


@pytest.mark.parametrize("shape", [(1, 1, 1, 12), (1, 1, 1, 4), (2, 1, 1, 12)])
def test_one_value_per_channel_leaves_numbers_on_a_gpu_too(monkeypatch, shape):
    operation = tf.raw_ops.FusedBatchNormV3

    def on_a_gpu(**arguments):
        outputs, mean, variance, *rest = operation(**arguments)
        # cuDNN multiplies the variance by N / (N − 1), where TensorFlow on a processor has a guard.
        count = np.prod(arguments["x"].shape[:3])
        return outputs, mean, variance if count > 1 else variance * np.inf, *rest

    monkeypatch.setattr(tf.raw_ops, "FusedBatchNormV3", on_a_gpu)
    keras_layer, fused = pair(shape)
    x = np.random.default_rng(3).normal(1, 2, shape).astype("float32")
    np.testing.assert_allclose(
        fused(x, training=True), keras_layer(x, training=True), rtol=1e-5, atol=1e-5
    )
    for ours, theirs in zip(fused.weights, keras_layer.weights, strict=True):
        np.testing.assert_allclose(ours.numpy(), theirs.numpy(), rtol=1e-5)
        assert np.isfinite(ours.numpy()).all()


def test_a_layer_that_is_not_trainable_uses_its_running_statistics():
    _, fused = pair(MAPS.shape)
    fused.trainable = False
    before = [w.numpy() for w in fused.weights]
    np.testing.assert_array_equal(fused(MAPS, training=True), fused(MAPS, training=False))
    for old, new in zip(before, fused.weights, strict=True):
        np.testing.assert_array_equal(old, new.numpy())


@pytest.mark.parametrize("layer", [BatchNormalization, FrozenBatchNormalization])
def test_a_saved_model_comes_back_and_trains(tmp_path, layer):
    inputs = keras.Input(MAPS.shape[1:])
    outputs = keras.layers.GlobalAveragePooling2D()(layer(momentum=0.9)(inputs))
    model = keras.Model(inputs, outputs)
    model.compile("sgd", "mse")
    model.fit(MAPS, np.zeros((8, 12)), epochs=2, verbose=0)
    model.save(tmp_path / "model.keras")
    again = keras.saving.load_model(tmp_path / "model.keras")
    assert type(again.layers[1]) is layer
    assert again.layers[1].momentum == 0.9
    np.testing.assert_array_equal(again.predict(MAPS, verbose=0), model.predict(MAPS, verbose=0))
    again.fit(MAPS, np.zeros((8, 12)), verbose=0)


def test_a_frozen_layer_never_moves_its_statistics():
    frozen = FrozenBatchNormalization()
    outputs = frozen(MAPS, training=True)
    np.testing.assert_allclose(outputs, MAPS / np.sqrt(1 + frozen.epsilon), rtol=1e-5)
    assert not frozen.moving_mean.numpy().any()
    assert (frozen.moving_variance.numpy() == 1).all()


def test_weights_files_go_both_ways(tmp_path):
    def model(layer):
        inputs = keras.Input(MAPS.shape[1:])
        return keras.Model(inputs, layer(name="bn")(inputs))

    for one, other in (
        (BatchNormalization, keras.layers.BatchNormalization),
        (keras.layers.BatchNormalization, BatchNormalization),
    ):
        written, read = model(one), model(other)
        written.set_weights([np.full(12, value) for value in (2, 3, 4, 5)])
        written.save_weights(tmp_path / "bn.weights.h5")
        read.load_weights(tmp_path / "bn.weights.h5")
        for ours, theirs in zip(written.get_weights(), read.get_weights(), strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_a_frozen_copy_has_the_models_weights_and_leaves_it_as_it_is():
    inputs = keras.Input((6, 6, 3))
    x = BatchNormalization(momentum=0.8, name="bn")(keras.layers.Conv2D(4, 3, name="conv")(inputs))
    model = keras.Model(inputs, keras.layers.Flatten()(x), name="small")
    rng = np.random.default_rng(0)
    model.set_weights([rng.uniform(0.5, 2, w.shape) for w in model.get_weights()])
    copy = with_frozen_normalization(model)
    assert copy.name == "small_frozen_bn" and type(copy.get_layer("bn")) is FrozenBatchNormalization
    assert type(model.get_layer("bn")) is BatchNormalization
    assert copy.get_layer("bn").momentum == 0.8
    images = rng.normal(size=(2, 6, 6, 3))
    np.testing.assert_array_equal(copy(images, training=True), model(images, training=False))
    for ours, theirs in zip(copy.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_recomputed_statistics_are_the_mean_over_whole_batches_and_nothing_else_changes():
    inputs = keras.Input((6, 6, 3))
    x = BatchNormalization(momentum=0.8, name="first")(inputs)
    x = keras.layers.Conv2D(4, 3, name="conv")(x)
    model = keras.Model(inputs, BatchNormalization(name="second")(x))
    rng = np.random.default_rng(0)
    model.set_weights([rng.uniform(0.5, 2, w.shape) for w in model.get_weights()])
    before = {weight.path: weight.numpy() for weight in model.weights}
    images = rng.normal(3, 2, size=(7, 6, 6, 3)).astype("float32")
    recompute_statistics(model, images, batch_size=3)  # the seventh is left out
    maps = [images[:3], images[3:6]]
    for name in ("first", "second"):
        layer = model.get_layer(name)
        means = [np.mean(batch, axis=(0, 1, 2)) for batch in maps]
        variances = [np.var(batch, axis=(0, 1, 2)) for batch in maps]
        np.testing.assert_allclose(layer.moving_mean, np.mean(means, axis=0), rtol=1e-4)
        np.testing.assert_allclose(layer.moving_variance, np.mean(variances, axis=0), rtol=1e-4)
        normalized = [
            (batch - mean) / np.sqrt(variance + layer.epsilon) * layer.gamma + layer.beta
            for batch, mean, variance in zip(maps, means, variances, strict=True)
        ]
        if name == "first":
            maps = [np.asarray(model.get_layer("conv")(batch)) for batch in normalized]
    for weight in model.weights:
        if "moving" not in weight.path:
            np.testing.assert_array_equal(weight, before[weight.path])
    assert (model.get_layer("first").momentum, layer.momentum) == (0.8, 0.99)


def test_too_few_images_for_a_batch_are_refused():
    model = keras.Sequential([keras.Input((6, 6, 3)), BatchNormalization()])
    with pytest.raises(ValueError, match="7 images make no batch of 8; give more, or a smaller"):
        recompute_statistics(model, np.zeros((7, 6, 6, 3), "float32"), batch_size=8)
