"""Pages read well on a telephone, in the dark, on paper, and when an address is wrong."""

import base64
import io
import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from conftest import QuietHandler
from local_server import served
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from toc import NOTEBOOKS, PAGES
from visits import SECONDS, console, events, failed_requests, load_all_images, visit

pytestmark = pytest.mark.slow


def pixels(browser, element):
    """Return (H, W, 3) pixels of an element as the reader sees it."""
    data = base64.b64decode(element.screenshot_as_base64)
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


def blocks(picture, side=8):
    """Return the mean of each block: half a pixel of difference in the layout does not matter."""
    rows, columns = len(picture) // side, picture.shape[1] // side
    cut = picture[: rows * side, : columns * side]
    return cut.reshape(rows, side, columns, side, 3).mean(axis=(1, 3))


def test_a_dark_page_has_light_ink_no_paper_and_photographs_as_they_are(browser, site):
    address = f"{site}/book/cifar10.html"
    seen = {}
    for theme in ("light", "dark"):
        visit(browser, address, theme)
        load_all_images(browser)
        drawing = browser.find_element(By.CSS_SELECTOR, "main .drawing:has(.pictures)")
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", drawing)
        seen[theme] = pixels(browser, drawing)
    light, dark = (blocks(picture) for picture in (seen["light"], seen["dark"]))
    background = browser.execute_script(
        "return getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert np.abs(seen["dark"][2, 2] - background).max() <= 3  # no paper
    kept = np.abs(light - dark).max(axis=2) <= 16
    assert 0.3 < kept.mean() < 0.95  # the photographs, not the ground
    names = seen["dark"][50:-50, :100]  # beside the photographs
    assert np.percentile(names, 99) > 180 and np.median(names) < 40  # light letters, dark ground


def test_tables_and_results_of_a_dark_page_are_dark(browser, site):
    visit(browser, f"{site}/book/vgg16.html", "dark")
    for selector in ("table.dataframe", ".cell_output pre", "form.explorer"):
        element = browser.find_element(By.CSS_SELECTOR, f"main {selector}")
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        assert np.median(pixels(browser, element)) < 80, selector


def test_a_citation_leads_to_its_entry(browser, site):
    visit(browser, f"{site}/book/batch_normalization.html")
    link = browser.find_element(By.PARTIAL_LINK_TEXT, "Ioffe and Szegedy, 2015")
    visit(browser, link.get_attribute("href"))
    entry = browser.find_element(By.CSS_SELECTOR, ":target")
    assert "accelerating deep network training" in entry.text
    assert browser.execute_script("return scrollY") > 500


def test_a_folded_cell_unfolds(browser, site):
    visit(browser, f"{site}/book/batch_normalization.html")
    folded = browser.find_element(By.CSS_SELECTOR, "main div.cell details")
    source = folded.find_element(By.CSS_SELECTOR, "pre")
    assert not source.is_displayed()
    folded.find_element(By.TAG_NAME, "summary").click()
    WebDriverWait(browser, SECONDS).until(lambda _: source.is_displayed())
    assert "import" in source.text


def test_setup_figures_and_interactive_cells_are_folded():
    for path in NOTEBOOKS:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        for cell in code[1:2] + [c for c in code if any(s == "explore(\n" for s in c["source"])]:
            assert "hide-input" in cell["metadata"].get("tags", []), "".join(cell["source"])


HIDDEN_CELLS = """
return [...document.querySelectorAll("main tbody td")]
    .filter((cell) => cell.textContent.trim())
    .filter((cell) => {
        const box = cell.getBoundingClientRect();
        return !cell.checkVisibility() || box.left < 0 || box.right > innerWidth;
    }).map((cell) => cell.textContent);
"""


@pytest.mark.parametrize(("page", "cells"), [("glossary", 200), ("note_map", 200), ("index", 60)])
def test_a_telephone_shows_every_column_of_what_one_looks_up(browser, site, page, cells):
    visit(browser, f"{site}/book/{page}.html", width=390)
    assert len(browser.find_elements(By.CSS_SELECTOR, "main tbody td")) > cells
    assert browser.execute_script(HIDDEN_CELLS) == []


@pytest.fixture
def paper(browser):
    """A function that shows a page as it is printed, in the dark theme."""

    def show(address):
        visit(browser, address, "dark")
        browser.execute_script("dispatchEvent(new Event('beforeprint'))")
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        return browser

    yield show
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_page_is_printed_in_light_without_menus_and_with_addresses(paper, site):
    page = paper(f"{site}/book/output_size.html")
    assert page.execute_script("return document.documentElement.dataset.theme") == "light"
    hidden = "#pst-primary-sidebar, #pst-secondary-sidebar, .bd-header-article, main form button"
    for element in page.find_elements(By.CSS_SELECTOR, hidden):
        assert not element.is_displayed(), element.get_attribute("outerHTML")[:200]
    assert all(
        pre.value_of_css_property("white-space") == "pre-wrap"
        for pre in page.find_elements(By.CSS_SELECTOR, "main .cell_input pre")
    )
    assert page.find_element(By.CSS_SELECTOR, "main details summary").is_displayed()
    page.execute_script("dispatchEvent(new Event('afterprint'))")
    assert page.execute_script("return document.documentElement.dataset.theme") == "dark"
    page = paper(f"{site}/book/references.html")
    link = page.find_element(By.CSS_SELECTOR, "article a[href^=http]")
    printed = page.execute_script("return getComputedStyle(arguments[0], '::after').content", link)
    assert link.get_attribute("href").rstrip("/") in printed or "attr(href)" in printed


@pytest.fixture
def below_a_folder(built):
    """The site as GitHub Pages serves it: in a folder, with 404.html at wrong addresses."""

    class Pages(QuietHandler):
        def translate_path(self, path):
            return super().translate_path(path.removeprefix("/convnet-course"))

        def send_error(self, code, *_):
            content = (built.build / "html" / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(content)

    with served(built.build / "html", Pages) as server:
        server.bytes_per_second = None
        yield f"{server.address}/convnet-course"


@pytest.mark.parametrize("wrong", ["nowhere", "book/old/deep/nowhere.html"])
def test_a_wrong_address_of_any_depth_leads_back_to_the_book(browser, below_a_folder, wrong):
    visit(browser, f"{below_a_folder}/{wrong}")
    assert browser.find_element(By.CSS_SELECTOR, "article h1").text.startswith("No such page")
    failed = [name for name in failed_requests(events(browser)) if wrong not in name]
    assert failed == []
    assert "Uncaught" not in console(browser)
    browser.find_element(By.LINK_TEXT, "front page").click()
    assert browser.current_url == f"{below_a_folder}/book/index.html"
    assert browser.find_element(By.CSS_SELECTOR, "article h1").text.startswith("Convol")


def test_every_page_describes_itself(built):
    descriptions, html = set(), built.build / "html"
    for page in PAGES:
        text = (html / f"{page}.html").read_text(encoding="utf-8")
        tags = BeautifulSoup(text, "html.parser").head.select("meta[content]")
        found = {tag.get("name") or tag.get("property"): tag["content"] for tag in tags}
        assert len(found["description"]) > 20, page
        descriptions.add(found["description"])
        assert found["og:title"] and found["og:url"].endswith(f"/{page}.html")
        assert found["og:image"].startswith("https://")
        with Image.open(html / "_static" / found["og:image"].rsplit("/", 1)[1]) as card:
            assert card.width > 300
    assert len(descriptions) == len(PAGES)
