"""Keep the notebooks as the repository stores them.

Outputs and counts stand only in cells tagged `nbval-check-output`: nbval compares those with what
the cell prints today, and compares nothing where the count is missing. All else is stripped.

    python tools/notebooks.py strip            rewrite every notebook of the book
    python tools/notebooks.py check            say what differs, change nothing
    python tools/notebooks.py refresh FILE …   execute, and store what the check cells print
"""

import argparse
import copy
import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

BOOK = Path(__file__).parent.parent / "book"
CHECK_TAG = "nbval-check-output"
MAX_LINES = 10
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def is_check(cell: NotebookNode) -> bool:
    """Say whether a cell's stored output is compared by nbval."""
    return CHECK_TAG in cell.metadata.get("tags", [])


def strip(notebook: NotebookNode) -> None:
    """Remove from a notebook what an execution or an editor left behind."""
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(KERNEL))
    for cell in notebook.cells:
        cell.metadata = NotebookNode({k: v for k, v in cell.metadata.items() if k == "tags"})
        if cell.cell_type == "code" and not is_check(cell):
            cell.outputs, cell.execution_count = [], None


def output_text(output: NotebookNode) -> str | None:
    """Return what an output says, None when it is more than plain text on standard output."""
    if output.output_type == "stream" and output.name == "stdout":
        return output.text
    if output.output_type == "execute_result" and set(output.data) == {"text/plain"}:
        return output.data["text/plain"]
    return None


def problem(cell: NotebookNode) -> str | None:
    """Say what is wrong with a check cell, None when nbval can compare it."""
    if not cell.outputs or cell.execution_count is None:
        return "has no stored output or count: run `tools/notebooks.py refresh` on it"
    texts = [output_text(output) for output in cell.outputs]
    if None in texts:
        return "may store only plain text printed on standard output"
    lines = len("".join(text or "" for text in texts).splitlines())
    if lines > MAX_LINES:
        return f"stores {lines} lines: print at most {MAX_LINES}"
    return None


def problems(path: Path) -> list[str]:
    """List what is wrong with a stored notebook, each with its name and cell."""
    notebook = nbformat.read(path, as_version=4)
    found = [
        f"{path}: cell {number} {reason}"
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code" and is_check(cell) and (reason := problem(cell))
    ]
    stored = copy.deepcopy(notebook.cells)
    strip(notebook)
    for number, (old, new) in enumerate(zip(stored, notebook.cells, strict=True), start=1):
        if old != new:
            found.append(f"{path}: cell {number} keeps outputs or metadata: run `strip` on it")
    if not found and nbformat.writes(notebook) + "\n" != path.read_text(encoding="utf-8"):
        found.append(f"{path}: its metadata or its layout is not normalized: run `strip` on it")
    return found


def write(path: Path, notebook: NotebookNode) -> None:
    """Write a notebook in the one layout, whole or not at all."""
    draft = path.with_suffix(".draft")
    draft.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    draft.replace(path)


def refresh(path: Path) -> None:
    """Execute a notebook in the smoke budget and store what its check cells print."""
    notebook = nbformat.read(path, as_version=4)
    os.environ["LESSONS_BUDGET"] = "smoke"
    NotebookClient(
        notebook,
        kernel_name="python3",
        coalesce_streams=True,  # or the same text is stored in other pieces each time
        resources={"metadata": {"path": BOOK}},
    ).execute()
    strip(notebook)
    write(path, notebook)


def main() -> int:
    """Run one of the three commands.

    Returns:
        1 when `check` (or `refresh`, afterwards) finds a problem, else 0.
    """
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["strip", "check", "refresh"])
    parser.add_argument("files", nargs="*", type=Path, help="default: every notebook of the book")
    arguments = parser.parse_args()
    found = []
    for path in arguments.files or sorted(BOOK.glob("*.ipynb")):
        if arguments.command == "strip":
            notebook = nbformat.read(path, as_version=4)
            strip(notebook)
            write(path, notebook)
            continue
        if arguments.command == "refresh":
            print(f"{path}: executing …", flush=True)
            refresh(path)
        found += problems(path)
    print(*found, sep="\n", end="\n" if found else "", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
