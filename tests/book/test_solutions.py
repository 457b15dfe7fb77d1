"""Every exercise of the chapters has a folded solution, and every solution is right."""

import ast
import json
import re
from pathlib import Path

from lessons_src.exercises import EXERCISES, check

import pytest

BOOK = Path(__file__).parents[2] / "book"
SOLUTION = re.compile(r"<summary>Solution</summary>.*?```python\n(.*?)```", re.DOTALL)
CALL = re.compile(r'check\("(\w+/\d)"')


def sources(kind, pages="*"):
    for path in sorted(BOOK.glob(f"{pages}.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == kind:
                yield "".join(cell["source"])


def imported(chapter):
    """Return the names that a chapter's cells import: a reader has no others."""
    names = {}
    for code in sources("code", chapter):
        if "%pip" not in code:
            imports = [
                n for n in ast.parse(code).body if isinstance(n, ast.Import | ast.ImportFrom)
            ]
            exec(compile(ast.Module(imports, []), chapter, "exec"), names)
    return names


SOLUTIONS = {
    CALL.search(code)[1]: code for text in sources("markdown") for code in SOLUTION.findall(text)
}
ASKED = [name for code in sources("code") for name in CALL.findall(code)]


def test_every_exercise_is_asked_once_and_solved():
    assert sorted(ASKED) == sorted(EXERCISES) == sorted(SOLUTIONS)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_right(capsys, name):
    exec(SOLUTIONS[name], imported(name.split("/")[0]))
    assert capsys.readouterr().out == f"{name}: right.\n"


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_needs_no_more_than_the_pages_python_has(capsys, name):
    names = {"check": check}
    exec("import math\nfrom math import *", names)  # as `in_page` does
    exec(SOLUTIONS[name], names)
    assert capsys.readouterr().out == f"{name}: right.\n"
