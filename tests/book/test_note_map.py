"""The map of the lecture note is complete, and its two ways agree."""

import pytest
from note_map import BACK, MAP, NOTE, back, headings, places, rows, there
from toc import PAGES

NAMES = [page.removeprefix("book/") for page in PAGES]


def test_each_section_of_the_note_has_a_heading_with_its_title():
    found = {number: title for number, title, _ in headings()}
    assert found == NOTE["sections"]
    assert [number for number, *_ in headings()] == sorted(number for number, *_ in headings())


def test_each_figure_of_the_note_is_in_one_row_with_its_caption():
    cells = [figure for _, _, topics in headings() for _, figure, _ in topics]
    drawn = [figure for figure in cells if figure.startswith("图")]
    assert drawn == [f"图 {number} {caption}" for number, caption in NOTE["figures"].items()]


def test_each_script_of_the_note_is_in_one_row():
    cells = [figure for _, _, topics in headings() for _, figure, _ in topics]
    assert [cell.strip("`") for cell in cells if cell.startswith("`")] == NOTE["scripts"]


def test_each_name_in_the_notes_code_is_explained():
    table = MAP.split("## The note's names in code")[1].split("\n## ")[0]
    assert [name for name in NOTE["names"] if f"`{name}" not in table] == []


def test_every_topic_leads_to_a_page():
    assert [topic for _, _, topics in headings() for topic, _, page in topics if not page] == []
    assert [page for page in there() if page not in NAMES] == []


def test_the_way_back_has_every_page_in_the_order_of_the_contents():
    assert [page for page, *_ in back()] == [n for n in NAMES if n not in ("index", "note_map")]


@pytest.mark.parametrize(("page", "of_the_note", "added"), back(), ids=[row[0] for row in back()])
def test_the_way_back_agrees_with_the_way_there(page, of_the_note, added):
    assert of_the_note == there().get(page, places("")), page
    assert added


def test_a_page_of_which_the_note_has_nothing_says_so():
    said = {page for (page, *_), row in zip(back(), rows(BACK), strict=True) if row[1] == "nothing"}
    assert said == {page for page, *_ in back() if page not in there()}
