"""The built site in a real browser, with the network cut off."""

import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from toc import NOTEBOOKS, PAGES
from visits import SECONDS, console, events, failed_requests, load_all_images, shown, visit

pytestmark = pytest.mark.slow

LOOKING = {  # pages with a network that looks at pictures, and what it is called
    "index": "Fast11",
    "six_steps": "Baseline",
    "lenet5": "LeNet5",
    "alexnet8": "thin AlexNet8",
    "vgg16": "thin VGG16",
    "inception10": "Inception10",
    "resnet18": "thin ResNet14",
    "what_it_learned": "Fast11",
}
SLIDERS = "book/pooling"  # a page with sliders, the first of them for a size


@pytest.mark.parametrize("page", LOOKING)
def test_a_network_looks_at_a_sample(browser, site, page):
    visit(browser, f"{site}/book/{page}.html")
    WebDriverWait(browser, SECONDS).until(
        lambda _: browser.find_elements(By.CSS_SELECTOR, "form.own-picture[data-live]")
    )
    [sample] = browser.find_elements(By.CSS_SELECTOR, "[data-sample]:first-of-type")
    browser.execute_script("arguments[0].scrollIntoView()", sample)
    sample.send_keys(Keys.ENTER)
    status = browser.find_element(By.CSS_SELECTOR, ".own-status")
    WebDriverWait(browser, SECONDS).until(lambda _: f"{LOOKING[page]} says:" in status.text)
    assert failed_requests(events(browser)) == []
    assert console(browser) == ""


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


def test_an_old_address_leads_to_the_same_section(browser, site):
    browser.get(f"{site}/book/06_pooling.html#exercises")
    WebDriverWait(browser, SECONDS).until(
        lambda page: page.current_url.endswith("/book/pooling.html#exercises")
    )


def test_every_module_of_the_package_shows_its_docstrings(browser, site):
    visit(browser, f"{site}/book/reference.html")
    modules = browser.find_elements(By.CSS_SELECTOR, "main section section")
    assert len(modules) > 10
    for module in modules:
        assert module.find_elements(By.CSS_SELECTOR, "dl.py dd p"), module.text


def test_a_slider_says_where_it_stands(browser, site):
    visit(browser, f"{site}/{SLIDERS}.html")
    slider = browser.find_element(By.CSS_SELECTOR, "form.explorer input[type=range]")
    assert slider.accessible_name.startswith("size") and slider.aria_role == "slider"
    slider.send_keys(Keys.ARROW_RIGHT)
    label = slider.find_element(By.XPATH, "..")
    assert label.text.split() == ["size", "3"]
    assert slider.get_attribute("aria-valuetext") == "3"


def test_frames_load_with_the_first_move(browser, site):
    visit(browser, f"{site}/{SLIDERS}.html")
    loaded = (
        "return performance.getEntriesByType('resource').filter("
        "entry => entry.name.includes('/_images/')).length"
    )
    before = browser.execute_script(loaded)
    browser.find_element(By.CSS_SELECTOR, "form.explorer input[type=range]").send_keys(
        Keys.ARROW_RIGHT
    )
    frames = browser.execute_script(
        "return document.querySelector('form.explorer template').content.children.length"
    )
    assert before < frames
    WebDriverWait(browser, SECONDS).until(
        lambda page: page.execute_script(loaded) >= frames, "the other frames did not follow"
    )


def test_a_figure_answers_in_a_page_opened_as_a_file(browser, built):
    visit(browser, (built.build / "html" / f"{SLIDERS}.html").as_uri())
    load_all_images(browser)
    form = browser.find_element(By.CSS_SELECTOR, "form.explorer")
    start = shown(form)
    form.find_element(By.CSS_SELECTOR, "input[type=range]").send_keys(Keys.ARROW_RIGHT)
    WebDriverWait(browser, SECONDS).until(lambda _: shown(form) not in (start, None))
