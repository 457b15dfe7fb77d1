"""Figures of own numbers in a real browser: one page that holds the figure of the tests."""

import json
import shutil
import sys
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

from lessons_src.interactive import own_numbers

import figure_of_tests
import page_python
import pytest
from local_server import served
from page_exercises import python_files
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from toc import ROOT

pytestmark = pytest.mark.slow

SECONDS = 30
STATIC = ROOT / "book" / "_static"
PAGE = """<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A page</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="_static/own_numbers.css">
<main>{}</main>
<script src="_static/opened_as_file.js"></script>
<script type="module" src="_static/own_numbers.js"></script></html>"""


class Noting(SimpleHTTPRequestHandler):
    """Serves files, and notes their paths in place of printing them."""

    paths: ClassVar[list] = []

    def log_message(self, *_):
        self.paths.append(self.path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A page with the figure, and the files that the site's build would put beside it."""
    folder = tmp_path_factory.mktemp("page")
    static = folder / "_static"
    shutil.copytree(STATIC, static, ignore=shutil.ignore_patterns("gallery"))
    page_python.run("result = ''")  # fetches MicroPython
    shutil.copytree(page_python.FOLDER, static / "micropython")
    (static / "micropython.js").write_text(
        'export const MICROPYTHON = "micropython/micropython.mjs";'
    )
    figure = Path(figure_of_tests.__file__).read_text()
    files = python_files() | {"lessons_src/page_figures/tests.py": figure}
    (static / "exported").mkdir()
    (static / "exported" / "python.json").write_text(json.dumps(files))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "lessons_src.page_figures.tests", figure_of_tests)
        html = own_numbers("tests")._repr_mimebundle_()["text/html"]
    (folder / "index.html").write_text(PAGE.format(html))
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with served(folder, Noting) as server:
        yield f"{server.address}/index.html"


@pytest.fixture
def page(browser, address):
    browser.get("about:blank")
    browser.get(address)
    return browser


def field(page, name):
    return page.find_element(By.NAME, name)


def shown(page):
    return page.find_element(By.CSS_SELECTOR, ".own-result").text


def wait_for(page, words):
    WebDriverWait(page, SECONDS).until(lambda _: words in shown(page), f"{words}: {shown(page)}")


def retype(page, name, text):
    field(page, name).send_keys(Keys.CONTROL, "a")
    field(page, name).send_keys(text)


def test_python_arrives_with_the_first_change(page):
    WebDriverWait(page, SECONDS).until(lambda _: page.find_element(By.ID, "more").is_displayed())
    assert shown(page).startswith("3 10.5 valid two")
    assert "/_static/exported/python.json" not in Noting.paths
    retype(page, "side", "4")
    wait_for(page, "4 10.5 valid two")
    assert "/_static/exported/python.json" in Noting.paths


def test_every_kind_of_field_changes_the_figure(page):
    retype(page, "bias", "-1")
    retype(page, "map.1.1", "0.25")
    page.find_element(By.CSS_SELECTOR, "input[value=same]").click()
    retype(page, "words", "<img src=x onerror=alert(1)>")
    wait_for(page, "3 5.25 same <img src=x onerror=alert(1)>")
    assert page.find_elements(By.CSS_SELECTOR, ".own-result img") == []


def test_the_last_of_many_changes_is_shown_and_heard(page):
    for side in range(20, 30):
        page.execute_script("arguments[0].value = arguments[1]", field(page, "side"), str(side))
        field(page, "side").send_keys(Keys.ENTER)
    wait_for(page, "29 10.5")
    assert "29 10.5" in page.find_element(By.CSS_SELECTOR, ".own-status").get_attribute("innerText")


@pytest.mark.parametrize("key", [Keys.ENTER, " ", None])
def test_parts_of_a_drawing_set_fields_by_mouse_and_by_keyboard(page, key):
    part = page.find_element(By.CSS_SELECTOR, "rect")
    assert (part.get_attribute("role"), part.accessible_name) == ("button", "five")
    part.send_keys(key) if key else part.click()
    wait_for(page, "5 10.5")
    assert field(page, "side").get_attribute("value") == "5"


def test_a_button_keeps_the_focus_when_the_figure_is_drawn_anew(page):
    for side in (4, 5, 6):
        button = page.find_element(By.ID, "more")
        button.send_keys(Keys.ENTER)
        wait_for(page, f"{side} 10.5")
        assert page.switch_to.active_element.get_attribute("id") == "more"


def test_a_preset_fills_fields(page):
    page.find_element(By.XPATH, "//button[.='ones']").click()
    wait_for(page, "3 9.5")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Side: a whole number from 1 to 99 is needed, not nothing."),
        ("cat", 'not "cat".'),
        ("nan", 'not "nan".'),
        ("3 +", 'not "3 +".'),
        ("__import__('os')", "is needed, not"),
        ("1" * 50, "1111…"),
        ("13", "13 is <unlucky>"),
        ("66", "Stopped after 5 seconds"),
    ],
)
def test_odd_numbers_get_a_sentence_and_the_page_goes_on(page, text, words):
    page.execute_script("arguments[0].value = arguments[1]", field(page, "side"), text)
    field(page, "side").send_keys(Keys.ENTER)
    wait_for(page, words)
    retype(page, "side", "8")
    wait_for(page, "8 10.5")


def test_a_million_characters_get_a_sentence(page):
    page.execute_script("arguments[0].value = '9'.repeat(1e6)", field(page, "words"))
    field(page, "side").send_keys(Keys.ENTER)
    wait_for(page, "Words: at most 10,000 characters, not 1,000,000.")


def test_a_link_holds_what_the_fields_hold(page, address):
    retype(page, "words", "a & b\nc=%")
    retype(page, "side", "7")
    wait_for(page, "7 10.5")
    page.find_element(By.CSS_SELECTOR, "[data-copy]").click()
    WebDriverWait(page, SECONDS).until(lambda _: "#" in page.current_url)
    link = page.current_url
    copied = page.find_element(By.CSS_SELECTOR, ".own-copied")
    WebDriverWait(page, SECONDS).until(lambda _: "link" in copied.text)
    page.get("about:blank")
    page.get(link)
    wait_for(page, "7 10.5 valid a & b")
    assert field(page, "words").get_attribute("value") == "a & b\nc=%"
    page.get(link.replace("side=7", "side=9"))  # the same page: its address changes alone
    wait_for(page, "9 10.5")


@pytest.mark.parametrize(
    "change",
    [
        lambda link: link.removesuffix("&end="),
        lambda link: link[:-20],
        lambda link: link.replace("side=", "seite="),
        lambda link: link.replace("padding=valid", "padding=none"),
        lambda link: link.replace("bias=0.5&", ""),
        lambda link: link.split("?")[0] + "?",
    ],
)
def test_a_damaged_link_says_so(page, change):
    page.find_element(By.CSS_SELECTOR, "[data-copy]").click()
    WebDriverWait(page, SECONDS).until(lambda _: "#" in page.current_url)
    link = change(page.current_url)
    page.get("about:blank")
    page.get(link)
    wait_for(page, "The link to this figure is damaged")
    retype(page, "side", "8")
    wait_for(page, "8 10.5")


def test_without_webassembly_a_sentence_says_so(page, address):
    script = {"source": "delete globalThis.WebAssembly"}
    added = page.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", script)
    page.get("about:blank")
    page.get(address)
    page.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    retype(page, "side", "8")
    wait_for(page, "This browser cannot compute the figure")


def test_opened_as_a_file_the_figure_stands_and_a_sentence_says_what_to_do(browser, folder):
    browser.get((folder / "index.html").as_uri())
    assert shown(browser).startswith("3 10.5 valid two") and "+" not in shown(browser)
    main = browser.find_element(By.TAG_NAME, "main").text
    assert "You opened this page as a file, so it cannot compute this figure" in main
