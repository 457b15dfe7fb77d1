"""The calculator on the built page: the book's networks, refused stacks, a link, the keyboard."""

from urllib.parse import parse_qs

from lessons_src.analysis import layer_table, stack_text
from lessons_src.models import MODELS, build_model
from lessons_src.page_figures.stack import follow

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = pytest.mark.slow

SECONDS = 30
REFUSED = (
    *(
        "conv 6 kernel 50",
        "conv 6 kernel 5\nconv 6 kernel 0",
        "max pool 2 padding full",
        "dense 10",
    ),
    *("branches\nmax pool 2\nbranch\nadd", "branches", "nonsense", "9" * 9000, "flatten\nflatten"),
)
TABLE = """
return [...document.querySelectorAll('.own-result tr')].map(
    row => [...row.cells].map(cell => cell.innerText.replace(/\\s+/g, ' ').trim()));
"""
FOCUSED = "return document.activeElement.ariaLabel ?? document.activeElement.id"
WIDTHS = "return [document.documentElement.scrollWidth, document.body.scrollWidth]"


@pytest.fixture
def page(browser, site):
    browser.get("about:blank")
    browser.get(f"{site}/book/calculator.html")
    WebDriverWait(browser, SECONDS).until(
        lambda _: browser.find_element(By.CSS_SELECTOR, "form[data-live]")
    )
    return browser


def words(page):
    return page.find_element(By.CSS_SELECTOR, ".own-result").text


def wait_for(page, text):
    WebDriverWait(page, SECONDS).until(lambda _: text in words(page), text)


def wait_for_focus(page, name):
    WebDriverWait(page, SECONDS).until(lambda _: page.execute_script(FOCUSED) == name, name)


def put(page, name, text):
    """Fill a field, and have the figure computed."""
    field = page.find_element(By.NAME, name)
    page.execute_script("arguments[0].value = arguments[1]", field, text)
    page.find_element(By.NAME, "size").send_keys(Keys.ENTER)


def press(page, name):
    """Press a button by the keyboard."""
    named = f"@aria-label='{name}' or (not(@aria-label) and .='{name}')"
    page.find_element(By.XPATH, f"//form//button[{named}]").send_keys(Keys.ENTER)


def test_the_page_shows_lenet5_before_python_arrives(page):
    assert page.execute_script(TABLE)[-1] == ["total", "", "62,006", "651,720", ""]


def test_the_networks_have_the_numbers_of_their_layer_tables_and_of_arithmetic(page):
    for name in MODELS:
        model = build_model(name)
        table, (rows, _) = layer_table(model), follow(stack_text(model), side=32, channels=3)
        press(page, name)
        wait_for(page, f"{table.params:,} parameters")
        _, *found, total = page.execute_script(TABLE)
        assert total == ["total", "", f"{table.params:,}", f"{table.macs:,}", ""]
        assert [cells[1] for cells in found] == ["×".join(f"{n:,}" for n in r.shape) for r in rows]
        assert [cells[2:4] for cells in found] == [[f"{r.params():,}", f"{r.macs:,}"] for r in rows]
        fields = [r.field for r in rows if r.field]
        assert [cells[5:] for cells in found if cells[5] != "–"] == [
            [str(field.size), str(field.jump), str(field.offset)] for field in fields
        ]


def test_impossible_stacks_are_refused_in_the_words_of_a_kernel(page):
    for stack in REFUSED:
        put(page, "layers", stack)
        wait_for(page, follow(stack, side=32, channels=3)[1])


def test_a_stack_is_built_and_changed_by_keyboard_alone(page):
    put(page, "layers", "")
    wait_for(page, "There are no layers yet.")
    press(page, "Add conv")
    wait_for(page, "448 parameters")
    press(page, "Add flatten after line 1")
    wait_for(page, "16,384")
    press(page, "Change line 1")
    wait_for_focus(page, "own-calculator-chosen")
    for kernel in (4, 5):
        press(page, "kernel +1")
        wait_for(page, f"Line 1, conv 16 kernel {kernel} same. {kernel}²·3·16")
        wait_for_focus(page, "kernel +1")
    press(page, "padding valid")
    wait_for(page, "28×28×16")
    press(page, "Done with the line")
    wait_for_focus(page, "Change line 1")
    field = page.find_element(By.NAME, "layers")
    assert field.get_attribute("value") == "conv 16 kernel 5\nflatten"


def test_a_link_holds_the_stack(page, site):
    press(page, "resnet18")
    wait_for(page, "11,183,562 parameters")
    press(page, "Copy a link to these numbers")
    WebDriverWait(page, SECONDS).until(lambda _: "#" in page.current_url)
    link = page.current_url
    stack = parse_qs(link.split("?")[1])["layers"][0]
    assert stack == stack_text(build_model("resnet18"))
    page.get("about:blank")
    page.get(link)
    wait_for(page, "11,183,562 parameters")
    page.get("about:blank")
    page.get(link[:-200])
    wait_for(page, "The link to this figure is damaged")


def test_on_a_telephone_the_table_scrolls_within_its_region(page):
    screen = {"width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    press(page, "inception10")
    wait_for(page, "121,418 parameters")
    assert max(page.execute_script(WIDTHS)) <= 390
    region = page.find_element(By.CSS_SELECTOR, ".own-result [role=region]")
    assert (region.get_attribute("tabindex"), region.accessible_name) == (
        "0", "Table of the layers",
    )  # fmt: skip
    region.send_keys(Keys.ARROW_RIGHT * 3)
    scrolled = "return document.querySelector('.own-result [role=region]').scrollLeft"
    WebDriverWait(page, SECONDS).until(lambda _: page.execute_script(scrolled) > 0)
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
