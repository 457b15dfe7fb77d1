"""lessons_src.page_figures.cells: numbers as text, cells that can be chosen."""

from lessons_src.page_figures.cells import arrows, chosen, factor, grid, plain, span

import pytest
from page_figure_helpers import choices, parsed, texts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (-0.0, "0"), (7, "7"), (-3.0, "−3"), (2.5, "2.5"), (1 / 3, "0.333"),
        (-1.9996, "−2"), (0.0625, "0.063"), (12345.0, "12345"), (0.0004, "4e-04"), (10.05, "10.05"),
        (-3e-17, "0"),
    ],
)  # fmt: skip
def test_numbers_are_short(value, text):
    assert plain(value) == text


def test_more_decimals_are_kept_where_they_are_asked_for():
    assert (plain(1 / 3, 5), plain(0.0004, 4), plain(1.005, 1)) == ("0.33333", "0.0004", "1")


def test_negative_numbers_stand_in_brackets_within_a_product():
    assert (factor(-2), factor(0), factor(1.5)) == ("(−2)", "0", "1.5")


def test_a_span_names_both_ends_or_one():
    assert (span("row", -1, 2), span("column", 3, 3)) == ("rows −1 to 2", "column 3")


def test_a_long_number_is_written_smaller_and_stays_in_its_cell():
    html = grid(0, 0, [["1", "−123.456"]], "red")
    short, long = parsed(html).iter("text")
    assert short.get("font-size") is None
    assert float(long.get("font-size")) * 0.6 * 8 < 34
    assert texts(html) == ["1", "−123.456"]


def test_a_cell_is_a_tab_stop_where_there_are_few():
    few, many = (chosen("tests", 2, 1, "row 2", count) for count in (36, 37))
    assert few["tabindex"] is None and many["tabindex"] == "-1"
    assert few["id"] == "tests-2-1" and few["data_set"] == {"row": "2", "column": "1"}


def test_arrows_stop_at_the_border():
    assert choices(arrows("tests", 0, 2, 3, 3)) == {
        "Move the window left": '{"column": "1", "row": "0"}',
        "Move the window down": '{"column": "2", "row": "1"}',
    }
    assert len(choices(arrows("tests", 1, 1, 3, 3))) == 4
