"""Paired differences: the interval is Student's, and pairs are made by seed."""

from lessons_src.errors import UsageError
from lessons_src.experiments.statistics import (
    T_975,
    gain,
    gain_in_points,
    in_points,
    mean_difference,
    value,
)

import pytest
import tensorflow as tf
from make_record import make_record

# Student's own example of 1908, hours of sleep gained with two drugs; R's `t.test(paired = TRUE)`
# on its copy of these data, `sleep`, gives the interval.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_students_own_example():
    found = mean_difference(SECOND, FIRST)
    assert found.mean == pytest.approx(1.58) and found.pairs == 10
    assert (found.low, found.high) == pytest.approx((0.7001142, 2.4598858), abs=2e-4)


def test_the_quantiles_leave_a_twentieth_outside():
    degrees = tf.range(1, len(T_975) + 1, dtype="float64")
    squares = tf.constant(T_975, "float64") ** 2
    # P(|T| > t) = I_x(ν/2, 1/2) with x = ν/(ν + t²), the regularized incomplete beta function
    outside = tf.math.betainc(
        degrees / 2, tf.fill(degrees.shape, tf.cast(0.5, "float64")), degrees / (degrees + squares)
    )
    assert outside.numpy() == pytest.approx(0.05, abs=6e-5)  # by the third decimal of t


def test_two_pairs_leave_much_open():
    found = mean_difference([0.6, 0.8], [0.5, 0.5])
    assert found.mean == pytest.approx(0.2)
    assert found.high - found.mean == pytest.approx(12.706 * 0.1, rel=1e-4)


def test_equal_differences_leave_nothing_open():
    assert mean_difference([3, 4, 5], [1, 2, 3]) == (2, 2, 2, 3)


def test_points_are_told_with_their_interval_or_without_one():
    assert in_points([0.6, 0.8], [0.5, 0.5]) == "+20.0 points, 95 % interval -107.1 to +147.1"
    assert in_points([0.25], [0.5]) == "-25.0 points; one seed has no interval"
    with pytest.raises(UsageError, match="not 0"):
        in_points([], [])


@pytest.mark.parametrize("pairs", [0, 1, 32])
def test_too_few_or_many_pairs_are_refused(pairs):
    with pytest.raises(UsageError, match=f"2 to 31 pairs, not {pairs}"):
        mean_difference([1.0] * pairs, [0.0] * pairs)


def runs(accuracies, **fields):
    return [make_record(seed=s, test_accuracy=a, **fields) for s, a in accuracies.items()]


def test_runs_are_paired_by_seed_in_any_order():
    ours = runs({2: 0.75, 0: 0.5, 7: 0.1})
    others = runs({0: 0.25, 2: 0.5, 1: 0.9})
    assert gain(ours, others) == (0.25, 0.25, 0.25, 2)
    assert gain(others, ours).mean == -0.25


def test_a_gain_is_told_in_points():
    ours, others = runs({2: 0.75, 0: 0.5}), runs({0: 0.25, 2: 0.5, 1: 0.9})
    assert gain_in_points(ours, others) == "+25.0 points, 95 % interval +25.0 to +25.0"
    assert gain_in_points(ours[:1], others) == "+25.0 points; one seed has no interval"
    assert gain_in_points(ours[:1], others[:1]) == "no seed in common"


def test_runs_on_different_images_are_not_compared():
    with pytest.raises(UsageError, match="2 sets of images"):
        gain(runs({0: 0.5, 1: 0.5}), runs({0: 0.5, 1: 0.5}, fingerprint="other"))
    with pytest.raises(UsageError, match="2 sets of images"):
        gain_in_points(runs({0: 0.5}), runs({0: 0.5}, fingerprint="other"))


def test_what_an_experiment_measured_is_compared_by_its_name():
    runs, others = (
        [make_record(seed=seed, measured={"other": base + seed / 10}) for seed in range(2)]
        for base in (0.5, 0.25)
    )
    assert value(runs[1]) == 0.25 and value(runs[1], "other") == 0.6
    assert gain(runs, others).mean == 0
    assert gain(runs, others, "other").mean == pytest.approx(0.25)
    with pytest.raises(KeyError, match="another"):
        value(runs[0], "another")
