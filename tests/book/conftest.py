import gzip
import io
import os
import subprocess
import sys
import threading
import time
from functools import cache
from http import HTTPStatus
from pathlib import Path

from lessons_src.data import load_dataset
from lessons_src.startup_notes import without_startup_notes

import pytest
from headless_browser import chromium
from local_server import QuietFiles, served
from toc import NOTEBOOKS, ROOT
from visits import PAGE

with without_startup_notes():
    from build_book import fingerprint
    from executed_pages import ExecutedPages

BUILD_SECONDS = 800
CHUNK = 16_384
TEXTS = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".py")


@pytest.fixture(scope="session")
def executed(tmp_path_factory):
    """The pages that nbval has executed, in the folder where the site will be made of them.

    The parts of `make test`, each a process, share the folder that TESTED_SITE names.
    """
    shared = os.environ.get("TESTED_SITE")
    build = (Path(shared) if shared else tmp_path_factory.mktemp("site")) / "_build"
    build.mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LESSONS_BUDGET", "smoke")
        pages = ExecutedPages(build, fingerprint(load_dataset().fingerprint))
    for notebook in NOTEBOOKS if not has_site(pages) else ():
        pages.renew(notebook.stem)
    return pages


def has_site(pages):
    """Say whether an earlier part of `make test` has built the site."""
    return (pages.build / "html" / "index.html").exists()


@cache
def compressed(path):
    return gzip.compress(Path(path).read_bytes(), mtime=0)


class QuietHandler(QuietFiles):
    """Serves text compressed, as GitHub Pages does, and only so many bytes per second.

    All requests share the line; `bytes_per_second` is the server's, None for as fast as it goes.
    """

    line = threading.Lock()

    def copyfile(self, source, outputfile):
        if not (rate := self.server.bytes_per_second):
            super().copyfile(source, outputfile)
            return
        while piece := source.read(CHUNK):
            with self.line:
                outputfile.write(piece)
                time.sleep(len(piece) / rate)

    def send_head(self):
        path = self.translate_path(self.path)
        if not path.endswith(TEXTS) or not Path(path).is_file():
            return super().send_head()
        content = compressed(path)
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


@pytest.fixture(scope="session")
def built(executed):
    """The pages, built into the site; those that nbval has not executed are executed now."""
    if has_site(executed):
        return executed
    kept = [notebook.stem for notebook in NOTEBOOKS if not executed.lack(notebook)]
    result = subprocess.run(
        [sys.executable, "tools/build_book.py", "--output", executed.build.parent],
        cwd=ROOT,
        env={**os.environ, "LESSONS_BUDGET": "smoke"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=BUILD_SECONDS,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-6000:]
    assert not any(f"  {page}: " in result.stdout for page in kept), "executed twice"
    return executed


@pytest.fixture(scope="session")
def server(built):
    """A server on this machine that has the built site."""
    with served(built.build / "html", QuietHandler) as server:
        server.bytes_per_second = None
        yield server


@pytest.fixture(scope="session")
def site(server):
    """The address of the built site."""
    return server.address


@pytest.fixture(scope="session")
def browser():
    """Chromium without a network: only this machine's server answers."""
    try:
        chrome = chromium()
    except FileNotFoundError as missing:
        pytest.fail(str(missing)) if os.environ.get("CI") else pytest.skip(str(missing))
    yield chrome
    chrome.quit()


@pytest.fixture
def page(browser, site):
    """The browser on a page with predictions and exercises, and nothing remembered."""
    browser.get(f"{site}/{PAGE}")
    browser.execute_script("localStorage.clear()")
    browser.refresh()
    return browser
