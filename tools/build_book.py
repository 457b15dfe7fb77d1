"""Execute the notebooks and build the site, saying first which images the pages show."""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from lessons_src.startup_notes import without_startup_notes

with without_startup_notes():
    from lessons_src.data import load_dataset
    from lessons_src.errors import DatasetError

    import unexecuted_pages
    from executed_pages import ExecutedPages
    from gallery import draw_gallery
    from sphinx_external_toc.parsing import parse_toc_yaml

ROOT = Path(__file__).parent.parent


def fingerprint(dataset: str) -> str:
    """Return a hash of what pages depend on and jupyter-cache, which hashes cells, misses."""
    digest = hashlib.sha256(f"{dataset} {os.environ.get('LESSONS_BUDGET')}".encode())
    package = (path for path in (ROOT / "lessons_src").rglob("*") if path.suffix != ".pyc")
    for path in sorted([*filter(Path.is_file, package), ROOT / "requirements.txt"]):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def plan(
    pages: ExecutedPages, notebooks: list[Path], only: str | None
) -> tuple[list[Path], list[Path]]:
    """Choose the notebooks to execute, and say what that leaves as it was.

    Args:
        pages: What is known of the pages executed before.
        notebooks: The book's.
        only: Name of the one page to execute; None for all that are stale.

    Returns:
        The notebooks to execute, and those to show without outputs: with `only`, the ones that have
        none to show.
    """
    stale = pages.stale() & {notebook.stem for notebook in notebooks}
    if only is None:
        if stale:
            print("The package, the pins, the data or the budget changed: executing again", end=" ")
            print(", ".join(sorted(stale)))
        return [book for book in notebooks if book.stem in stale or pages.lack(book)], []
    others = [notebook for notebook in notebooks if notebook.stem != only]
    bare = [notebook for notebook in others if pages.lack(notebook)]
    print(f"Executing {only} alone; the other pages keep their outputs.")
    if old := sorted(stale - {only, *(notebook.stem for notebook in bare)}):
        print(f"Older than the package, the pins, the data or the budget: {', '.join(old)}")
    if bare:
        print("Without outputs, never executed as they are:", end=" ")
        print(", ".join(notebook.stem for notebook in bare))
    return [notebook for notebook in notebooks if notebook.stem == only], bare


def main() -> int:
    """Build the book.

    Returns:
        The exit status of jupyter-book: 0 when every page executed and every link resolved.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT, help="where _build is made")
    parser.add_argument("--page", help="execute this page alone; the others keep their outputs")
    arguments = parser.parse_args()
    output, only = arguments.output.resolve(), arguments.page and Path(arguments.page).stem
    names = [Path(name).stem for name in parse_toc_yaml(ROOT / "_toc.yml")]
    if only and only not in names:
        print(f"No page {only!r}; the pages are {', '.join(names)}", file=sys.stderr)
        return 1
    print("Looking for CIFAR-10 …", flush=True)
    try:
        dataset = load_dataset()
    except DatasetError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"The pages show {dataset.title} ({dataset.source}).", flush=True)
    (output / "_build").mkdir(parents=True, exist_ok=True)
    pages = ExecutedPages(output / "_build", fingerprint(dataset.fingerprint))
    notebooks = [path for name in names if (path := ROOT / "book" / f"{name}.ipynb").exists()]
    to_execute, bare = plan(pages, notebooks, only)
    draw_gallery()
    pages.execute(to_execute)
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    command = [jupyter_book, "build", ROOT, "-W", "-n", "--keep-going", "--path-output", output]
    unexecuted = " ".join(f"book/{notebook.name}" for notebook in bare)
    environment = {**os.environ, unexecuted_pages.VARIABLE: unexecuted}
    status = subprocess.run(command, check=False, env=environment).returncode
    if status:
        print("The book was not built: see the messages above.", file=sys.stderr)
    else:
        shown = f"book/{only}.html" if only else "index.html"
        print(f"\nThe book: {output / '_build' / 'html' / shown}")
    return status


if __name__ == "__main__":
    with without_startup_notes():
        sys.exit(main())
