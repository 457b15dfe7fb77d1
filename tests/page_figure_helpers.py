"""What a figure of own numbers shows, read from its HTML."""

import re
from xml.etree import ElementTree


def parsed(html):
    """Return a figure's HTML as a tree: it is well-formed, but for its line breaks."""
    return ElementTree.fromstring(f"<div>{html.replace('<br>', '<br/>')}</div>")


def words(html):
    """Return its paragraphs as text, lines apart."""
    paragraphs = parsed(html.replace("<br>", "\n")).iter("p")
    return ["".join(part.itertext()) for part in paragraphs]


def texts(html):
    """Return the texts of its drawings, in their order."""
    return ["".join(part.itertext()) for part in parsed(html).iter("text")]


def choices(html):
    """Return what can be chosen: by its name for readers who hear it, what a click sets."""
    found = {}
    for part in parsed(html).iter():
        if part.get("data-set") is not None:
            found[part.get("aria-label") or "".join(part.itertext())] = part.get("data-set")
    return found


def numbers(text):
    """Return the numbers in a text."""
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace("−", "-"))]
