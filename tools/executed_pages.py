"""What the build remembers of executed pages: their outputs, and from what they were made.

jupyter-cache keeps the outputs of a page under a hash of its cells and misses whatever else the
page depends on. Beside it, `fingerprints.json` holds for each page the hash of the package, the
pins, the data and the budget with which it was last executed.
"""

import json
from pathlib import Path

import nbformat
from jupyter_cache import get_cache


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

    def forget(self, page: str) -> None:
        """Drop a page's outputs, so that the next build executes it, and note from what."""
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
