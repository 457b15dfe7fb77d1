"""tools/page_metadata.py and icon_font.py: what a page says of itself, and its icons."""

import io
from base64 import b64decode

import icon_font
import page_metadata
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<h1>Title</h1><p>One <b>bold</b>\n word.</p><p>Two.</p>", "One bold word."),
        (f"<p>Short one. {'word ' * 60}end.</p>", "Short one."),
        (f"<p>{'word ' * 60}</p>", "word " * 39 + "…"),
        ("<h1>Title</h1>", ""),
    ],
)
def test_the_description_is_the_beginning_of_the_page(body, words):
    assert page_metadata.description(body) == words
    assert len(words) <= page_metadata.MOST


def test_the_tags_hold_title_words_and_absolute_addresses():
    tags = page_metadata.tags('A "title"', "Some <words>.", "https://host.org/course/", "book/a")
    found = {
        tag.get("name") or tag["property"]: tag["content"]
        for tag in BeautifulSoup(tags, "html.parser").select("meta")
    }
    assert found["description"] == found["og:description"] == "Some <words>."
    assert found["og:title"] == 'A "title"'
    assert found["og:url"] == "https://host.org/course/book/a.html"
    assert found["og:image"] == "https://host.org/course/_static/page.png"


def test_the_icons_of_a_page_are_found_with_their_style():
    html = (
        '<i class="fa-solid fa-bars"></i><span class="fas fa-download fa-lg"></span>'
        '<i class="fab fa-github"></i><p class="fantasy">fa-solid fa-cat</p>'
    )
    found = icon_font.used(html)
    assert {("fa-solid", "fa-bars"), ("fas", "fa-download"), ("fab", "fa-github")} <= found
    assert not any(icon in ("fa-cat", "fantasy") for _, icon in found)


def test_the_style_sheet_has_a_font_of_these_icons_alone():
    icons = {("fa-solid", "fa-bars"), ("fas", "fa-lg"), ("fab", "fa-github")}
    sheet = icon_font.style_sheet(icons)
    assert len(sheet) < 6000  # of 280 kB
    encoded = [part.split(")")[0] for part in sheet.split("base64,")[1:]]
    fonts = [TTFont(io.BytesIO(b64decode(part))) for part in encoded]
    known = icon_font.codes()
    assert {code for font in fonts for code in font.getBestCmap()} == {
        known["fa-bars"],
        known["fa-github"],
    }
    assert '"Font Awesome 6 Free";font-weight:900' in sheet
    assert '"Font Awesome 6 Brands";font-weight:400' in sheet
