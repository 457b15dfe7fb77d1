"""Sphinx extension: what notebooks and the theme write, made lighter and accessible.

Each page passes through the steps below as the last thing before it is written. They mend what
nobody who writes a chapter should have to think of.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from page_images import PageImages
from sphinx.application import Sphinx

HAN, ITS_MARKS = "\u4e00-\u9fff", "\u3001-\u301f\uff00-\uff65"  # characters; 、。「」（）：
CHINESE = re.compile(f"[{HAN}{ITS_MARKS}]*[{HAN}][{HAN}{ITS_MARKS}]*")
SCROLLABLE = "pst-scrollable-table-container"  # the theme lets the keyboard scroll it


def drop_icon_script(page: BeautifulSoup) -> None:
    """Leave out half a megabyte of script: the theme's style sheet draws the same icons."""
    for script in page.select('script[src*="fontawesome.js"]'):
        script.decompose()


def make_tables_scrollable(page: BeautifulSoup) -> None:
    """Put each table of an output into a box that scrolls by itself, as the theme does others.

    A figure of the reader's own numbers brings its own box: the page draws it anew.
    """
    for table in page.select("main table"):
        del table["border"]
        if table.find_parent(["form", "div"], class_=[SCROLLABLE, "own-numbers"]) is None:
            table.wrap(page.new_tag("div", attrs={"class": SCROLLABLE}))


def let_names_break(page: BeautifulSoup) -> None:
    """Let the name that begins a row break after an underscore, or the last column hides."""
    for cell in page.select("main table.dataframe td:first-child"):
        first, *others = re.split("(?<=_)", cell.get_text())
        if others:
            cell.string = first
        for part in others:
            cell.extend([page.new_tag("wbr"), part])


def turn_empty_headers_into_cells(page: BeautifulSoup) -> None:
    """Make an empty corner of a table a cell: a header without words heads nothing."""
    for header in page.select("main th"):
        if not header.get_text(strip=True):
            header.name = "td"


def simplify_roles_of_references(page: BeautifulSoup) -> None:
    """Drop roles that contradict each other: entries that are no items of a list."""
    for entry in page.select('[role="list"].citation-list, [role="doc-biblioentry"]'):
        del entry["role"]


def name_landmarks(page: BeautifulSoup) -> None:
    """Make the sidebar a landmark."""
    for sidebar in page.select("#pst-primary-sidebar"):
        sidebar["role"], sidebar["aria-label"] = "complementary", "Book"


def call_controls_by_their_words(page: BeautifulSoup) -> None:
    """Drop names that differ from the words on a control: who speaks to a page says these."""
    for control in page.select("button.search-button-field, main summary"):
        del control["aria-label"]


def mark_chinese(page: BeautifulSoup) -> None:
    """Say that Chinese words are Chinese, so that they are read out and drawn as such."""
    for text in page.find_all(string=CHINESE):
        if type(text) is not NavigableString or text.find_parent(["title", "textarea"]):
            continue  # scripts and comments are strings of another type
        if text.find_parent(lang=re.compile("^zh")):
            continue
        parts: list[str | Tag] = []
        end = 0
        for match in CHINESE.finditer(text):
            marked = page.new_tag("span", attrs={"lang": "zh-Hans"})
            marked.string = match[0]
            parts += [text[end : match.start()], marked]
            end = match.end()
        text.replace_with(*parts, text[end:])


STEPS: list[Callable[[BeautifulSoup], None]] = [
    drop_icon_script,
    make_tables_scrollable,
    let_names_break,
    turn_empty_headers_into_cells,
    simplify_roles_of_references,
    name_landmarks,
    call_controls_by_their_words,
    mark_chinese,
]


def finish_pages(app: Sphinx) -> None:
    """Let every page pass through the steps once its template is filled in."""
    if app.builder.format != "html":
        return
    images = PageImages(Path(app.outdir, "_images"), Path(app.srcdir), app.builder.images)
    templates = app.builder.templates
    render = templates.render

    def finished(template: str, context: dict[str, Any]) -> str:
        html = render(template, context)
        if not html.lstrip().lower().startswith("<!doctype html"):
            return html
        page = BeautifulSoup(html, "html.parser")
        for step in STEPS:
            step(page)
        images.lighten(page, context["pathto"]("_images", resource=True))
        return str(page)

    templates.render = finished


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", finish_pages, priority=900)
    return {"parallel_read_safe": True}
