"""Opening a page in the browser, and what the browser noticed meanwhile."""

import json
from urllib.parse import urlsplit

from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

SECONDS, VERDICT_SECONDS = 30, 20
PAGE = "book/output_size.html"  # has predictions and exercises of every kind
JUDGE_ALL = """
const [questions, done] = arguments;
import(new URL("_static/judge.js", location.origin + "/").href).then(async ({ judge }) => {
    const results = [];
    for (const question of questions) results.push(await judge(...question));
    done(results);
});
"""

# Everything on the first screen has arrived, and mathematics is typeset.
READY = """
const arrived = [...document.images].every(
    image => image.complete || image.loading === 'lazy' && !nearScreen(image));
const mathematics = !document.querySelector('.math') || document.querySelector('mjx-container');
return document.readyState === 'complete' && arrived && mathematics;

function nearScreen(image) {
    const box = image.getBoundingClientRect();
    return image.checkVisibility() && box.top < innerHeight && box.bottom > 0;
}
"""

SHOWN = """
const frame = arguments[0].querySelector('.frame');
const image = frame.querySelector('img:not(.pictures)');
if (!image) return frame.innerText;
return image.complete && image.naturalWidth ? image.alt : null;
"""


def visit(browser, address, theme="light", width=1280):
    """Open a page and wait until everything on its first screen is drawn."""
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get_log("browser"), browser.get_log("performance")
    browser.get(address)
    WebDriverWait(browser, SECONDS).until(lambda page: page.execute_script(READY))


def shown(form):
    """Return what the visible frame of an interactive figure says it shows, once it is there."""
    return form.parent.execute_script(SHOWN, form)


def load_all_images(browser):
    """Load also the pictures far below, as if the reader had scrolled there."""
    browser.execute_script("for (const image of document.images) image.loading = 'eager'")
    complete = "return [...document.images].every(image => image.complete)"
    WebDriverWait(browser, SECONDS).until(lambda page: page.execute_script(complete))


def judge_all(page, questions):
    """Return what the page says to answers: of (exercise, source, name of the function) each."""
    page.set_script_timeout(10 * VERDICT_SECONDS)
    return [result["words"] for result in page.execute_async_script(JUDGE_ALL, questions)]


def verdict_in(page, element):
    """Return the words in an element's output once the answer is judged."""
    finished = lambda _: element.get_attribute("data-state") not in (None, "busy")  # noqa: E731
    WebDriverWait(page, VERDICT_SECONDS).until(finished)
    return element.find_element(By.TAG_NAME, "output").text


def events(browser):
    """Return (method, parameters) of what happened on the network since the last question."""
    for entry in browser.get_log("performance"):
        event = json.loads(entry["message"])["message"]
        yield event["method"], event["params"]


def console(browser):
    """Return the errors of the page's console since the page was opened."""
    log = browser.get_log("browser")
    return "\n".join(entry["message"] for entry in log if entry["level"] == "SEVERE")


def failed_requests(traffic):
    """List the requests that failed or went to another host, of `events`."""
    failed = []
    for method, parameters in traffic:
        if method == "Network.requestWillBeSent":
            address = urlsplit(parameters["request"]["url"])
            if address.scheme in ("http", "https") and address.hostname != "127.0.0.1":
                failed.append(address.geturl())
        elif method == "Network.loadingFailed":
            failed.append(parameters["errorText"])
        elif method == "Network.responseReceived":
            response = parameters["response"]
            failed += [response["url"]] if response["status"] >= 400 else []
    return failed
