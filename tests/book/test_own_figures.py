"""The figures of own numbers in Part I on the built site, by keyboard, and on a telephone."""

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from visits import visit

pytestmark = pytest.mark.slow

SECONDS = 30
# The page, what a key presses, and what the figure says then.
PRESSED = [
    ("convolution", "convolution-1-2", "What is output row 1, column 2?"),
    ("output_size", "output_size-1-1", "Output row 1, column 1 reads rows 2 to 4"),
    ("output_size", "output_size-down", "Output row 1, column 0 reads rows 2 to 4"),
    ("receptive_field", "receptive_field-layer-before", "Unit 3 of layer 2, max 2×2 /2, sees"),
    ("batch_normalization", "batch_normalization-step", "mean stored: 0.99·0.05 + 0.01·5 = "),
    ("pooling", "pooling-1-0", "Output row 1, column 0 is 5, the largest of 5, 5, 5 and 1."),
    ("your_own_pictures", "moved_picture-down", "Row 5, column 6 of the result comes from row "),
]
OVERFLOW = """
const form = document.querySelector("form.own-numbers").getBoundingClientRect();
const parts = [...document.querySelectorAll("form.own-numbers :is(svg, input, button, table)")];
return parts.filter((part) => part.getBoundingClientRect().right > form.right)
    .map((part) => part.outerHTML.slice(0, 80));
"""


def says(browser):
    return browser.find_element(By.CSS_SELECTOR, "form.own-numbers .own-result").text


@pytest.mark.parametrize(("page", "part", "words"), PRESSED)
def test_a_key_chooses_and_the_focus_stays(browser, site, page, part, words):
    visit(browser, f"{site}/book/{page}.html")
    assert words not in says(browser)
    browser.find_element(By.ID, part).send_keys(Keys.ENTER)
    WebDriverWait(browser, SECONDS).until(lambda _: words in says(browser), says(browser))
    assert browser.switch_to.active_element.get_attribute("id") == part


@pytest.mark.parametrize("page", sorted({page for page, _, _ in PRESSED}))
def test_figures_fit_a_telephone(browser, site, page):
    visit(browser, f"{site}/book/{page}.html", width=390)
    assert browser.execute_script(OVERFLOW) == []


def test_an_output_is_shown_when_it_is_guessed(browser, site):
    visit(browser, f"{site}/book/convolution.html")
    guess = browser.find_element(By.NAME, "guess")
    for typed, words in (("7", "7 is too low"), ("8", "Right: output row 0, column 0 is 8.")):
        guess.clear()
        guess.send_keys(typed, Keys.ENTER)
        WebDriverWait(browser, SECONDS).until(lambda _, words=words: words in says(browser))
    browser.find_element(By.ID, "convolution-next").send_keys(Keys.ENTER)
    words = "What is output row 0, column 1?"
    WebDriverWait(browser, SECONDS).until(lambda _: words in says(browser))
    assert guess.get_attribute("value") == ""
