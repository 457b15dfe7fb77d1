"""lessons_src.records.speeds: the measurement that the pages read."""

import json

from lessons_src.errors import RecordError, UsageError
from lessons_src.records import Speeds, load_speeds

import pytest

SPEEDS = Speeds("2 CPU cores", {"keras": "3.15.1"}, 32, {"lenet5": [100.0, 400.0, 200.0, 300.0]})


def test_what_was_kept_is_read(tmp_path):
    path = tmp_path / "speeds.json"
    path.write_text(SPEEDS.to_json(), encoding="utf-8")
    assert load_speeds(path) == SPEEDS


def test_without_a_file_there_is_no_measurement(tmp_path):
    assert load_speeds(tmp_path / "speeds.json") is None


def test_quartiles_are_those_of_the_rounds():
    assert SPEEDS.quartiles("lenet5") == (175, 250, 325)


def test_minutes_are_those_of_the_median_round():
    assert SPEEDS.minutes("lenet5", images=45_000, epochs=5) == pytest.approx(5 * 45_000 / 250 / 60)


def test_a_network_that_was_not_measured_is_refused_by_name():
    with pytest.raises(UsageError, match="unknown network 'vgg16'; the known ones are lenet5"):
        SPEEDS.quartiles("vgg16")


GOOD = json.loads(SPEEDS.to_json())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("[]", "has not the fields"),
        (json.dumps({**GOOD, "seconds": 5}), "has not the fields"),
        (json.dumps({**GOOD, "rounds": {"lenet5": [100.0]}}), "fewer than 2 rounds"),
        (json.dumps({**GOOD, "rounds": {}}), "fewer than 2 rounds"),
    ],
)
def test_another_file_is_refused_with_the_remedy(tmp_path, text, words):
    path = tmp_path / "speeds.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecordError, match=f"{words}.*python -m lessons_src speeds --keep") as error:
        load_speeds(path)
    assert str(path) in str(error.value)


def test_the_books_own_measurement_is_of_the_six_by_the_notes_batch():
    found = load_speeds()
    if found is None:
        pytest.skip("not measured yet")
    assert found.batch == 32 and len(found.rounds) == 6
    assert all(min(rounds) > 0 for rounds in found.rounds.values())
