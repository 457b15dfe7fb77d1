"""The built site in a real browser, with the network cut off."""

import json
from urllib.parse import urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from toc import NOTEBOOKS, PAGES

pytestmark = pytest.mark.slow

SECONDS = 30
LIGHT_BACKGROUND = 200  # of 255: a figure drawn for white paper is legible on it

# Mathematics is typeset, and every widget that the page announces is drawn.
READY = """
const widgets = document.querySelectorAll(
    'script[type="application/vnd.jupyter.widget-view+json"]').length;
const drawn = document.querySelectorAll('main .jupyter-widgets').length;
const loaded = [...document.images].every(image => image.complete);
const mathematics = !document.querySelector('.math') || document.querySelector('mjx-container');
return document.readyState === 'complete' && loaded && mathematics && (!widgets || drawn);
"""
UNNAMED_IMAGES = """
return [...document.querySelectorAll('main img')]
    .filter(image => !image.alt.trim()).map(image => image.outerHTML.slice(0, 200));
"""
RAW_MATHEMATICS = r"""
return [...document.querySelectorAll('main .math')]
    .filter(node => /\\\(|\\\[|\\begin/.test(node.innerText)).map(node => node.innerText);
"""
# Elements too faint to read (WCAG contrast below 4.5) and pictures without a light ground.
ILLEGIBLE = """
const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
const ground = node => {
    for (; node; node = node.parentElement) {
        const colour = rgb(getComputedStyle(node).backgroundColor);
        if (colour.length < 4 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
};
const luminance = colour => colour.slice(0, 3)
    .map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = node => {
    const two = [rgb(getComputedStyle(node).color), ground(node)].map(luminance);
    return (Math.max(...two) + 0.05) / (Math.min(...two) + 0.05);
};
const text = [...document.querySelectorAll(
    'main h1, main h2, main p, main li, main td, main th, main summary, main pre, '
    + 'main .widget-label, main .widget-readout')];
const pictures = [...document.querySelectorAll('main img')];
return [
    ...text.filter(node => node.checkVisibility() && node.innerText.trim() && contrast(node) < 4.5),
    ...pictures.filter(node => node.checkVisibility() && Math.min(...ground(node)) < arguments[0]),
].map(node => node.outerHTML.slice(0, 200));
"""


def visit(browser, address, theme="light", width=1280):
    """Open a page and wait until everything on it is drawn."""
    features = [{"name": "prefers-color-scheme", "value": theme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    browser.get_log("browser"), browser.get_log("performance")
    browser.get(address)
    WebDriverWait(browser, SECONDS).until(lambda page: page.execute_script(READY))


def console(browser):
    """Return the errors of the page's console since the page was opened."""
    log = browser.get_log("browser")
    return "\n".join(entry["message"] for entry in log if entry["level"] == "SEVERE")


def failed_requests(browser):
    """List the requests that failed or went to another host since the page was opened."""
    failed = []
    for entry in browser.get_log("performance"):
        event = json.loads(entry["message"])["message"]
        parameters = event["params"]
        if event["method"] == "Network.requestWillBeSent":
            address = urlsplit(parameters["request"]["url"])
            if address.scheme in ("http", "https") and address.hostname != "127.0.0.1":
                failed.append(address.geturl())
        elif event["method"] == "Network.loadingFailed":
            failed.append(parameters["errorText"])
        elif event["method"] == "Network.responseReceived":
            response = parameters["response"]
            failed += [response["url"]] if response["status"] >= 400 else []
    return failed


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_is_whole_without_a_network(browser, site, page, theme):
    visit(browser, f"{site}/{page}.html", theme)
    assert browser.execute_script("return document.documentElement.dataset.theme") == theme
    assert browser.execute_script("return document.querySelector('main h1').innerText")
    assert failed_requests(browser) == []
    assert console(browser) == ""
    assert browser.execute_script(RAW_MATHEMATICS) == []
    assert browser.execute_script(UNNAMED_IMAGES) == []
    assert browser.execute_script(ILLEGIBLE, LIGHT_BACKGROUND) == []


@pytest.mark.parametrize("page", PAGES)
def test_page_fits_a_telephone(browser, site, page):
    visit(browser, f"{site}/{page}.html", width=390)
    widths = "return [document.documentElement.scrollWidth, document.body.scrollWidth, innerWidth]"
    assert max(browser.execute_script(widths)) <= 390


def test_menu_opens_on_a_telephone(browser, site):
    visit(browser, f"{site}/{PAGES[-1]}.html", width=390)
    chapter = browser.find_element(By.CSS_SELECTOR, ".bd-sidebar-primary .bd-links a")
    assert not chapter.is_displayed()
    buttons = browser.find_elements(By.CSS_SELECTOR, ".primary-toggle")
    next(button for button in buttons if button.is_displayed()).click()
    WebDriverWait(browser, SECONDS).until(
        lambda _: browser.find_elements(By.CSS_SELECTOR, "dialog[open] .bd-links a")
    )


def test_no_cell_warns(built):
    executed = list(built.build.glob(".jupyter_cache/executed/*/base.ipynb"))
    assert len(executed) == len(NOTEBOOKS)
    for path in executed:
        for cell in json.loads(path.read_text())["cells"]:
            for written in cell.get("outputs", []):
                assert "Warning:" not in "".join(written.get("text", "")), cell["source"]


def test_front_page_leads_to_the_book(browser, site):
    browser.get(f"{site}/index.html")
    WebDriverWait(browser, SECONDS).until(
        lambda page: page.current_url.endswith(f"{PAGES[0]}.html")
    )


def shown(browser):
    """Return what each visible picture of the page's widgets says it shows."""
    pictures = browser.find_elements(By.CSS_SELECTOR, "main .jupyter-widgets img")
    return [picture.get_attribute("alt") for picture in pictures if picture.is_displayed()]


def test_every_module_of_the_package_shows_its_docstrings(browser, site):
    visit(browser, f"{site}/book/reference.html")
    modules = browser.find_elements(By.CSS_SELECTOR, "main section section")
    assert len(modules) > 10
    for module in modules:
        assert module.find_elements(By.CSS_SELECTOR, "dl.py dd p"), module.text


def test_every_slider_moved_by_keyboard_changes_its_picture(browser, site):
    moved = 0
    for page in PAGES:
        visit(browser, f"{site}/{page}.html")
        start = shown(browser)
        for handle in browser.find_elements(By.CSS_SELECTOR, "main .noUi-handle"):
            at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
            there, back = Keys.ARROW_RIGHT, Keys.ARROW_LEFT
            if at_end:
                there, back = back, there
            handle.send_keys(there)
            name = handle.find_element(By.XPATH, "ancestor::*[contains(@class, 'slider')][last()]")
            wait = WebDriverWait(browser, SECONDS)
            wait.until(
                lambda _, start=start: shown(browser) != start,
                f"{page}: {name.text} moved, {start} stayed",
            )
            handle.send_keys(back)
            wait.until(
                lambda _, start=start: shown(browser) == start,
                f"{page}: {name.text} moved back in vain",
            )
            moved += 1
    assert moved, "no page has a slider"
