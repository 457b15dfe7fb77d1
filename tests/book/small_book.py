"""A miniature book, built by this book's tools with this book's settings."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
from nbformat import v4
from site_scripts import WANTED
from toc import ROOT

# Each page writes down that it ran, and shows what the package said then.
CODE = """
from pathlib import Path
with Path("{page}.runs").open("a") as runs:
    runs.write("x")
print("saw", Path("../lessons_src/said.txt").read_text())
"""


class SmallBook:
    """A front page of words and executed pages, in a folder of their own."""

    def __init__(self, folder, *pages):
        self.folder = folder
        shutil.copy(ROOT / "_config.yml", folder)
        shutil.copytree(ROOT / "tools", folder / "tools")
        (folder / "tools" / "gallery.py").write_text("def draw_gallery(): pass\n")
        shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
        (folder / "book" / "references.bib").touch()
        (folder / "requirements.txt").touch()
        (folder / "lessons_src").mkdir()
        for package, (
            _,
            patterns,
        ) in WANTED.items():  # nobody opens these pages: spare the registry
            for pattern in patterns:
                file = folder / "_build" / "scripts" / "npm" / package / pattern.replace("*", "one")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch()
        of_no_package = hashlib.sha256(b"").hexdigest()  # and no page runs a network
        (folder / "_build" / "networks" / of_no_package).mkdir(parents=True)
        toc = {"format": "jb-book", "root": "book/words"}
        if pages:
            toc["chapters"] = [{"file": f"book/{page}"} for page in pages]
        (folder / "_toc.yml").write_text(json.dumps(toc))
        self.say_in_front("Welcome.")
        self.say("hello")
        for page in pages:
            self.write(page)

    def say_in_front(self, text):
        """Write the front page."""
        (self.folder / "book" / "words.md").write_text(f"# Words\n\n{text}")

    def write(self, page, more=""):
        """Write an executed page."""
        cells = [v4.new_markdown_cell(f"# {page}", id="text")]
        cells += [v4.new_code_cell(CODE.format(page=page) + more, id="code")]
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, self.folder / "book" / f"{page}.ipynb")

    def say(self, word):
        """Change the package that the pages use."""
        (self.folder / "lessons_src" / "said.txt").write_text(word)

    def run(self, *arguments, **environment):
        """Call the program that builds; return what it printed and how it ended."""
        return subprocess.run(
            [sys.executable, self.folder / "tools" / "build_book.py", *arguments],
            env={**os.environ, "LESSONS_BUDGET": "smoke", **environment},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    def build(self, *arguments):
        """Build, and return for each page (runs, the package's word on it or None)."""
        result = self.run(*arguments)
        assert result.returncode == 0, (result.stdout + result.stderr)[-3000:]
        self.printed = result.stdout
        return [self.seen(path.stem) for path in sorted(self.folder.glob("book/*.ipynb"))]

    def seen(self, page):
        """Return how often a page ran and what it shows."""
        runs = self.folder / "book" / f"{page}.runs"
        html = (self.folder / "_build" / "html" / "book" / f"{page}.html").read_text()
        shown = re.search(r"^(?:.*>)?saw (\w+)", html, re.MULTILINE)
        return len(runs.read_text()) if runs.exists() else 0, shown and shown[1]
