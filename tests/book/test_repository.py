"""One command names the repository everywhere, and a check finds any other name."""

import shutil
import subprocess
import sys

import pytest
from toc import NOTEBOOKS, ROOT


@pytest.fixture
def tool(tmp_path):
    """A function that runs the tool in a copy of the files that name the repository."""
    (tmp_path / "tools").mkdir()
    (tmp_path / "book").mkdir()
    for name in ("pyproject.toml", "_config.yml", "README.md", "tools/repository.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for page in [*NOTEBOOKS, *(ROOT / "book").glob("*.md")]:
        shutil.copy(page, tmp_path / "book")

    def run(*arguments):
        return subprocess.run(
            [sys.executable, tmp_path / "tools" / "repository.py", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_this_book_names_one_repository(tool):
    result = tool("check")
    assert result.returncode == 0, result.stderr


def test_set_changes_every_address(tool, tmp_path):
    assert tool("set", "https://github.com/someone/another.course").returncode == 0
    texts = [path.read_text() for path in [*tmp_path.glob("*.*"), *tmp_path.glob("book/*.ipynb")]]
    assert not any("convnet-course" in text for text in texts)
    assert all("github.com/someone/another.course" in text for text in texts)
    assert tool("check").returncode == 0


@pytest.mark.parametrize("url", ["", "someone/course", "https://gitlab.com/someone/course"])
def test_another_form_of_address_is_refused(tool, tmp_path, url):
    before = (tmp_path / "pyproject.toml").read_text()
    result = tool("set", url)
    assert result.returncode == 1 and "https://github.com/owner/name" in result.stderr
    assert (tmp_path / "pyproject.toml").read_text() == before


def test_check_finds_a_notebook_of_another_repository(tool, tmp_path):
    notebook = tmp_path / "book" / NOTEBOOKS[0].name
    text = notebook.read_text()
    notebook.write_text(text.replace("git+https://github.com/", "git+https://github.com/x"))
    result = tool("check")
    assert result.returncode == 1 and notebook.name in result.stderr


def test_check_finds_a_notebook_without_bootstrap_cell(tool, tmp_path):
    notebook = tmp_path / "book" / NOTEBOOKS[0].name
    notebook.write_text(notebook.read_text().replace('"colab"', '"other"'))
    result = tool("check")
    assert result.returncode == 1 and f"{notebook.name}: its first code cell" in result.stderr
