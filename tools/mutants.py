"""Put small faults into the package, one at a time, and tell which test sees each.

    python tools/mutants.py                    all faults; the table goes into tests/README.md
    python tools/mutants.py new                those that the table lacks; their rows join it
    python tools/mutants.py training models/   those of these files, by the tests of their package
    python tools/mutants.py check              say which faults no longer fit their files

The faults stand in tests/mutants.toml. Each is tried in a copy of the repository, in a process that
is forked after the slow imports.
"""

import ast
import compileall
import os
import re
import runpy
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "lessons_src"
FAULTS = ROOT / "tests" / "mutants.toml"
TABLE = ROOT / "tests" / "README.md"
LOGS = ROOT / "_build" / "mutants"
NEW = "run python tools/mutants.py new"
TABLE_BEGIN = "<!-- The rest of this file is written by `make mutants`. -->\n"

SECONDS = 900  # a fault may take; what hangs is seen by no test
OPTIONS = ("-x", "-q", "--no-header", "--tb=short", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Fault:
    """One change of one file.

    Attributes:
        file: Path in the package.
        what: The fault in words, for the table.
        old: Text that occurs once in the file.
        new: What takes its place.
    """

    file: str
    what: str
    old: str
    new: str

    def text(self) -> str:
        """Return the file's text as it is."""
        return (PACKAGE / self.file).read_text(encoding="utf-8")

    def mutated(self) -> str:
        """Return the file's text with the fault.

        Raises:
            ValueError: If the old text does not occur exactly once, or the file is none after it.
        """
        text = self.text()
        if (count := text.count(self.old)) != 1:
            raise ValueError(
                f"{self.file}: {self.what}: the old text occurs {count} times, not once; "
                f"bring {FAULTS.name} up to date: {self.old!r}"
            )
        mutated = text.replace(self.old, self.new)
        compile(mutated, self.file, "exec")
        return mutated


def read_faults() -> list[Fault]:
    """Return the faults, by file."""
    files = tomllib.loads(FAULTS.read_text(encoding="utf-8"))
    return [Fault(file, **fault) for file, faults in files.items() for fault in faults]


def problems(faults: Sequence[Fault]) -> list[str]:
    """Say which faults do not fit, which files have none, and whether the table is of others.

    No test does this: it would see every fault of others by a text that is missing.
    """
    found = []
    for fault in faults:
        try:
            if ast.dump(ast.parse(fault.mutated())) == ast.dump(ast.parse(fault.text())):
                found.append(f"{fault.file}: {fault.what}: Python reads the same as before")
        except (ValueError, SyntaxError, OSError) as error:
            found.append(str(error))
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        if "def " in path.read_text(encoding="utf-8") and file not in {f.file for f in faults}:
            found.append(f"{file} has no fault; add one to {FAULTS.name}")
    for what, count in Counter(fault.what for fault in faults).items():
        if count > 1:
            found.append(f"{count} faults are called {what!r}; give each words of its own")
    if gone := read_table().keys() - {fault.what for fault in faults}:
        found.append(f"the table in {TABLE.name} has a fault that is no more, {min(gone)!r}; {NEW}")
    return found


def modules_of_tests(file: str) -> list[list[str]]:
    """Return the test modules in groups, the likeliest to see a fault of the file first.

    Args:
        file: Path in the package, as "training/train.py".
    """
    parts = [part for part in Path(file).with_suffix("").parts if part != "__init__"]
    parts = ["cli"] if parts == ["__main__"] else parts or ["package"]
    modules = sorted(
        path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").glob("test_*.py")
    )
    own = [module for module in modules if module == f"tests/test_{'_'.join(parts)}.py"]
    near = [module for module in modules if module.startswith(f"tests/test_{'_'.join(parts[:1])}")]
    near = [module for module in near if module not in own]
    others = [module for module in modules if module not in own + near]
    return [own, near, [*others, "tests/book/test_solutions.py"]]


def import_what_is_slow() -> None:
    """Import what the tests import, as the package would, and nothing of the package."""
    runpy.run_path(str(PACKAGE / "__init__.py"))  # sets what TensorFlow reads at its import
    import ipywidgets  # noqa: F401
    import keras  # noqa: F401
    import tensorflow  # noqa: F401
    from IPython.display import HTML  # noqa: F401
    from matplotlib import pyplot  # noqa: F401
    from PIL import Image  # noqa: F401


def make_copy(target: Path, fault: Fault | None = None) -> None:
    """Make a copy of the repository, all of it links but for the package and its fault."""
    target.mkdir()
    for path in ROOT.iterdir():
        if path != PACKAGE and path.name not in (".git", "_build"):
            (target / path.name).symlink_to(path)
    shutil.copytree(PACKAGE, target / "lessons_src", copy_function=os.symlink)
    if fault:
        mutated = target / "lessons_src" / fault.file
        mutated.unlink()
        mutated.write_text(fault.mutated(), encoding="utf-8")
        for compiled in (mutated.parent / "__pycache__").glob(f"{mutated.stem}.*"):
            compiled.unlink()


class FirstFailure:
    """A plugin of pytest that keeps the name of the first test that fails."""

    name = ""

    def pytest_runtest_logreport(self, report):
        """Keep a test's name."""
        if report.failed:
            self.name = self.name or report.nodeid

    def pytest_collectreport(self, report):
        """Keep the name of a module that cannot be imported."""
        if report.failed:
            self.name = self.name or report.nodeid


def run_tests(copy: Path, groups: Sequence[Sequence[str]]) -> str:
    """Run groups of tests in a copy until one fails, and return its name. Only in a child."""
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    os.environ["PYTHONPATH"] = str(copy)
    # Compiled files are told apart by size and second alone, so none is kept of a fault.
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    failure = FirstFailure()
    for number, group in enumerate(groups):
        temporary = f"--basetemp={copy / f'tmp{number}'}"
        if group and pytest.main([*OPTIONS, temporary, *group], plugins=[failure]) and failure.name:
            break
    return failure.name


def start(copy: Path, groups: Sequence[Sequence[str]]) -> int:
    """Run tests in a child and return its process id; its output and its answer lie in the copy."""
    sys.stdout.flush()
    if pid := os.fork():
        return pid
    code = 1
    try:
        os.setsid()
        signal.alarm(SECONDS)
        output = os.open(copy / "output", os.O_WRONLY | os.O_CREAT)
        os.dup2(output, 1)
        os.dup2(output, 2)
        (copy / "answer").write_text(run_tests(copy, groups), encoding="utf-8")
        code = 0
    finally:
        sys.stdout.flush()
        os._exit(code)


def tried(
    faults: Sequence[Fault], known: dict[str, str], quick: bool
) -> Iterator[tuple[Fault, str, float]]:
    """Try faults, one for each processor at a time; what pytest says goes to _build/mutants.

    Args:
        faults: The faults.
        known: By what it is, the test that saw a fault the last time, which is tried first.
        quick: Whether to run only the tests of the faulty file's package.

    Yields:
        Each fault with the test that sees it, "" for none, and the seconds it took.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        waiting = list(enumerate(faults, start=1))
        running: dict[int, tuple[Fault, Path, float]] = {}
        while waiting or running:
            while waiting and len(running) < (os.cpu_count() or 1):
                number, fault = waiting.pop(0)
                copy = Path(folder, f"{number:03}")
                make_copy(copy, fault)
                groups = modules_of_tests(fault.file)[: 2 if quick else 3]
                pid = start(copy, [[known[fault.what]] if known.get(fault.what) else [], *groups])
                running[pid] = fault, copy, time.monotonic()
            pid, status = os.wait()
            fault, copy, begin = running.pop(pid)
            end_group(pid)
            shutil.copy(copy / "output", LOGS / f"{copy.name}.txt")
            test = (copy / "answer").read_text(encoding="utf-8") if status == 0 else ""
            shutil.rmtree(copy, ignore_errors=True)
            yield fault, test.partition("[")[0], time.monotonic() - begin


def end_group(pid: int) -> None:
    """End what a child has left running."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def read_table() -> dict[str, str]:
    """Return, by fault, the test that saw it when the table was written, "" for none."""
    rows = re.findall(
        r"^\| `.*?` \| (.*?) \| `?(.*?)`? \|$", TABLE.read_text(encoding="utf-8"), re.M
    )
    return {what: "" if test == "none" else f"tests/{test}" for what, test in rows}


def write_table(seen: dict[Fault, str]) -> None:
    """Write at the end of tests/README.md which test sees which fault, and how many wait."""
    head, _, _ = TABLE.read_text(encoding="utf-8").partition(TABLE_BEGIN)
    caught, untried = sum(map(bool, seen.values())), len(read_faults()) - len(seen)
    lines = [
        f"{caught} of {len(seen)} faults are seen by a test"
        + (f"; {untried} were not tried yet.\n" if untried else ".\n"),
        "| file | fault | first test that sees it |",
        "|---|---|---|",
        *(
            f"| `{fault.file}` | {fault.what} | "
            + (f"`{test.removeprefix('tests/')}` |" if test else "none |")
            for fault, test in seen.items()
        ),
    ]
    TABLE.write_text(head + TABLE_BEGIN + "\n" + "\n".join(lines) + "\n", encoding="utf-8")


def fails_without_a_fault(tests: Sequence[str]) -> str:
    """Return which of the tests fails in the package as it is, or ""."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Path(folder, "copy")
        make_copy(copy)
        pid = start(copy, [sorted(set(tests))])
        os.waitpid(pid, 0)
        end_group(pid)
        return (copy / "answer").read_text(encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Try the faults, print which test sees each, and keep the table if all were tried.

    Returns:
        0 if every fault is seen.
    """
    if list(words) == ["check"]:
        found = problems(read_faults())
        print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
        return 1 if found else 0
    table, new = read_table(), list(words) == ["new"]
    faults = read_faults()
    if new:
        faults = [fault for fault in faults if fault.what not in table]
    elif words:
        faults = [f for f in faults if any(word in f"{f.file} {f.what}" for word in words)]
    for fault in faults:
        fault.mutated()
    compileall.compile_dir(PACKAGE, quiet=1)
    import_what_is_slow()
    begin = time.monotonic()
    seen = dict.fromkeys(faults, "")
    quick = bool(words) and not new
    for number, (fault, test, seconds) in enumerate(tried(faults, table, quick), 1):
        seen[fault] = test
        progress = f"{number:3}/{len(faults)} {seconds:6.1f} s  {fault.file}: {fault.what}"
        print(f"{progress}: {test or 'NONE'}", flush=True)
    if test := fails_without_a_fault([test for test in seen.values() if test]):
        print(f"{test} fails without a fault, too: mend it first", file=sys.stderr)
        return 1
    if not quick:
        write_table({f: seen[f] if f in seen else table[f.what] for f in read_faults()})
    unseen = [fault for fault, test in seen.items() if not test]
    minutes = (time.monotonic() - begin) / 60
    print(f"{len(seen) - len(unseen)} of {len(seen)} faults are seen, in {minutes:.0f} minutes")
    for fault in unseen:
        print(f"no test sees {fault.file}: {fault.what}", file=sys.stderr)
    return 1 if unseen or not faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
