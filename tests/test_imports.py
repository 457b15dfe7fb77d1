"""Imports go one way: each part of the package may use those before it in ORDER, none after."""

import ast
import subprocess
import sys
from pathlib import Path

import lessons_src

import pytest

PACKAGE = Path(lessons_src.__file__).parent
ORDER = (
    *(
        "errors",
        "messages",
        "startup_notes",
        "text_table",
        "files",
        "arithmetic",
        "page_figures",
        "pictures",
        "runtime",
    ),
    *("layers", "models", "records", "analysis", "page_networks"),
    *("figures", "interactive", "exercises", "reports"),  # what a page shows needs no training
    *("data", "training", "saving", "experiments", "predict", "bench", "speeds", "__main__"),
)
PARTS = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
PARTS |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def imported(path):
    """Return the parts of the package that a file imports, other than for its type hints."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    conditions = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
    hints = [node for node in conditions if ast.unparse(node.test) == "TYPE_CHECKING"]
    skipped = {id(n) for hint in hints for n in ast.walk(hint)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in skipped:
            assert node.level == 0, f"{path}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("lessons_src.")}
    return found


def test_every_part_has_its_place():
    assert set(ORDER) == PARTS


@pytest.mark.parametrize("part", ORDER)
def test_a_part_imports_only_those_before_it(part):
    files = [*(PACKAGE / part).rglob("*.py"), *PACKAGE.glob(f"{part}.py")]
    allowed = {part, *ORDER[: ORDER.index(part)]}
    for file in files:
        assert imported(file) <= allowed, file


def test_only_one_module_of_figures_turns_them_into_html():
    figures = (PACKAGE / "figures").glob("*.py")
    found = {p.name for p in figures if "from IPython" in p.read_text(encoding="utf-8")}
    assert found == {"output.py"}


def test_what_a_page_shows_is_there_without_tensorflow():
    code = "import sys\nfrom lessons_src import exercises, figures, interactive, records, reports\n"
    code += "print(*sorted({'tensorflow', 'keras', 'h5py'} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "\n"
