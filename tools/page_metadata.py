"""Sphinx extension: what search engines and messengers say of a page, and a page for lost readers.

A description of each page, a card with a picture, and `404.html`, which GitHub Pages shows for any
address that leads nowhere, however deep.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

MOST = 200  # characters of a description; search engines cut longer ones
LOST = """
<section id="no-such-page"><h1>No such page</h1>
<p>Nothing stands at this address. The <a href="book/index.html">front page</a> lists all chapters;
the search finds words in them.</p></section>
"""


def description(body: str) -> str:
    """Return the first paragraph of a page, whole sentences if they fit, else cut at a word."""
    text = next(
        (" ".join(p.get_text().split()) for p in BeautifulSoup(body, "html.parser").select("p")), ""
    )
    if len(text) <= MOST:
        return text
    start = text[: MOST - 1]
    sentences, stop, _ = start.rpartition(". ")
    return sentences + "." if stop else start.rpartition(" ")[0] + " …"


def tags(title: str, words: str, base: str, page: str) -> str:
    """Return the elements of a page's head that describe it elsewhere."""
    head = BeautifulSoup("", "html.parser")
    properties = {
        "og:type": "article",
        "og:title": title,
        "og:description": words,
        "og:url": f"{base}{page}.html",
        "og:image": f"{base}_static/page.png",
    }
    names = {"description": words, "twitter:card": "summary_large_image"}
    for kind, pairs in (("name", names), ("property", properties)):
        for name, content in pairs.items():
            head.append(head.new_tag("meta", attrs={kind: name, "content": content}))
    return str(head)


def describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add the tags to a page's head; the links of 404.html begin at the site's root."""
    base = app.config.html_baseurl
    if doctree is not None:
        title = BeautifulSoup(context["title"], "html.parser").get_text()
        words = description(context["body"])
        context["metatags"] = context.get("metatags", "") + tags(title, words, base, page)
    elif page == "404":
        context["metatags"] = f'<base href="{urlsplit(base).path}">'


def page_for_lost_readers(_: Sphinx) -> Iterator[tuple[str, dict[str, str], str]]:
    """Return the page as Sphinx takes it: name, contents, template."""
    yield "404", {"title": "No such page", "body": LOST}, "page.html"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", describe)
    app.connect("html-collect-pages", page_for_lost_readers)
    return {"parallel_read_safe": True}
