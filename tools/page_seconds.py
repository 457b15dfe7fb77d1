"""Sphinx extension: after a build, print how many seconds each page took to execute."""

from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx


def print_seconds(app: Sphinx, exception: Exception | None) -> None:
    """Print one line a page, slowest first; a page from the cache shows its recorded time."""
    if exception:
        return
    executed = {
        page: data["exec_data"]["runtime"] or 0.0
        for page, data in NbMetadataCollector.get_doc_data(app.env).items()
        if data.get("exec_data")
    }
    print("\nSeconds to execute each page")
    for page, seconds in sorted(executed.items(), key=lambda item: -item[1]):
        print(f"  {seconds:8.1f}  {page}")
    print(f"  {sum(executed.values()):8.1f}  in all")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", print_seconds)
    return {"parallel_read_safe": True}
