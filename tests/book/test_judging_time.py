"""How soon an answer is judged on a slow line by a slow processor."""

import threading
import time
from contextlib import contextmanager

import psutil
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from visits import PAGE, visit

pytestmark = pytest.mark.slow

BYTES_PER_SECOND = 10e6 / 8
SLOWER = 4
FIRST_SECONDS, NEXT_SECONDS = 2, 0.3
TRIES = 3  # the best counts: another program may have had the processor
PERIOD = 0.02  # seconds

# Seconds from the press of the key to the verdict, as the page itself sees them.
TIME_THE_VERDICT = """
const [field, done] = arguments;
const output = field.form.querySelector("output");
const start = performance.now();
new MutationObserver(() => {
    if (!output.textContent.startsWith("Checking")) done((performance.now() - start) / 1000);
}).observe(output, { childList: true });
field.form.requestSubmit();
"""


@pytest.fixture
def uncached(browser):
    """The browser with nothing kept of earlier pages."""
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    yield browser
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": False})


@contextmanager
def slower(browser, times):
    """Halt the browser's pages for all but one of `times` parts of each period, workers included.

    Chromium's own emulation slows the page's thread and leaves its workers as they are.
    """
    browser_process = psutil.Process(browser.service.process.pid)
    pages = [
        process
        for process in browser_process.children(recursive=True)
        if "--type=renderer" in process.cmdline()
    ]
    stop = threading.Event()

    def halt():
        while not stop.is_set():
            for process in pages:
                process.suspend()
            time.sleep(PERIOD * (times - 1) / times)
            for process in pages:
                process.resume()
            time.sleep(PERIOD / times)

    thread = threading.Thread(target=halt)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def slow_line(server):
    server.bytes_per_second = BYTES_PER_SECOND
    yield
    server.bytes_per_second = None


def seconds_to_judge(browser, text):
    """Type an answer to the first exercise of the page, and time its verdict."""
    field = browser.find_element(By.ID, "answer-output_size/1")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text)
    with slower(browser, SLOWER):
        return browser.execute_async_script(TIME_THE_VERDICT, field)


@pytest.mark.usefixtures("slow_line")
def test_the_first_answer_is_judged_within_two_seconds_and_the_next_at_once(uncached, site):
    first, following = [], []
    for _ in range(TRIES):
        uncached.execute_cdp_cmd("Network.clearBrowserCache", {})  # the worker's files lie there
        visit(uncached, f"{site}/{PAGE}")
        WebDriverWait(uncached, 20).until(
            lambda page: page.find_elements(By.ID, "answer-output_size/1")
        )
        first.append(seconds_to_judge(uncached, "14"))
        following.append(seconds_to_judge(uncached, "13"))
        output = uncached.find_element(By.ID, "verdict-output_size/1")
        assert output.text == "right."
    print("first", *(f"{s:.2f}" for s in first), "next", *(f"{s:.3f}" for s in following))
    assert min(first) < FIRST_SECONDS, first
    assert min(following) < NEXT_SECONDS, following
