"""How long a page is for its reader: words, folded or not, and cells whose code is shown."""

import json
import re

FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
ADDRESS = re.compile(r"\]\([^)]*\)")
HIDDEN = {"hide-input", "remove-input", "hide-cell", "remove-cell"}

WORDS_PER_MINUTE = 120  # of a technical text, in a second language, its figures included
MINUTES_PER_CELL = 0.5


def words(notebook):
    """Count the words of a page outside what is folded; a formula is one word."""
    return _count(FOLDED.sub("", _text(notebook)))


def all_words(notebook):
    """Count what stands between spaces on a page, folded or not, addresses and formulas too."""
    return len(_text(notebook).split())


def shown_cells(notebook):
    """Count the cells whose code a reader sees without a click."""
    return len(list(_sources(notebook, "code")))


def reading_minutes(notebook):
    """Estimate the minutes from words and cells, in steps of five."""
    minutes = words(notebook) / WORDS_PER_MINUTE + MINUTES_PER_CELL * shown_cells(notebook)
    return 5 * max(1, round(minutes / 5))


def _text(notebook):
    return "\n\n".join(_sources(notebook, "markdown"))


def _count(text):
    text = ADDRESS.sub("]", FORMULA.sub(" formula ", text))
    return len(re.findall(r"\w[\w’'.,/-]*", text))


def _sources(notebook, kind):
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == kind and not HIDDEN & set(cell["metadata"].get("tags", ())):
            yield "".join(cell["source"])
