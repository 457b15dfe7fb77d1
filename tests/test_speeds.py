"""lessons_src.speeds: networks take turns, and each turn is timed."""

from types import SimpleNamespace

from lessons_src import speeds
from lessons_src.errors import UsageError
from lessons_src.records import Speeds
from lessons_src.training.recipes import NOTE

import pytest


@pytest.fixture
def clocked(monkeypatch):
    """A clock that only training moves: 100 images/s, each network slower with every call."""
    clock, calls = [0.0], []

    def build(name):
        def fit(batches, steps_per_epoch, **options):
            images, labels = next(iter(batches))
            assert images.shape == (NOTE.batch_size, 32, 32, 3) and len(labels) == NOTE.batch_size
            calls.append((name, steps_per_epoch))
            slower = sum(called == name for called, _ in calls)
            clock[0] += slower * steps_per_epoch * NOTE.batch_size / 100

        return SimpleNamespace(name=name, fit=fit)

    monkeypatch.setattr(speeds, "build_model", build)
    monkeypatch.setattr(speeds, "compile_model", lambda model, recipe, steps: None)
    monkeypatch.setattr(speeds, "steps_at_once", lambda model, recipe, steps: 2)
    monkeypatch.setattr(speeds.time, "perf_counter", lambda: clock[0])
    return calls


def test_the_networks_take_turns(clocked):
    found = speeds.measure(["a", "b"], seconds=7, rounds=3)
    # First 2 steps that trace, then 4 to see how fast it is: 50 images/s, in which two steps of 32
    # fit five times into 7 s.
    assert clocked == [
        *(("a", 2), ("a", 4), ("b", 2), ("b", 4)),
        *3 * (("a", 10), ("b", 10)),
    ]
    rates = pytest.approx([100 / 3, 100 / 4, 100 / 5])
    assert found.rounds == {"a": rates, "b": rates}
    assert found.batch == 32 and "tensorflow" in found.versions


@pytest.mark.usefixtures("clocked")
def test_a_turn_is_one_execution_at_least():
    found = speeds.measure(["a"], seconds=0.01, rounds=2)
    assert len(found.rounds["a"]) == 2


def test_the_steps_at_once_are_those_of_the_notes_epoch(monkeypatch):
    asked = []

    def steps_at_once(model, recipe, steps):
        asked.append((recipe.batch_size, recipe.optimizer, steps))
        raise InterruptedError

    monkeypatch.setattr(speeds, "steps_at_once", steps_at_once)
    with pytest.raises(InterruptedError):
        speeds.measure(["lenet5"], 1, 2)
    assert asked == [(32, "adam", 1407)]


def test_an_unknown_network_is_refused_by_name():
    with pytest.raises(UsageError, match="unknown model 'lenet'"):
        speeds.measure(["lenet"], 1, 2)


@pytest.mark.slow
def test_a_network_is_trained():
    found = speeds.measure(["lenet5"], seconds=0.1, rounds=2)
    assert len(found.rounds["lenet5"]) == 2 and min(found.rounds["lenet5"]) > 0


def test_a_table_has_a_line_for_each_network():
    rounds = {"lenet5": [9_000.4, 9_100, 9_200], "vgg16": [98, 100, 102]}
    above, head, first, second = speeds.table(
        Speeds("2 CPU cores", {"keras": "3.15.1"}, 32, rounds)
    ).splitlines()
    assert above == "2 CPU cores; keras 3.15.1; batches of 32"
    assert head.split() == ["network", "images/s", "from", "to"]
    assert first.split() == ["lenet5", "9,100", "9,050", "9,150"]
    assert second.split() == ["vgg16", "100", "99", "101"]
