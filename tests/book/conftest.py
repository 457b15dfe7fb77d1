import os
import shutil
import signal
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from selenium import webdriver
from toc import ROOT

BUILD_SECONDS = 800


@pytest.fixture(scope="session", autouse=True)
def build(request, tmp_path_factory):
    """Start building the site beside the tests that come before its own."""
    if not any("site" in item.fixturenames for item in request.session.items):
        yield None
        return
    output = tmp_path_factory.mktemp("site")
    with (output / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "tools/build_book.py", "--output", output],
            cwd=ROOT,
            env={**os.environ, "LESSONS_BUDGET": "smoke"},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    yield process, output
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Keep requests out of the tests' output."""


@pytest.fixture(scope="session")
def site(build):
    """The address of the built site, served from this machine."""
    process, output = build
    status = process.wait(timeout=BUILD_SECONDS)
    assert status == 0, (output / "log").read_text()[-6000:]
    handler = partial(QuietHandler, directory=output / "_build" / "html")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """Chromium without a network: only this machine's server answers."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        missing = "chromium and chromedriver are not both on the PATH (Debian: chromium-driver)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--window-size=1280,1000",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options, webdriver.ChromeService(driver))
    yield chrome
    chrome.quit()
