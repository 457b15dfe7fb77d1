"""Sphinx extension: show the pages that an environment variable names without executing them."""

import os

from sphinx.application import Sphinx
from sphinx.config import Config

VARIABLE = "UNEXECUTED_PAGES"


def leave_unexecuted(_: Sphinx, config: Config) -> None:
    """Add the pages to those that MyST-NB passes over."""
    config.nb_execution_excludepatterns = [
        *config.nb_execution_excludepatterns,
        *os.environ.get(VARIABLE, "").split(),
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, before MyST-NB reads its settings."""
    app.connect("config-inited", leave_unexecuted, priority=100)
    return {"parallel_read_safe": True}
