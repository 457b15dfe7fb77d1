"""What the build remembers of executed pages: their outputs, and from what they were made.

jupyter-cache keeps the outputs of a page under a hash of its cells and misses whatever else the
page depends on. Beside it, `fingerprints.json` holds for each page the hash of the package, the
pins, the data and the budget with which it was last executed.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from jupyter_cache import get_cache


def at_a_time() -> int:
    """Return how many pages are executed at once: two, or one where there is a GPU.

    While one page trains, another one imports, traces or draws. Two do not share a GPU: TensorFlow
    takes all of its memory.
    """
    from lessons_src.runtime import GPUS  # imports TensorFlow, which other builds do without

    return 1 if GPUS else 2


def _with_threads_for(count: int) -> dict[str, str]:
    """Return the environment of each of some pages that are executed at once.

    Two pages of one thread each are done sooner than two whose threads wait for each other.
    """
    if count == 1:
        return dict(os.environ)
    from lessons_src.runtime import usable_cores  # see above

    return {"TF_NUM_INTRAOP_THREADS": str(max(1, usable_cores() // count)), **os.environ}


class ExecutedPages:
    """The executed pages in a folder `_build`.

    Args:
        build: The folder.
        current: The fingerprint of what pages depend on now.
    """

    def __init__(self, build: Path, current: str):
        self.build, self.current = build, current
        self.file = build / "fingerprints.json"
        self.fingerprints = json.loads(self.file.read_text()) if self.file.exists() else {}
        self.cache = get_cache(build / ".jupyter_cache")

    def stale(self) -> set[str]:
        """Return the names of the pages whose outputs were made from something else than now."""
        return {page for page in self._records() if self.fingerprints.get(page) != self.current}

    def lack(self, notebook: Path) -> bool:
        """Say whether no outputs of a notebook's present cells are kept."""
        try:
            self.cache.match_cache_notebook(nbformat.read(notebook, as_version=4))
        except KeyError:
            return True
        return False

    def execute(self, notebooks: list[Path]) -> None:
        """Execute notebooks and keep their outputs; of one that fails nothing is kept.

        The build executes such a page once more and reports the cell that failed.
        """
        if not notebooks:
            return
        count = at_a_time() if len(notebooks) > 1 else 1
        print(f"Executing {len(notebooks)} pages, {count} at a time:", flush=True)
        for notebook in notebooks:
            self.renew(notebook.stem)
        program = Path(__file__).with_name("execute_page.py")
        commands = [
            [sys.executable, program, self.build / ".jupyter_cache", notebook]
            for notebook in reversed(notebooks)  # the long pages are at the end of the book
        ]
        run = partial(subprocess.run, env=_with_threads_for(count))
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(run, commands))

    def renew(self, page: str) -> None:
        """Drop a page's outputs, and note that the next ones are made from what holds now."""
        for record in self._records().get(page, []):
            self.cache.remove_cache(record.pk)
        # Sphinx reads a page again whose doctree is missing.
        (self.build / ".doctrees" / "book" / f"{page}.doctree").unlink(missing_ok=True)
        self.fingerprints[page] = self.current
        self.file.write_text(json.dumps(self.fingerprints, indent=1) + "\n")

    def _records(self) -> dict[str, list]:
        """Return jupyter-cache's records by the name of their page, cells of long ago included."""
        found: dict[str, list] = {}
        for record in self.cache.list_cache_records():
            found.setdefault(Path(record.uri).stem, []).append(record)
        return found
