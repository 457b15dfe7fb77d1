"""Every page, opened once in light on a wide screen, and once in dark on a telephone."""

import json
import time
from collections import namedtuple

from lessons_src.exercises import EXERCISES, PREDICTIONS

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from site_scripts import AXE, provide
from toc import PAGES, ROOT
from visits import SECONDS, console, events, failed_requests, load_all_images, shown, visit

pytestmark = pytest.mark.slow

PHONE = 390
MOST_BYTES = 1_500_000  # compressed, of one page, before its reader asks for more
ON_DEMAND = ("fontawesome", "micropython.wasm", "tfjs", ".bin")
AXE_SECONDS = 120

Opened = namedtuple("Opened", "name browser first traffic")

UNNAMED_IMAGES = """
return [...document.querySelectorAll('main img:not(.pictures)')]
    .filter(image => !image.alt.trim()).map(image => image.outerHTML.slice(0, 200));
"""
RAW_MATHEMATICS = r"""
return [...document.querySelectorAll('main .math')]
    .filter(node => /\\\(|\\\[|\\begin/.test(node.innerText)).map(node => node.innerText);
"""
WIDE = """
return [...document.querySelectorAll(
    'main .pst-scrollable-table-container, main .cell_input pre, main .cell_output pre')]
    .filter(box => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
    .map(box => box.innerText.slice(0, 200));
"""
# Results that do not fit their box, but for Keras' drawn table; tables without a box that scrolls.
CUT = """
const wide = element => element.scrollWidth > element.clientWidth + 1 && element.checkVisibility();
const scrolls = element => element.closest('.pst-scrollable-table-container, [role=region]');
const sticksOut = element => element.getBoundingClientRect().right > innerWidth;
return [
    ...[...document.querySelectorAll('main .cell_output pre:not([style*=overflow])')].filter(wide),
    ...[...document.querySelectorAll('main table')].filter(
        table => sticksOut(table) && !scrolls(table)),
].map(element => element.outerHTML.slice(0, 200));
"""
DRAWINGS = """
return [...document.querySelectorAll('main .cell_output .drawing')]
    .filter(drawing => drawing.checkVisibility() && drawing.firstElementChild.naturalWidth >= 800)
    .map(drawing => drawing.getBoundingClientRect().width);
"""
EXERCISES_ASKED = """
const fields = [...document.querySelectorAll("form.exercise textarea")];
return [fields.map((field) => field.id), document.querySelector("main").textContent];
"""
PREDICTIONS_ASKED = """
return [...document.querySelectorAll("form.prediction")].map((form) => {
    const list = form.parentElement.parentElement;
    const labels = [...form.querySelectorAll("label, .label")].map((label) => label.textContent);
    return [list.start + [...list.children].indexOf(form.parentElement), labels];
});
"""
TOO_WIDE = """
const elements = document.querySelectorAll("form.prediction, form.prediction *, .gate, .gate *");
return [...elements, document.documentElement, document.body]
    .filter((element) => element.getBoundingClientRect().left + element.scrollWidth > 390.5)
    .map((element) => element.outerHTML.slice(0, 80));
"""
# Colours change in one step: what axe would see half way is nobody's reading. What is folded opens.
# A word of code has the colour of its class: one of each class is enough, of thousands on a page.
PREPARE = """
const style = document.createElement('style');
style.textContent = '* { transition: none !important; animation: none !important; }';
document.head.append(style);
for (const folded of document.querySelectorAll('main details')) folded.open = true;
const seen = new Set();
for (const word of document.querySelectorAll('.highlight span[class]')) {
    if (seen.has(word.className)) word.replaceWith(...word.childNodes);
    seen.add(word.className);
}
"""
# All rules in light; in dark only colours are others.
ANALYSE = """
const [theme, rules, done] = arguments;
document.documentElement.dataset.theme = theme;
const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
axe.run(document, options).then(({ violations }) => done(violations));
"""


def opened(browser, site, page, **how):
    """Open a page with all of its images; tell what came first, and all that came."""
    visit(browser, f"{site}/{page}.html", **how)
    time.sleep(0.5)  # what comes late counts, too
    first = list(events(browser))
    load_all_images(browser)
    return Opened(page, browser, first, [*first, *events(browser)])


@pytest.fixture(scope="module", params=PAGES)
def light(request, browser, site):
    """A page in light with nothing kept of earlier ones. Its tests run one after the other."""
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    page = opened(browser, site, request.param)
    browser.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": False})
    return page


@pytest.fixture(scope="module", params=PAGES)
def telephone(request, browser, site):
    """A page in dark on a telephone."""
    return opened(browser, site, request.param, theme="dark", width=PHONE)


def is_whole(page, theme):
    browser = page.browser
    assert browser.execute_script("return document.documentElement.dataset.theme") == theme
    assert browser.execute_script("return document.querySelector('main h1').innerText")
    assert failed_requests(page.traffic) == []
    assert console(browser) == ""
    assert browser.execute_script(RAW_MATHEMATICS) == []
    assert browser.execute_script(UNNAMED_IMAGES) == []


def test_it_is_whole_without_a_network(light):
    is_whole(light, "light")


def test_it_loads_no_more_than_a_megabyte_and_a_half(light):
    names, sizes = {}, {}
    for method, parameters in light.first:
        if method == "Network.responseReceived":
            names[parameters["requestId"]] = parameters["response"]["url"]
        elif method == "Network.loadingFinished":
            name = names.get(parameters["requestId"], "")
            sizes[name] = sizes.get(name, 0) + parameters["encodedDataLength"]
    assert 50_000 < sum(sizes.values()) < MOST_BYTES, sizes  # below, the browser did not tell
    assert not any(part in name for part in ON_DEMAND for name in sizes)


def test_nothing_is_cut_beside_two_sidebars(light):
    assert light.browser.execute_script(WIDE) == []


def test_each_exercise_has_an_input_in_place_of_its_cell(light):
    chapter = light.name.removeprefix("book/")
    asked, text = light.browser.execute_script(EXERCISES_ASKED)
    assert asked == [f"answer-{name}" for name in EXERCISES if name.startswith(f"{chapter}/")]
    assert "no answer yet" not in text


def test_every_control_moved_by_keyboard_changes_its_picture(light):
    moved, browser = 0, light.browser
    for form in browser.find_elements(By.CSS_SELECTOR, "form.explorer"):
        start = shown(form)
        assert start
        controls = "input[type=range], input:checked"
        for place in range(len(form.find_elements(By.CSS_SELECTOR, controls))):
            there, back = Keys.ARROW_RIGHT, Keys.ARROW_LEFT
            control = form.find_elements(By.CSS_SELECTOR, controls)[place]
            if control.get_attribute("value") == control.get_attribute("max"):
                there, back = back, there
            control.send_keys(there)
            wait = WebDriverWait(browser, SECONDS)
            wait.until(lambda _, f=form, s=start: shown(f) not in (s, None), f"{start} stayed")
            browser.switch_to.active_element.send_keys(back)
            wait.until(lambda _, f=form, s=start: shown(f) == s, f"{start} is lost")
            moved += 1
    notebook = ROOT / f"{light.name}.ipynb"
    explores = notebook.exists() and '"explore(\\n"' in notebook.read_text(encoding="utf-8")
    assert moved > 0 or not explores


@pytest.fixture(scope="session")
def axe():
    """axe-core's script; nothing of it is in the site."""
    folder = ROOT / "_build" / "tests" / AXE
    provide(AXE, folder)
    return (folder / "axe.min.js").read_text(encoding="utf-8")


def test_axe_finds_nothing_in_light_and_in_dark(light, axe):  # the last one: it unfolds the page
    browser = light.browser
    browser.set_script_timeout(AXE_SECONDS)
    browser.execute_script(PREPARE + axe)
    found = {
        f"{theme}: {violation['id']}: {violation['help']}": [
            f"{node['target']} {node['html'][:200]}" for node in violation["nodes"]
        ]
        for theme, rules in (("light", None), ("dark", ["color-contrast"]))
        for violation in browser.execute_async_script(ANALYSE, theme, rules)
    }
    assert found == {}, json.dumps(found, indent=1)


def test_it_is_whole_in_dark_on_a_telephone(telephone):
    is_whole(telephone, "dark")


def test_it_fits_a_telephone(telephone):
    browser = telephone.browser
    assert browser.execute_script(TOO_WIDE) == []
    assert browser.execute_script(CUT) == []
    widths = browser.execute_script(DRAWINGS)
    assert all(PHONE - 1 <= width <= PHONE for width in widths), widths


def test_each_prediction_has_its_inputs(telephone):
    chapter = telephone.name.removeprefix("book/")
    found = telephone.browser.execute_script(PREDICTIONS_ASKED)
    names = {f"{chapter}/predict/{question}": labels for question, labels in found}
    assert names == {
        name: list(guesses)
        for name, guesses in PREDICTIONS.items()
        if name.startswith(f"{chapter}/")
    }
