"""Sphinx extension: the pages judge answers and compute figures themselves, as the package does.

Writes into `_static/exported` what the scripts of the pages read: in one file the modules of the
package that run in the page's Python, with the exercises and predictions as data, and which page
asks what.
"""

import json
import re
import shutil
from pathlib import Path

import lessons_src
from lessons_src.exercises import EXERCISES, PREDICTIONS

import nbformat
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx_external_toc.parsing import parse_toc_yaml

PACKAGE = Path(lessons_src.__file__).parent
MODULES = ("arithmetic.py", "exercises/checking.py", "exercises/in_page.py")
CHECK = re.compile(r'^check\("(\w+/\d+)"', re.MULTILINE)


def exercises_of(notebook: Path) -> list[str]:
    """Return the exercises of a notebook."""
    cells = nbformat.read(notebook, as_version=4).cells
    return CHECK.findall("\n".join(cell.source for cell in cells if cell.cell_type == "code"))


def python_files() -> dict[str, str]:
    """Return the text of each module of the package that runs in the page's Python, by its path."""
    paths = [*map(PACKAGE.joinpath, MODULES), *sorted(PACKAGE.glob("page_figures/[!_]*.py"))]
    return {path.relative_to(PACKAGE.parent).as_posix(): path.read_text("utf-8") for path in paths}


def predictions_of(notebook: Path) -> dict[int, list[dict]]:
    """Return by question what a page shows of its chapter's predictions: all but the answers."""
    questions = {}
    for name, guesses in PREDICTIONS.items():
        chapter, _, question = name.split("/")
        if notebook.stem == chapter:
            questions[int(question)] = [
                {
                    "name": f"{name}/{label}",
                    "label": label,
                    "choices": guess.choices or None,
                    "whole": isinstance(guess.answer, int) and 0 <= guess.answer < 100,
                }
                for label, guess in guesses.items()
            ]
    return questions


def export(root: Path, folder: Path) -> None:
    """Write the files.

    Args:
        root: Of the book.
        folder: Where; what was there is removed.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pages: dict[str, list[str]] = {}
    predictions: dict[str, dict] = {}
    for page in parse_toc_yaml(root / "_toc.yml"):
        if (notebook := root / f"{page}.ipynb").exists():
            pages[page], predictions[page] = exercises_of(notebook), predictions_of(notebook)
    keys = {name: EXERCISES[name].key() for names in pages.values() for name in names}
    for question, guesses in PREDICTIONS.items():
        keys |= {f"{question}/{label}": guess.key() for label, guess in guesses.items()}
    files = python_files() | {"keys.py": f"KEYS = {keys!r}\n"}
    folder.mkdir(parents=True)
    (folder / "python.json").write_text(json.dumps(files))
    for file, name, values in (
        ("pages.js", "PAGES", pages),
        ("predictions.js", "PREDICTIONS", predictions),
    ):
        kept = {page: of_page for page, of_page in values.items() if of_page}
        (folder / file).write_text(f"export const {name} = {json.dumps(kept)};\n")


def add_exercises(app: Sphinx, config: Config) -> None:
    """Export, and add the scripts and their styles to every page."""
    static = Path(app.srcdir, "_build", "exported")
    export(Path(app.srcdir), static / "exported")
    config.html_static_path.append(str(static))
    app.add_js_file("exercises.js", type="module")
    app.add_js_file("predictions.js", type="module")
    app.add_js_file("front_page.js", type="module")
    app.add_js_file("own_numbers.js", type="module")
    app.add_css_file("own_numbers.css")
    app.add_css_file("predictions.css")
    app.add_js_file("opened_as_file.js")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", add_exercises)
    return {"parallel_read_safe": True}
