"""The stored checks of every chapter hold, can fail, and nothing else is stored."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from toc import NOTEBOOKS, ROOT

CELL_SECONDS, NOTEBOOK_SECONDS = 300, 600
OFF_BY_ONE = """

_right = conv_output_size


def conv_output_size(*arguments, **options):
    return _right(*arguments, **options) + 1
"""


def nbval(notebook, package):
    """Compare a notebook's checks in the smoke budget, with the package found in that folder."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    command += ["--nbval-lax", "--nbval-current-env", f"--nbval-cell-timeout={CELL_SECONDS}"]
    return subprocess.run(
        [*command, "--rootdir", notebook.parent, "-c", os.devnull, notebook],
        cwd=notebook.parent,
        env={**os.environ, "LESSONS_BUDGET": "smoke", "PYTHONPATH": str(package)},
        timeout=NOTEBOOK_SECONDS,
        capture_output=True,
        text=True,
        check=False,
    )


def tool(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "notebooks.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def broken_package(tmp_path):
    """A copy of the package in which conv_output_size is one too large."""
    package = tmp_path / "lessons_src"
    shutil.copytree(ROOT / "lessons_src", package, ignore=shutil.ignore_patterns("__pycache__"))
    with (package / "arithmetic.py").open("a") as source:
        source.write(OFF_BY_ONE)
    return tmp_path


@pytest.fixture
def check_notebook(tmp_path):
    """A notebook with one check, an unmarked cell with output, and an editor's metadata."""
    code = {"cell_type": "code", "execution_count": 1, "metadata": {"tags": []}}
    printed = {"name": "stdout", "output_type": "stream", "text": ["28\n"]}
    source = "from lessons_src.arithmetic import conv_output_size\n\nprint(conv_output_size(32, 5))"
    check = {**code, "metadata": {"tags": ["nbval-check-output"], "editable": True}}
    cells = [
        {**check, "id": "check", "source": [source], "outputs": [printed]},
        {**code, "id": "other", "source": ["print(28)"], "outputs": [printed]},
    ]
    path = tmp_path / "check.ipynb"
    notebook = {"cells": cells, "metadata": {"toc": 1}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook))
    return path


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_checks_of_a_chapter_hold(notebook):
    result = nbval(notebook, ROOT)
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]


def test_a_chapter_fails_when_its_formula_is_off_by_one(broken_package):
    result = nbval(ROOT / "book" / "03_output_size_and_padding.ipynb", broken_package)
    assert result.returncode == 1, result.stdout[-6000:]


def test_a_stored_output_fails_when_the_formula_is_off_by_one(check_notebook, broken_package):
    assert nbval(check_notebook, ROOT).returncode == 0
    result = nbval(check_notebook, broken_package)
    assert result.returncode == 1
    assert "28" in result.stdout and "29" in result.stdout


def test_stored_notebooks_are_stripped():
    result = tool("check")
    assert result.returncode == 0, result.stderr


def test_check_names_notebook_and_cell(check_notebook):
    result = tool("check", check_notebook)
    assert result.returncode == 1
    assert f"{check_notebook}: cell 2 keeps outputs" in result.stderr


def test_strip_keeps_checks_alone(check_notebook):
    tool("strip", check_notebook)
    check, other = json.loads(check_notebook.read_text())["cells"]
    assert check["outputs"][0]["text"] == ["28\n"] and check["execution_count"] == 1
    assert check["metadata"] == {"tags": ["nbval-check-output"]}
    assert other["outputs"] == [] and other["execution_count"] is None
    assert tool("check", check_notebook).returncode == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"execution_count": None}, "no stored output or count"),
        ({"outputs": []}, "no stored output or count"),
        (
            {"outputs": [{"name": "stdout", "output_type": "stream", "text": "1\n" * 11}]},
            "11 lines",
        ),
        ({"outputs": [{"name": "stderr", "output_type": "stream", "text": "x"}]}, "plain text"),
    ],
)
def test_a_check_that_nbval_could_not_compare_is_refused(check_notebook, change, message):
    tool("strip", check_notebook)
    notebook = json.loads(check_notebook.read_text())
    notebook["cells"][0].update(change)
    check_notebook.write_text(json.dumps(notebook))
    result = tool("check", check_notebook)
    assert result.returncode == 1
    assert f"{check_notebook}: cell 1" in result.stderr and message in result.stderr


def test_refresh_stores_what_the_checks_print_today(check_notebook):
    check_notebook.write_text(check_notebook.read_text().replace("28", "27"))
    result = tool("refresh", check_notebook)
    assert result.returncode == 0, result.stderr
    assert json.loads(check_notebook.read_text())["cells"][0]["outputs"][0]["text"] == ["28\n"]
