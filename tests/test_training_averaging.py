"""lessons_src.training.averaging: the average is what it says; it is what is measured and kept."""

from dataclasses import replace

from lessons_src.training import evaluate, train
from lessons_src.training.averaging import WeightAverage

import keras
import numpy as np
import pytest
from training_helpers import TINY, drawn, normalized, plain

pytestmark = pytest.mark.slow

SMALL = replace(TINY, epochs=2, averaging=0.9, test_curve=False)


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
    keras.utils.set_random_seed(0)
    watch, model, run_dir = Watch(), normalized(), tmp_path_factory.mktemp("run")
    dataset = drawn(128)
    model.layers[0].adapt(dataset.x_train / np.float32(255))
    before = model.get_weights()
    record = train(model, dataset, SMALL, run_dir, callbacks=[watch])
    return before, watch, model, record, dataset


def test_what_is_validated_is_the_running_average(watched):
    before, watch, *_ = watched
    average = before  # adapted statistics and their count, which nothing changes, among them
    for step, weights in enumerate(watch.steps, start=1):
        memory = min(0.9, step / (step + 10))
        average = [memory * a + (1 - memory) * w for a, w in zip(average, weights, strict=True)]
        if step % 8 == 0:  # an epoch of 128 images in batches of 16
            for ours, theirs in zip(average, watch.validated[step // 8 - 1], strict=True):
                np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


def test_training_goes_on_from_the_weights_not_the_average(watched):
    _, watch, *_ = watched
    for before, after, average in list(
        zip(watch.begins[8], watch.steps[7], watch.validated[0], strict=True)
    )[3:]:
        np.testing.assert_array_equal(before, after)
        assert (before != average).any()


def test_the_kept_weights_are_the_averages(watched):
    _, watch, model, record, dataset = watched
    kept = model.get_weights()
    for ours, theirs in zip(kept, watch.validated[record.best_epoch - 1], strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert evaluate(model, dataset.x_test, dataset.y_test)["accuracy"] == record.test_accuracy
    assert record.recipe["averaging"] == 0.9


def test_swapping_twice_changes_nothing():
    model = plain()
    average = WeightAverage(model.weights, 0.9)
    average.averages[0].assign(average.averages[0] + 1)
    before = model.get_weights()
    average.swap()
    np.testing.assert_array_equal(model.get_weights()[0], before[0] + 1)
    average.swap()
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
