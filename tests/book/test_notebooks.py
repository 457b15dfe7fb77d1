"""The stored checks of every chapter hold, can fail, and nothing else is stored."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from executed_pages import ExecutedPages, at_a_time
from nbformat import v4
from toc import NOTEBOOKS, ROOT

pytestmark = pytest.mark.slow

CELL_SECONDS, NOTEBOOK_SECONDS = 300, 600
OFF_BY_ONE = """

_right = conv_output_size


def conv_output_size(*arguments, **options):
    return _right(*arguments, **options) + 1
"""


def nbval(notebook, *options, package=ROOT, keep_in=None):
    """Execute a notebook in the smoke budget and compare its checks.

    Args:
        package: Folder in which the notebook finds lessons_src.
        keep_in: The ExecutedPages where the outputs of a faultless notebook are kept.
    """
    path = [str(folder) for folder in (package, ROOT / "tools", Path(__file__).parent)]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    command += ["--nbval-lax", "--nbval-current-env", f"--nbval-cell-timeout={CELL_SECONDS}"]
    if keep_in:
        command += ["-p", "kept_outputs", "--keep-outputs", keep_in.build / ".jupyter_cache"]
    return subprocess.run(
        [*command, *options, "--rootdir", notebook.parent, "-c", os.devnull, notebook],
        cwd=notebook.parent,
        env={**os.environ, "LESSONS_BUDGET": "smoke", "PYTHONPATH": os.pathsep.join(path)},
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
    source = "from lessons_src.arithmetic import conv_output_size\n\nprint(conv_output_size(32, 5))"
    printed = {"outputs": [v4.new_output("stream", text="28\n")], "execution_count": 1}
    check = {"tags": ["nbval-check-output"], "editable": True}
    cells = [
        v4.new_code_cell(source, id="check", metadata=check, **printed),
        v4.new_code_cell("print(28)", id="other", metadata={"tags": []}, **printed),
    ]
    path = tmp_path / "check.ipynb"
    nbformat.write(v4.new_notebook(cells=cells, metadata={"toc": 1}), path)
    return path


@pytest.fixture(scope="module")
def results(request, executed):
    """What nbval says of each chosen chapter, when it is done: as many at a time as in a build."""
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    chosen = [call.params["notebook"] for call in calls if call and "notebook" in call.params]
    with ThreadPoolExecutor(at_a_time()) as pool:
        yield {notebook: pool.submit(nbval, notebook, keep_in=executed) for notebook in chosen}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_checks_of_a_chapter_hold(notebook, results):
    result = results[notebook].result()
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]


def test_a_chapter_fails_when_its_formula_is_off_by_one(broken_package):
    chapter = ROOT / "book" / "output_size.ipynb"
    result = nbval(chapter, "--exitfirst", package=broken_package)
    assert result.returncode == 1, result.stdout[-6000:]


def test_a_stored_output_fails_when_the_formula_is_off_by_one(check_notebook, broken_package):
    assert nbval(check_notebook).returncode == 0
    result = nbval(check_notebook, package=broken_package)
    assert result.returncode == 1
    assert "28" in result.stdout and "29" in result.stdout


def test_what_nbval_executes_is_kept_unless_a_check_fails(tmp_path):
    path, pages = tmp_path / "page.ipynb", ExecutedPages(tmp_path, "now")
    slider = "from ipywidgets import IntSlider\n\nprint('a', end='')\nIntSlider(3)"
    check = {"metadata": {"tags": ["nbval-check-output"]}, "execution_count": 1}
    for stored, kept in (("other", False), ("a", True)):
        outputs = [v4.new_output("stream", text=stored)]
        cells = [v4.new_markdown_cell("Text"), v4.new_code_cell(slider)]
        cells.append(v4.new_code_cell("print('a', end='')", outputs=outputs, **check))
        nbformat.write(v4.new_notebook(cells=cells), path)
        result = nbval(path, keep_in=pages)
        assert result.returncode == (0 if kept else 1), result.stdout[-6000:]
        assert pages.lack(path) != kept
    _, shown = pages.cache.merge_match_into_notebook(nbformat.read(path, as_version=4))
    assert [output.output_type for output in shown.cells[1].outputs] == ["stream", "execute_result"]
    assert "widgets" not in shown.metadata  # their state would lie in each page


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
