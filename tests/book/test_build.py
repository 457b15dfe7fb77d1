"""A page that raises, or links to nothing, fails the build of the book."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from toc import ROOT


@pytest.fixture
def small_book(tmp_path):
    """A function that builds a book of one page with this book's settings."""

    def build(text, code="print(1)", scripts=ROOT / "_build" / "scripts"):
        shutil.copy(ROOT / "_config.yml", tmp_path)
        (tmp_path / "_toc.yml").write_text("{format: jb-book, root: book/page}")
        shutil.copytree(ROOT / "tools", tmp_path / "tools")
        shutil.copytree(ROOT / "book" / "_static", tmp_path / "book" / "_static")
        (tmp_path / "book" / "references.bib").touch()
        if scripts and scripts.exists():  # fetched before: spare the registry
            shutil.copytree(scripts, tmp_path / "_build" / "scripts")
        cells = [
            {"cell_type": "markdown", "id": "text", "metadata": {}, "source": [text]},
            {
                "cell_type": "code",
                "id": "code",
                "metadata": {},
                "source": [code],
                "execution_count": None,
                "outputs": [],
            },
        ]
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        page = {"cells": cells, "metadata": {"kernelspec": kernel}}
        page |= {"nbformat": 4, "nbformat_minor": 5}
        (tmp_path / "book" / "page.ipynb").write_text(json.dumps(page))
        jupyter_book = Path(sys.executable).with_name("jupyter-book")
        return subprocess.run(
            [jupyter_book, "build", tmp_path, "-W", "-n", "--keep-going"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=200,
            check=False,
        )

    return build


def test_a_sound_page_builds(small_book):
    result = small_book("# Title\n\nA [link](#title) and $x^2$.")
    assert result.returncode == 0, result.stdout[-3000:]


def test_a_cell_that_raises_fails_the_build(small_book):
    result = small_book("# Title", "1 / 0")
    assert result.returncode != 0
    assert "page.ipynb" in result.stdout


def test_a_broken_link_fails_the_build(small_book):
    result = small_book("# Title\n\nA [link](missing.md).")
    assert result.returncode != 0
    assert "missing.md" in result.stdout


def test_an_unknown_reference_fails_the_build(small_book):
    result = small_book("# Title\n\nSee {ref}`missing`.")
    assert result.returncode != 0
    assert "missing" in result.stdout


def test_without_the_registry_the_page_links_the_public_network(small_book, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    result = small_book("# Title\n\n$x^2$", scripts=None)
    assert result.returncode == 0, result.stdout[-3000:]
    assert "pages link https://cdn.jsdelivr.net/npm" in result.stdout


@pytest.fixture
def build_book(monkeypatch, tmp_path):
    """The module tools/build_book.py, working on a small copy of what it hashes."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    module = importlib.import_module("build_book")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "lessons_src").mkdir()
    for name in ("lessons_src/arithmetic.py", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return module


def test_pages_from_another_package_data_or_budget_are_forgotten(build_book, tmp_path, monkeypatch):
    seen = {build_book.fingerprint("cifar10")}
    seen.add(build_book.fingerprint("shapes10"))
    monkeypatch.setenv("LESSONS_BUDGET", "gpu")
    seen.add(build_book.fingerprint("cifar10"))
    for name in ("lessons_src/arithmetic.py", "requirements.txt"):
        (tmp_path / name).write_text("changed")
        seen.add(build_book.fingerprint("cifar10"))
    assert len(seen) == 5
