"""make book PAGE=…: one page anew, the others as they were, and the next whole build not fooled."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from toc import ROOT

# Each page writes down that it ran, and shows what the package said then.
CODE = """
from pathlib import Path
with Path("{page}.runs").open("a") as runs:
    runs.write("x")
print("saw", Path("../lessons_src/said.txt").read_text())
"""


class Book:
    """A book of two executed pages, one and two, built by this book's tools."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copy(ROOT / "_config.yml", folder)
        shutil.copytree(ROOT / "tools", folder / "tools")
        (folder / "tools" / "gallery.py").write_text("def draw_gallery(): pass\n")
        shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
        (folder / "book" / "references.bib").touch()
        (folder / "book" / "words.md").write_text("# Words")
        (folder / "requirements.txt").touch()
        (folder / "lessons_src").mkdir()
        if (scripts := ROOT / "_build" / "scripts").exists():  # fetched before: spare the registry
            shutil.copytree(scripts, folder / "_build" / "scripts")
        chapters = [{"file": f"book/{page}"} for page in ("one", "two")]
        toc = {"format": "jb-book", "root": "book/words", "chapters": chapters}
        (folder / "_toc.yml").write_text(json.dumps(toc))
        for page in ("one", "two"):
            self.write(page)

    def write(self, page, more=""):
        """Write a page."""
        cells = [
            {"cell_type": "markdown", "id": "text", "metadata": {}, "source": [f"# {page}"]},
            {
                "cell_type": "code",
                "id": "code",
                "metadata": {},
                "source": [CODE.format(page=page) + more],
                "execution_count": None,
                "outputs": [],
            },
        ]
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        notebook = {"cells": cells, "metadata": {"kernelspec": kernel}}
        path = self.folder / "book" / f"{page}.ipynb"
        path.write_text(json.dumps({**notebook, "nbformat": 4, "nbformat_minor": 5}))

    def say(self, word):
        """Change the package that the pages use."""
        (self.folder / "lessons_src" / "said.txt").write_text(word)

    def build(self, *arguments):
        """Build, and return (runs, the package's word on the page or None) of each page."""
        result = self.run(*arguments)
        assert result.returncode == 0, (result.stdout + result.stderr)[-3000:]
        self.printed = result.stdout
        return [self.seen("one"), self.seen("two")]

    def run(self, *arguments):
        """Call the program that builds; without a GPU it executes two pages at a time."""
        return subprocess.run(
            [sys.executable, self.folder / "tools" / "build_book.py", *arguments],
            env={**os.environ, "LESSONS_BUDGET": "smoke", "CUDA_VISIBLE_DEVICES": "-1"},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    def seen(self, page):
        """Return how often a page ran and what it shows."""
        runs = self.folder / "book" / f"{page}.runs"
        html = (self.folder / "_build" / "html" / "book" / f"{page}.html").read_text()
        shown = re.search(r"^(?:.*>)?saw (\w+)", html, re.MULTILINE)
        return len(runs.read_text()) if runs.exists() else 0, shown and shown[1]


@pytest.fixture
def book(tmp_path):
    return Book(tmp_path)


def test_one_page_is_built_anew_and_the_others_stay_as_they_were(book):
    book.say("hello")
    # Nothing is kept: the other page has nothing to show and is not executed for it.
    assert book.build("--page", "one") == [(1, "hello"), (0, None)]
    assert "Without outputs, never executed as they are: two" in book.printed
    # The whole build executes what it lacks, and that alone.
    assert book.build() == [(1, "hello"), (1, "hello")]
    # A changed package: one page sees it, the other keeps what it showed.
    book.say("goodbye")
    assert book.build("--page", "book/one.ipynb") == [(2, "goodbye"), (1, "hello")]
    assert "Older than the package, the pins, the data or the budget: two" in book.printed
    # The whole build is not fooled.
    assert book.build() == [(2, "goodbye"), (2, "goodbye")]
    # A page changed meanwhile has no outputs of its present cells.
    book.write("two", more="\nprint('more')")
    assert book.build("--page", "one") == [(3, "goodbye"), (2, None)]
    # Cells that are taken back were executed with the package of then.
    book.say("again")
    book.write("two")
    assert book.build() == [(4, "again"), (3, "again")]


def test_two_pages_execute_at_a_time(book):
    waits = """
import time
Path("{page}.here").touch()
end = time.monotonic() + 60
while not Path("{other}.here").exists():
    assert time.monotonic() < end, "{other} has not begun"
    time.sleep(0.05)
"""
    book.write("one", waits.format(page="one", other="two"))
    book.write("two", waits.format(page="two", other="one"))
    book.say("hello")
    assert book.build() == [(1, "hello"), (1, "hello")]


def test_a_failing_page_is_named_and_the_others_are_kept(book):
    book.say("hello")
    book.write("two", more="\nraise ValueError('broken here')")
    result = book.run()
    assert result.returncode != 0
    assert "two: a cell failed" in result.stdout
    assert "broken here" in result.stderr
    book.write("two")
    assert book.build()[0] == (1, "hello")


def test_an_unknown_page_is_refused_with_the_known_ones(book):
    result = subprocess.run(
        [sys.executable, book.folder / "tools" / "build_book.py", "--page", "three"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "No page 'three'; the pages are words, one, two" in result.stderr
