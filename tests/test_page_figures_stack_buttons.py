"""lessons_src.page_figures.stack_buttons: each button puts another stack into the field."""

import json
from xml.etree import ElementTree

from lessons_src.page_figures.stack_buttons import buttons

import pytest

LINES = ["conv 8 kernel 3 same bn", "max pool 2", "dense 10"]


def made(lines, line):
    """Return the buttons by their names, and the names of their groups."""
    tree = ElementTree.fromstring(f"<div>{buttons(lines, line, 'own')}</div>")
    found = {button.get("aria-label"): button for button in tree.iter("button")}
    ids = [button.get("id") for button in tree.iter("button")]
    assert len(ids) == len(set(ids)) == len(found)
    return found, [group.get("aria-label") for group in tree]


def put(button):
    """Return the lines and the line that a button puts into the fields; None if it is dead."""
    if button.get("aria-disabled"):
        return None
    fields = json.loads(button.get("data-set"))
    return fields["layers"].split("\n"), fields["line"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("filters ÷2", "conv 4 kernel 3 same bn"),
        ("filters −1", "conv 7 kernel 3 same bn"),
        ("filters +1", "conv 9 kernel 3 same bn"),
        ("filters ×2", "conv 16 kernel 3 same bn"),
        ("kernel −1", "conv 8 kernel 2 same bn"),
        ("kernel +1", "conv 8 kernel 4 same bn"),
        ("stride +1", "conv 8 kernel 3 stride 2 same bn"),
        ("dilation +1", "conv 8 kernel 3 dilation 2 same bn"),
        ("padding valid", "conv 8 kernel 3 bn"),
        ("padding same", "conv 8 kernel 3 same bn"),
        ("bias without", "conv 8 kernel 3 same no bias bn"),
        ("batch normalization without", "conv 8 kernel 3 same"),
    ],
)
def test_a_button_changes_its_line_alone(name, first):
    assert put(made(LINES, 1)[0][name]) == ([first, *LINES[1:]], "1")


def test_buttons_say_what_holds_now():
    found, groups = made(LINES, 1)
    pressed = {name for name, button in found.items() if button.get("aria-pressed") == "true"}
    assert pressed == {"padding same", "bias with", "batch normalization with"}
    assert groups[:4] == ["filters 8", "kernel 3", "stride 1", "dilation 1"]
    assert put(found["stride −1"]) is None and put(found["dilation −1"]) is None


def test_lines_are_moved_removed_and_left():
    found, _ = made(LINES, 2)
    conv, pool, dense = LINES
    assert put(found["Move the line up"]) == ([pool, conv, dense], "1")
    assert put(found["Move the line down"]) == ([conv, dense, pool], "3")
    assert put(found["Remove the line"]) == ([conv, dense], "2")
    assert put(found["Done with the line"]) == (LINES, "0")
    assert found["Done with the line"].get("data-focus") == "own-2"
    assert put(made(LINES, 1)[0]["Move the line up"]) is None
    assert put(made(LINES, 3)[0]["Move the line down"]) is None
    assert put(made(LINES, 3)[0]["Remove the line"]) == ([conv, pool], "2")


def test_a_layer_is_added_after_the_line_or_at_the_end():
    assert put(made(LINES, 1)[0]["Add max pool after line 1"]) == (
        [LINES[0], "max pool 2", *LINES[1:]], "2",
    )  # fmt: skip
    for line in (0, 4):
        found, groups = made(LINES, line)
        assert groups == ["Add after line 3"]
        assert put(found["Add flatten after line 3"]) == ([*LINES, "flatten"], "4")
    assert put(made([], 0)[0]["Add conv"]) == (["conv 16 kernel 3 same"], "1")


def test_a_pooling_and_a_line_that_means_nothing_have_fewer_buttons():
    groups = made(LINES, 2)[1]
    assert groups == ["kernel 2", "stride 2", "padding", "line", "Add after line 2"]
    assert made(["<b>"], 1)[1] == ["line", "Add after line 1"]
    assert made(["dense 10"], 1)[1][:3] == ["units 10", "bias", "batch normalization"]
    assert put(made(["dense 1"], 1)[0]["units ÷2"]) is None
