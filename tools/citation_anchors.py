"""Sphinx extension: `[Ioffe, 2017](references.md#ioffe2017batch)` leads to that entry of the list.

A notebook holds plain Markdown, whose links can name a page and one of its headings. Here they can
also name an entry of a bibliography by its key; a key that no entry has fails the build, as an
unknown heading does.
"""

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment


def name_entries_after_keys(_: Sphinx, config: Config) -> None:
    """Let the address of an entry be its key."""
    config.bibtex_cite_id = "{key}"


def add_anchors(_: Sphinx, env: BuildEnvironment) -> None:
    """Tell MyST, which resolves the links, of every entry: (line, address, text)."""
    bibliographies = env.get_domain("cite").data["bibliographies"]
    for place, bibliography in bibliographies.items():
        anchors = env.metadata[place.docname].setdefault("myst_slugs", {})
        for key, node in bibliography.citation_nodes.items():
            anchors[key] = (bibliography.line, node["ids"][0], key)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", name_entries_after_keys)
    app.connect("env-updated", add_anchors)
    return {"parallel_read_safe": True}
