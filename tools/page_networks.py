"""Sphinx extension: the networks that have kept weights, as files that a page runs.

Writes `_static/networks/NAME.json` and `NAME.bin`, and what pages train into `learn/`, again only
if the package changed since. This runs in a process of its own, since TensorFlow would stay in
Sphinx's.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import site_scripts
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

ROOT = Path(__file__).parent.parent
PARTS = ("analysis", "data", "layers", "models", "page_networks", "records")  # of the package
RUN = [sys.executable, str(Path(__file__))]


def fingerprint(package: Path = ROOT / "lessons_src") -> str:
    """Return a hash of all that the networks' files are made from."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for part in PARTS:
        for path in sorted((package / part).rglob("*")):
            if path.suffix in (".py", ".npz"):
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def export(root: Path) -> Path:
    """Make sure that there is a folder with the networks as they are now.

    Args:
        root: Where it lies beside none that is older.

    Returns:
        The folder, to be served as part of `_static`.

    Raises:
        ExtensionError: If a network cannot be exported; says why.
    """
    target = root / fingerprint()
    if target.exists():
        return target
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=root, ignore_cleanup_errors=True) as scratch:
        made = Path(scratch, "made")
        run = subprocess.run(
            [*RUN, str(made / "networks")], capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise ExtensionError(f"the networks of the pages: {run.stderr.strip()}")
        made.rename(target)
    return target


def serve_from(folder: Path) -> None:
    """Write the part of `_static` that a page needs to run networks, for tests and benchmarks.

    Args:
        folder: Where; empty or not there yet.
    """
    scripts = ROOT / "_build" / "scripts" / "npm"  # where the site's build has them
    for package in (site_scripts.TENSORFLOW, site_scripts.WASM, site_scripts.WEBGL):
        site_scripts.provide(package, scripts / package)
        shutil.copytree(scripts / package, folder / "npm" / package)
    site_scripts.write_addresses(folder, "npm")
    shutil.copytree(ROOT / "book" / "_static" / "networks", folder / "networks")
    if problem := main(folder / "networks"):
        raise ExtensionError(problem)


def main(folder: Path) -> str | None:
    """Write the networks' files; return what is wrong, if something is."""
    from lessons_src.startup_notes import without_startup_notes

    with without_startup_notes():
        from lessons_src.data import page_pictures
        from lessons_src.data.cifar10 import CLASS_NAMES
        from lessons_src.errors import BookError
        from lessons_src.page_networks.export import export_networks
        from lessons_src.page_networks.learning import export_learning

        try:
            export_networks(folder, CLASS_NAMES)
            export_learning(folder / "learn", page_pictures.CLASS_NAMES)
            page_pictures.write_pictures(folder / "learn")
        except BookError as error:
            return str(error)
    return None


def add_networks(app: Sphinx, config: Config) -> None:
    """Export, let the site serve the files, and add the script that trains to every page."""
    config.html_static_path.append(str(export(Path(app.srcdir, "_build", "networks"))))
    app.add_js_file("learn.js", type="module")
    app.add_css_file("learn.css")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", add_networks)
    return {"parallel_read_safe": True}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
