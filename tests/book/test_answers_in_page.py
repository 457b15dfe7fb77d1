"""The built pages judge answers by the rule and in the words of `check`."""

import ast
import inspect
import re
from pathlib import Path

from lessons_src.exercises import EXERCISES
from lessons_src.exercises.checking import verdict

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from visits import PAGE, judge_all, verdict_in

pytestmark = pytest.mark.slow

SECONDS = 20
STRANGE = ("[[1], [2, 3]]", "float('nan')")


def source(function):
    """Return what its module says before the exercises as a reader could type it: functions."""
    text = Path(inspect.getsourcefile(function)).read_text()
    text = text[: text.index("\nEXERCISES = ")]
    functions = (ast.FunctionDef, ast.Import, ast.ImportFrom)
    kept = [node for node in ast.parse(text).body if isinstance(node, functions)]
    text = "\n\n".join(ast.unparse(node) for node in kept)
    text = re.sub(r"^from lessons_src.*$", "", text, flags=re.MULTILINE)
    text = text.replace("from itertools import pairwise", "pairwise = lambda x: zip(x, x[1:])")
    return text.replace(", strict=True", "")


def questions():
    """Return (exercise, source, function's name) and the words of `check`, for every answer."""
    for name, exercise in EXERCISES.items():
        key = exercise.key()
        for answer in (exercise.answer, *(mistake for mistake, _ in exercise.mistakes)):
            asked = (source(answer), answer.__name__) if callable(answer) else (repr(answer), "")
            yield (name, *asked), verdict(key, answer)
        if not callable(exercise.answer):
            for strange in STRANGE:
                yield (name, strange, ""), verdict(key, eval(strange))


def form(page, exercise):
    return page.find_element(By.ID, f"answer-{exercise}").find_element(By.XPATH, "./ancestor::form")


def answered(page, exercise, text):
    """Type an answer, press Ctrl and Enter, and return the words that appear."""
    element = form(page, exercise)
    field = element.find_element(By.TAG_NAME, "textarea")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text, Keys.CONTROL, Keys.ENTER)
    return verdict_in(page, element)


def test_every_answer_and_mistake_gets_the_words_of_check(page):
    asked, expected = zip(*questions(), strict=True)
    judged = judge_all(page, asked)
    different = [row for row in zip(asked, judged, expected, strict=True) if row[1] != row[2]]
    assert different == []
    print(f"{len(judged)} answers of {len(EXERCISES)} exercises judged as `check` does")


def test_an_answer_is_typed_judged_and_remembered(page):
    assert answered(page, "output_size/1", "14").startswith("not yet. You rounded up")
    assert answered(page, "output_size/1", "(32 - 7) // 2 + 1") == "right."
    page.refresh()
    assert form(page, "output_size/1").find_element(By.TAG_NAME, "output").text == "right."
    assert form(page, "output_size/2").find_element(By.TAG_NAME, "output").text == ""


def test_a_function_is_typed_with_the_indentation_of_the_editor(page):
    field = form(page, "output_size/3").find_element(By.TAG_NAME, "textarea")
    assert field.get_attribute("value") == "def output_size(size, kernel, stride, padding):\n    "
    field.send_keys('if padding == "same":', Keys.ENTER, "return ceil(size / stride)", Keys.ENTER)
    buttons = form(page, "output_size/3").find_elements(By.TAG_NAME, "button")
    next(button for button in buttons if button.text == "Unindent").click()
    field.send_keys("return (size - kernel) // stride + 1")
    buttons[0].click()
    output = form(page, "output_size/3").find_element(By.TAG_NAME, "output")
    WebDriverWait(page, SECONDS).until(lambda _: output.text == "right.")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("while True: pass", "Stopped after 5 seconds"),
        ("while True: print(1)", "Stopped after 5 seconds"),
        ("return output_size(size, kernel, stride, padding)", "yours raises RuntimeError"),
        ("return 1 / 0", "yours raises ZeroDivisionError"),
        ("return np.ceil(size)", "has no NumPy"),
        ("import numpy", "has no NumPy"),
        ("return [0] * 10**9", "yours raises MemoryError"),
        ("return (", "Python says SyntaxError"),
    ],
)
def test_a_function_that_goes_wrong_gets_a_sentence_and_the_page_goes_on(page, body, words):
    head = "def output_size(size, kernel, stride, padding):\n"  # the editor indents
    assert words in answered(page, "output_size/3", head + body)
    assert answered(page, "output_size/1", "13") == "right."


def test_what_a_function_prints_is_shown(page):
    head = "def output_size(size, kernel, stride, padding):\n"  # the editor indents
    assert answered(page, "output_size/3", head + "print('seen', size)").startswith("seen 5\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no answer yet"),
        ("3 +", "Python does not understand this"),
        ("cat", "NameError: name 'cat'"),
        ("__import__", "yours is a function"),
        ("'13'", "yours is '13'"),
    ],
)
def test_odd_answers_get_a_sentence(page, text, words):
    assert words in answered(page, "output_size/1", text)


def test_a_million_characters_get_a_sentence(page):
    field = form(page, "output_size/1").find_element(By.TAG_NAME, "textarea")
    page.execute_script("arguments[0].value = '9'.repeat(1e6)", field)
    field.send_keys(Keys.CONTROL, Keys.ENTER)
    output = form(page, "output_size/1").find_element(By.TAG_NAME, "output")
    WebDriverWait(page, SECONDS).until(lambda _: "at most 10,000 characters" in output.text)


def test_without_a_server_the_page_says_what_to_do(page, built):
    page.get((built.build / "html" / PAGE).as_uri())
    section = page.find_element(By.ID, "exercises").text
    assert "You opened this page as a file" in section
    assert 'check("output_size/1", answer)' in section  # the cell stays as it is


def test_the_front_page_counts_right_answers_and_forgets_them(page, site):
    answered(page, "output_size/1", "13")
    page.get(f"{site}/book/index.html")
    row = page.find_element(By.CSS_SELECTOR, 'main td a[href="output_size.html"]').find_element(
        By.XPATH, "./ancestor::tr"
    )
    assert row.text.endswith("1 of 5")
    page.find_element(By.CSS_SELECTOR, ".progress-note button").click()
    assert row.text.endswith("0 of 5")
    page.get(f"{site}/{PAGE}")
    assert form(page, "output_size/1").find_element(By.TAG_NAME, "output").text == ""


def test_only_the_front_page_counts_exercises(page, site):
    page.get(f"{site}/book/glossary.html")
    heads = [head.text for head in page.find_elements(By.CSS_SELECTOR, "main thead th")]
    assert heads == ["term", "中文", "meaning", "page"]
