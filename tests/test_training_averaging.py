"""lessons_src.averaging: the average is what it says, and what is measured and kept."""

from dataclasses import replace

from lessons_src.data import load_dataset
from lessons_src.training import evaluate, train
from lessons_src.training.averaging import WeightAverage
from lessons_src.training.recipes import NOTE

import keras
import numpy as np
import pytest
from keras import layers

SMALL = replace(NOTE, epochs=2, images=(256, 64, 64), averaging=0.9, test_curve=False)


def network():
    keras.utils.set_random_seed(0)
    images = keras.Input((32, 32, 3))
    x = layers.BatchNormalization()(layers.AveragePooling2D(8)(images))
    return keras.Model(images, layers.Dense(10, activation="softmax")(layers.Flatten()(x)))


class Watch(keras.callbacks.Callback):
    """Keep the weights before and after every step, and those that are validated."""

    def __init__(self):
        super().__init__()
        self.begins, self.steps, self.validated = [], [], []

    def on_train_batch_begin(self, batch, logs=None):
        self.begins.append(self.model.get_weights())

    def on_train_batch_end(self, batch, logs=None):
        self.steps.append(self.model.get_weights())

    def on_test_begin(self, logs=None):
        self.validated.append(self.model.get_weights())


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    watch, model, run_dir = Watch(), network(), tmp_path_factory.mktemp("run")
    before = model.get_weights()
    dataset = load_dataset("shapes10")
    record = train(model, dataset, SMALL, run_dir, callbacks=[watch])
    return before, watch, model, record, dataset


def test_what_is_validated_is_the_running_average(watched):
    before, watch, *_ = watched
    average = before
    for step, weights in enumerate(watch.steps, start=1):
        memory = min(0.9, step / (step + 10))
        average = [memory * a + (1 - memory) * w for a, w in zip(average, weights, strict=True)]
        if step % 8 == 0:  # an epoch of 256 images in batches of 32
            for ours, theirs in zip(average, watch.validated[step // 8 - 1], strict=True):
                np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


def test_training_goes_on_from_the_weights_not_the_average(watched):
    _, watch, *_ = watched
    for before, after, average in zip(
        watch.begins[8], watch.steps[7], watch.validated[0], strict=True
    ):
        np.testing.assert_array_equal(before, after)
        assert np.abs(before - average).max() > 1e-4


def test_the_kept_weights_are_the_averages(watched):
    _, watch, model, record, dataset = watched
    kept = model.get_weights()
    for ours, theirs in zip(kept, watch.validated[record.best_epoch - 1], strict=True):
        np.testing.assert_array_equal(ours, theirs)
    small = dataset.subset(*SMALL.images)
    assert evaluate(model, small.x_test, small.y_test)["accuracy"] == record.test_accuracy
    assert record.recipe["averaging"] == 0.9


def test_swapping_twice_changes_nothing():
    model = network()
    average = WeightAverage(model.weights, 0.9)
    average.averages[0].assign(average.averages[0] + 1)
    before = model.get_weights()
    average.swap()
    np.testing.assert_array_equal(model.get_weights()[0], before[0] + 1)
    average.swap()
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
