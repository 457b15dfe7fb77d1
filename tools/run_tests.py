"""Run every test in two halves, one beside the other, in the smoke budget.

One half executes every page once, builds the site of them, times it, and then asks it in two
browsers at a time. The other, which takes what that leaves of the processor, is all else, a module
at a time in each of two processes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "_build"
BOOK = "tests/book/test_{}.py"
BUILDERS = ("notebooks", "judging_time")
# What opens the site, the longest module first.
SITE = (
    "every_page",
    "answers_in_page",
    "calculator",
    "own_figures",
    "predictions_in_page",
    "reading",
    "site",
)
SHARED = ("--numprocesses", "2", "--dist", "loadfile", "--no-loadscope-reorder")


def pytest(words: Iterable[str], log: IO[str] | None = None, nice: int = 0) -> int:
    """Run pytest and return its exit status.

    Args:
        words: Its arguments.
        log: Where its output goes; None for the terminal.
        nice: How far it steps back for other processes.
    """
    command = ["nice", "-n", str(nice), sys.executable, "-m", "pytest", *words]
    environment = {**os.environ, "TESTED_SITE": str(BUILD / "tested-site")}
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # or each of some hundred processes compiles again
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=log, stderr=log, check=False
    ).returncode


def pages_and_site(log: IO[str]) -> int:
    """Run the half of the pages and the site; return 0 if all of it passed."""
    return pytest(map(BOOK.format, BUILDERS), log) | pytest([*SHARED, *map(BOOK.format, SITE)], log)


def all_else() -> int:
    """Run the other half; return 0 if all of it passed."""
    others = (f"--ignore={BOOK.format(name)}" for name in (*BUILDERS, *SITE))
    return pytest([*SHARED, *others], nice=10)


def main() -> int:
    """Run both halves; return 0 if all tests passed."""
    print("Running the tests in two halves, one beside the other (smoke budget) …", flush=True)
    shutil.rmtree(BUILD / "tested-site", ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    path = BUILD / "pages-and-site.log"
    with path.open("w") as log, ThreadPoolExecutor(1) as pool:
        first = pool.submit(pages_and_site, log)
        failed = all_else() | first.result()
    print(path.read_text())
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
