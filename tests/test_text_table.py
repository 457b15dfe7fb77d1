"""lessons_src.text_table, cell by cell."""

from lessons_src.text_table import text_table

import pytest


def test_columns_are_as_wide_as_their_widest_cells():
    table = text_table(
        ("network", "fields", "kind"), [("a", "6", "plain"), ("resnet18x", "1,109", "")], "<><"
    )
    assert table.split("\n") == [
        "network    fields  kind",
        "a               6  plain",
        "resnet18x   1,109",
    ]


def test_a_table_may_have_headings_alone():
    assert text_table(("layer", "kind"), [], "<>") == "layer  kind"


def test_columns_stand_as_far_apart_as_is_asked():
    table = text_table(("layer", "kind"), [("a", "plain")], "<>", gap=1)
    assert table.split("\n") == ["layer  kind", "a     plain"]


@pytest.mark.parametrize(
    ("rows", "align"), [([("a",)], "<<"), ([("a", "b", "c")], "<<"), ([("a", "b")], "<")]
)
def test_a_cell_too_few_or_too_many_is_refused(rows, align):
    with pytest.raises(ValueError):
        text_table(("layer", "kind"), rows, align)
