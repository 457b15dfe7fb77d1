"""lessons_src.analysis.classification: each measure against a case worked out by hand."""

from lessons_src import analysis
from lessons_src.analysis.classification import predict

import keras
import numpy as np
import pytest


def test_confusion_matrix_has_classes_in_rows_and_answers_in_columns():
    counts = analysis.confusion_matrix(np.array([0, 0, 0, 2]), np.array([0, 1, 1, 2]), 3)
    np.testing.assert_array_equal(counts, [[1, 2, 0], [0, 0, 0], [0, 0, 1]])


def test_the_surest_mistakes_come_first():
    probabilities = np.array([[0.9, 0.1], [0.4, 0.6], [0.05, 0.95], [0.3, 0.7]])
    labels = np.array([0, 0, 0, 1])
    found = analysis.most_confident_mistakes(probabilities, labels, 5)
    np.testing.assert_array_equal(found, [2, 1])
    assert len(analysis.most_confident_mistakes(probabilities, labels, 1)) == 1


def test_mistakes_that_are_equally_sure_keep_their_order():
    probabilities = np.tile([[0.3, 0.7], [0.2, 0.8]], (20, 1))
    found = analysis.most_confident_mistakes(probabilities, np.zeros(40, int), 40)
    np.testing.assert_array_equal(found, [*range(1, 40, 2), *range(0, 40, 2)])


def test_reliability_by_hand():
    sure, unsure = [0.9, 0.1], [0.4, 0.6]
    probabilities = np.array([sure, sure, sure, sure, unsure, unsure])
    labels = np.array([0, 0, 0, 1, 1, 0])  # 3 of 4 right at 0.9, 1 of 2 right at 0.6
    bins = analysis.reliability(probabilities, labels, bins=5)
    np.testing.assert_array_equal(bins.counts, [0, 0, 2, 0, 4])
    np.testing.assert_allclose(bins.confidence[[2, 4]], [0.6, 0.9])
    np.testing.assert_allclose(bins.accuracy[[2, 4]], [0.5, 0.75])
    assert np.isnan(bins.accuracy[[0, 1, 3]]).all()
    assert bins.error == pytest.approx((2 * 0.1 + 4 * 0.15) / 6)


def test_a_bin_holds_its_upper_end():
    probabilities = np.array([[0.5, 0.5], [0.75, 0.25], [0.76, 0.24], [1.0, 0.0]])
    bins = analysis.reliability(probabilities, np.zeros(4, int), bins=4)
    np.testing.assert_array_equal(bins.counts, [0, 1, 1, 2])


def test_certainty_has_a_bin():
    bins = analysis.reliability(np.array([[1.0, 0.0]]), np.array([0]), bins=4)
    np.testing.assert_array_equal(bins.counts, [0, 0, 0, 1])
    assert bins.error == 0


def test_a_probability_that_rounding_puts_above_1_is_in_the_last_bin():
    bins = analysis.reliability(np.array([[1.0000001, 0.0]]), np.array([0]), bins=4)
    np.testing.assert_array_equal(bins.counts, [0, 0, 0, 1])


def test_an_edge_is_in_the_bin_below():
    bins = analysis.reliability(np.array([[0.75, 0.25], [0.76, 0.24]]), np.array([0, 0]), bins=4)
    np.testing.assert_array_equal(bins.counts, [0, 0, 1, 1])


def test_ten_bins_unless_told_otherwise():
    assert len(analysis.reliability(np.array([[0.7, 0.3]]), np.array([0])).counts) == 10


def test_accuracy_is_the_fraction_of_labels_with_the_highest_probability():
    probabilities = np.array([[0.2, 0.5, 0.3], [0.4, 0.3, 0.3], [0.1, 0.1, 0.8], [0.6, 0.3, 0.1]])
    assert analysis.accuracy(probabilities, np.array([1, 0, 2, 1])) == 0.75


def test_accuracy_by_class_counts_each_class_by_itself():
    labels = np.array([0, 0, 1, 2, 2, 2])
    answers = keras.utils.to_categorical([0, 1, 1, 2, 2, 0], 3).reshape(6, 1, 1, 3)
    model = keras.Sequential([keras.Input((1, 1, 3)), keras.layers.Flatten()])
    per_class, overall = analysis.accuracy_by_class(model, answers, labels)
    assert list(per_class) == pytest.approx([1 / 2, 1, 2 / 3])
    assert overall == pytest.approx(4 / 6)


def test_predict_answers_every_image_in_order():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Rescaling(2.0)])
    images = np.arange(600.0).reshape(600, 1)  # two batches and a part of one
    np.testing.assert_array_equal(predict(model, images), 2 * images)
