"""The map of the lecture note, and what its rows say: book/note_map.md."""

import re
import tomllib
from dataclasses import dataclass, field

from toc import ROOT

NOTE = tomllib.loads((ROOT / "tests/fixtures/lecture_note.toml").read_text(encoding="utf-8"))
MAP = (ROOT / "book" / "note_map.md").read_text(encoding="utf-8")
THERE, BACK = MAP.split("\n## ")[1:3]
PAGE = re.compile(r"\]\((\w+)\.(?:ipynb|md)(?:#[^)]*)?\)")


@dataclass
class Places:
    """Where something stands in the note: sections, figures and scripts by their names there."""

    sections: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)


def places(text):
    """Return the places that a text names."""
    return Places(
        set(re.findall(r"(?<![\d.])5\.\d(?:\.\d)?(?![\d.])", text)),
        set(re.findall(r"(?<!\d)5-\d+", text)),
        set(re.findall(r"\bp\d+_\w+\.py", text)),
    )


def rows(text):
    """Return the cells of each row of a text's tables, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    return [row for row in cells if not row[0].startswith(("topic", "page", "the note's"))]


def headings():
    """Return (number, Chinese title, rows) for each heading of the way from the note."""
    found = []
    for part in THERE.split("\n### ")[1:]:
        heading = part.splitlines()[0]
        number, title = heading.split(": ")[0].split(" ", 1)
        found.append((number, title, rows(part)))
    return found


def there():
    """Return, for each page that the note's topics lead to, the places that lead there."""
    found = {}
    for number, _, topics in headings():
        for topic, figure, links in topics:
            named = places(f"{topic} {figure}")
            for page in PAGE.findall(links):
                of = found.setdefault(page, Places())
                of.sections.add(number)
                of.figures |= named.figures
                of.scripts |= named.scripts
    return found


def back():
    """Return (page, places, what the book adds) for each row of the way back."""
    return [(PAGE.search(page)[1], places(note), added) for page, note, added in rows(BACK)]
