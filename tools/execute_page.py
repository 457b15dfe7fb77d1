"""Execute one notebook and keep its outputs in jupyter-cache, where Jupyter Book finds them."""

import argparse
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from nbformat import NotebookNode

LOCK_SECONDS = 60


def keep(cache: Path, path: Path, executed: NotebookNode, seconds: float) -> None:
    """Put an executed notebook into jupyter-cache, in place of one of the same cells.

    Its widgets stay out: no page of the site has a kernel for them.
    """
    executed.metadata.pop("widgets", None)
    bundle = CacheBundleIn(executed, str(path), data={"execution_seconds": seconds})
    cache.mkdir(parents=True, exist_ok=True)
    # One page at a time: jupyter-cache deletes what another process adds while it counts its pages.
    with closing(sqlite3.connect(cache / "lock.db", timeout=LOCK_SECONDS)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        get_cache(cache).cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def main() -> int:
    """Execute the notebook in its own folder, as Jupyter Book does.

    Returns:
        0 and the outputs are kept, or 1 and nothing is: a cell has failed.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cache", type=Path)
    parser.add_argument("notebook", type=Path)
    arguments = parser.parse_args()
    notebook = nbformat.read(arguments.notebook, as_version=4)
    folder = str(arguments.notebook.parent)
    result = single_nb_execution(
        notebook,
        cwd=folder,
        timeout=None,
        allow_errors=False,
        extra_arguments=["--log-level=ERROR"],  # or every kernel warns of its transport
    )
    if result.err:
        print(f"  {arguments.notebook.stem}: a cell failed", flush=True)
        return 1
    keep(arguments.cache, arguments.notebook, notebook, result.time)
    print(f"  {arguments.notebook.stem}: {result.time:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
