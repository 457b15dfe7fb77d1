"""Makefile: what it calls, and an environment that was left half made."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from run_tests import SITE

MAKEFILE = Path(__file__).parents[1] / "Makefile"

# A Python whose `venv` makes environments with or, like Debian's without python3-venv, without pip.
PYTHON = """#!/bin/sh
test "$1" = -c && exec {python} "$@"
echo "$@" >>{log}
test "$2" = venv || exit 9
for folder; do :; done
mkdir -p "$folder/bin"
printf '#!/bin/sh\\ntest {works} = 1 && test "$1 $2" = "-m pip"\\n' >"$folder/bin/python"
chmod +x "$folder/bin/python"
test {works} = 1
"""


@pytest.fixture
def checkout(tmp_path):
    shutil.copy(MAKEFILE, tmp_path)
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    return tmp_path


def make(checkout, *words, works=None):
    """Run make; `works` says whether its Python can make an environment with pip."""
    words = ["make", *words]
    if works is not None:
        python = checkout / "python3.x"
        content = PYTHON.format(python=sys.executable, log=checkout / "log", works=int(works))
        python.write_text(content)
        python.chmod(0o755)
        words.append(f"PYTHON={python}")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        words, cwd=checkout, env=clean, capture_output=True, text=True, check=False
    )


def test_an_environment_without_pip_is_named_and_made_again(checkout):
    for _ in range(2):
        failed = make(checkout, ".venv/installed", works=False)
        assert failed.returncode != 0 and "apt install python3-venv" in failed.stderr
        assert (checkout / ".venv/bin/python").exists()  # as Debian leaves it
        assert not (checkout / ".venv/installed").exists()
    mended = make(checkout, ".venv/installed", works=True)
    assert mended.returncode == 0, mended.stderr
    assert (checkout / ".venv/installed").exists()


def test_an_environment_with_pip_is_kept(checkout):
    assert make(checkout, ".venv/installed", works=True).returncode == 0
    (checkout / ".venv/mine").touch()
    (checkout / ".venv/installed").unlink()
    assert make(checkout, ".venv/installed", works=True).returncode == 0
    assert (checkout / "log").read_text().splitlines() == ["-m venv --clear .venv"]
    assert (checkout / ".venv/mine").exists()


@pytest.mark.parametrize(
    ("words", "called"),
    [
        (["NET=lenet5"], "record lenet5"),
        (["NET=lenet5", "RECIPE=tuned", "SEED=3"], "record lenet5 --recipe tuned --seeds 3"),
        (["EXPERIMENT=ladder"], "record ladder"),
        (["EXPERIMENT=depths", "SEED=0 1"], "record depths --seeds 0 1"),
    ],
)
def test_records_are_made_by_one_command(checkout, words, called):
    printed = make(checkout, "-n", "-o", ".venv/installed", "records", *words).stdout
    command = " ".join(printed.replace("\\\n", " ").split()).rpartition("-m lessons_src ")[2]
    assert command == called


def test_records_of_nothing_are_refused_with_an_example(checkout):
    refused = make(checkout, "-o", ".venv/installed", "records")
    assert refused.returncode != 0 and "make records EXPERIMENT=ladder" in refused.stdout


def test_all_that_opens_the_site_runs_after_it_is_built():
    uses = re.compile(r"^def \w+\([^)]*\b(?:site|built)\b", re.MULTILINE)
    modules = sorted((MAKEFILE.parent / "tests" / "book").glob("test_*.py"))
    opening = [path for path in modules if uses.search(path.read_text(encoding="utf-8"))]
    assert {path.stem.removeprefix("test_") for path in opening} == {"judging_time", *SITE}
