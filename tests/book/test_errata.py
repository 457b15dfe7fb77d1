"""Each erratum quotes the note, says where, translates, and brings its evidence."""

import re

import pytest
from note_map import NOTE
from test_pages import raw_text
from toc import CHAPTERS, ROOT

ERRATA = {
    int(number): text
    for number, text in re.findall(
        r"^### (\d+)\. (.+?)(?=^##|\Z)",
        (ROOT / "book" / "errata.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}
QUOTE = re.compile(r"^> (.*[一-鿿√].*) \((5\.[\d.]+)\)$\n>\n> (.+)$", re.MULTILINE)
LINK = re.compile(r"\[(?:erratum )?(\d+)\]\(errata\.md#(\d+)-[^)]*\)")
NAMED = re.compile(r"\bnumbers? \d+")


def named_in(chapter):
    """Return the numbers of the errata that a chapter names in its references."""
    found = set()
    for sentence in re.findall(r"From the \[errata of the lecture note\].*", raw_text(chapter)):
        found |= {int(number) for number, _ in LINK.findall(sentence)}
        for first, last in re.findall(r"(\d+) to (\d+)", LINK.sub(r"\1", sentence)):
            found |= set(range(int(first), int(last)))
    return found


def test_the_numbers_are_those_of_the_list():
    assert sorted(ERRATA) == list(range(1, 36))


@pytest.mark.parametrize("number", sorted(ERRATA))
def test_an_erratum_quotes_translates_and_proves(number):
    text = ERRATA[number]
    quotes = QUOTE.findall(text)
    assert len(quotes) == len(re.findall(r"^> .*\(5\.", text, re.MULTILINE)) > 0
    assert {section for _, section, _ in quotes} <= set(NOTE["sections"])
    assert not any(re.search("[一-鿿]{9}", translation) for *_, translation in quotes)
    assert text.count("\n**In fact** ") == text.count("\n**Evidence:** ") == 1


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_names_errata_that_exist_and_links_to_them(chapter):
    assert named_in(chapter) <= set(ERRATA)
    for shown, target in LINK.findall(raw_text(chapter)):
        assert shown == target
    for sentence in re.findall(r"From the \[errata of the lecture note\].*", raw_text(chapter)):
        assert NAMED.findall(sentence) == [], "a number without a link"


def test_a_chapter_names_the_errata_that_lead_to_it():
    led = {
        (page, number)
        for number, text in ERRATA.items()
        for page in re.findall(r"\]\((\w+)\.ipynb", text)
    }
    named = {(chapter.stem, number) for chapter in CHAPTERS for number in named_in(chapter)}
    assert led - named == set()
