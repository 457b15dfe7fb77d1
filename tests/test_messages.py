"""lessons_src.messages: lines on stderr, and what passes through unchanged."""

import itertools

from lessons_src.messages import note, with_progress


def test_a_note_is_one_line_on_stderr(capsys):
    note("Chosen: this")
    assert capsys.readouterr() == ("", "Chosen: this\n")


def test_progress_is_noted_every_two_seconds_and_changes_nothing(capsys, monkeypatch):
    clock = itertools.count(step=0.7)  # each look at the clock is 0.7 s later
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    assert list(with_progress("abcdefg", "Reading")) == list("abcdefg")
    assert capsys.readouterr().err.splitlines() == [
        "Reading: 3 files so far",
        "Reading: 6 files so far",
    ]


def test_whoever_is_done_at_once_hears_nothing(capsys):
    assert list(with_progress([1, 2], "Reading")) == [1, 2]
    assert capsys.readouterr().err == ""
