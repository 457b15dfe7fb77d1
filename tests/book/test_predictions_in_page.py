"""The built pages take predictions, judge them as `verdict` does, and keep the answers folded."""

from lessons_src.exercises import PREDICTIONS
from lessons_src.exercises.checking import verdict

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from visits import PAGE, judge_all, verdict_in

pytestmark = pytest.mark.slow

SECONDS = 20
STRANGE = "float('nan')"


def questions():
    """Return (name, source, "") and the words of `verdict`, for answers, mistakes and oddities."""
    for question, guesses in PREDICTIONS.items():
        for label, guess in guesses.items():
            key = guess.key()
            for answer in (key["answer"], *(mistake for mistake, _ in key["mistakes"])):
                yield (f"{question}/{label}", repr(answer), ""), verdict(key, answer)
            yield (f"{question}/{label}", STRANGE, ""), verdict(key, float("nan"))


def part(page, question, label):
    """Return the element of one number or choice, by what a reader sees."""
    item = page.find_elements(By.CSS_SELECTOR, "#predict > ol > li")[question - 1]
    [found] = [
        element
        for element in item.find_elements(By.CLASS_NAME, "quantity")
        if element.find_element(By.CSS_SELECTOR, "label, .label").text == label
    ]
    return found


def predict(page, question, label, text):
    """Type a number, press Enter, and return the words that appear."""
    element = part(page, question, label)
    field = element.find_element(By.TAG_NAME, "input")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text, Keys.ENTER)
    return verdict_in(page, element)


def predict_all(page):
    predict(page, 1, "side of the output", "3")
    predict(page, 2, "side of the output", "3")
    predict(page, 3, "side of the result", "28 // 2")
    predict(page, 4, "zeros on the left", "1")
    predict(page, 4, "zeros on the right", "1")


def answers(page):
    return page.find_element(By.CSS_SELECTOR, "#predict > details")


def press_answers(page):
    answers(page).find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    return page.find_element(By.CSS_SELECTOR, "#predict .gate")


def test_every_prediction_and_mistake_gets_the_words_of_verdict(page):
    asked, expected = zip(*questions(), strict=True)
    judged = judge_all(page, asked)
    different = [row for row in zip(asked, judged, expected, strict=True) if row[1] != row[2]]
    assert different == []
    count = sum(map(len, PREDICTIONS.values()))
    print(f"{len(judged)} answers to {len(PREDICTIONS)} questions, {count} inputs, judged")


def test_a_number_is_typed_judged_and_remembered(page):
    label = "side of the output"
    assert predict(page, 1, label, "2").startswith("not yet. From the first column to the last")
    assert predict(page, 1, label, "5 - 3 + 1") == "right."
    assert predict(page, 1, label, Keys.DELETE).startswith("no answer yet")  # forgets nothing
    page.refresh()
    element = part(page, 1, label)
    assert element.find_element(By.TAG_NAME, "input").accessible_name == label
    assert element.find_element(By.TAG_NAME, "output").text == "right."
    assert element.find_element(By.TAG_NAME, "input").get_property("value") == "5 - 3 + 1"
    assert part(page, 2, label).find_element(By.TAG_NAME, "output").text == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no answer yet. Type yours"),
        ("3 +", "Python does not understand this"),
        ("1,000", "Python reads 1,000 as several numbers"),
        ("cat", "NameError: name 'cat'"),
        ("sqrt(9)", "right."),
    ],
)
def test_odd_predictions_get_a_sentence(page, text, words):
    assert words in predict(page, 1, "side of the output", text)


def test_one_button_judges_all_that_is_filled_in(page):
    left, right = (part(page, 4, f"zeros on the {side}") for side in ("left", "right"))
    left.find_element(By.TAG_NAME, "input").send_keys("0")
    right.find_element(By.TAG_NAME, "input").send_keys("0")
    right.find_element(By.TAG_NAME, "button").click()
    assert verdict_in(page, left) == "right."
    assert verdict_in(page, right).startswith("not yet. Without any zero")


def test_a_choice_is_pressed_judged_and_remembered(page, site):
    page.get(f"{site}/book/receptive_field.html")
    element = part(page, 4, "the whole picture")
    group = element.find_element(By.CSS_SELECTOR, "[role=group]")
    assert group.accessible_name == "the whole picture"
    yes, no = group.find_elements(By.TAG_NAME, "button")
    yes.send_keys(Keys.SPACE)
    assert verdict_in(page, element).startswith("not yet. Follow the field")
    no.send_keys(Keys.ENTER)
    WebDriverWait(page, SECONDS).until(lambda _: verdict_in(page, element) == "right.")
    page.refresh()
    buttons = part(page, 4, "the whole picture").find_elements(By.TAG_NAME, "button")
    assert [button.get_attribute("aria-pressed") for button in buttons] == ["false", "true"]


def test_the_answers_wait_until_each_question_has_one(page):
    predict(page, 2, "side of the output", "3")
    gate = press_answers(page)
    assert not answers(page).get_property("open")
    assert gate.find_element(By.TAG_NAME, "output").text == "3 questions are open: 1, 3 and 4."
    predict(page, 4, "zeros on the left", "0")
    assert "3 questions" in gate.text  # the right side is open
    predict(page, 4, "zeros on the right", "1")
    WebDriverWait(page, SECONDS).until(lambda _: gate.text.startswith("2 questions are open: 1 "))
    predict(page, 1, "side of the output", "")
    predict(page, 3, "side of the result", "14")
    WebDriverWait(page, SECONDS).until(lambda _: gate.text.startswith("1 question is open: 1."))
    predict(page, 1, "side of the output", "9")  # a wrong answer is one, too
    WebDriverWait(page, SECONDS).until(lambda _: gate.text == "")
    press_answers(page)
    assert answers(page).get_property("open")


def test_the_readers_own_answers_stand_beside_the_answers(page):
    predict_all(page)
    press_answers(page)
    lines = answers(page).find_elements(By.CLASS_NAME, "own-answer")
    assert [line.text for line in lines] == [
        "You answered: side of the output = 3.",
        "You answered: side of the output = 3.",
        "You answered: side of the result = 28 // 2.",
        "You answered: zeros on the left = 1; zeros on the right = 1.",
    ]
    predict(page, 1, "side of the output", "4")
    assert lines[0].text == "You answered: side of the output = 4."


def test_the_answers_open_by_a_button_of_their_own(page):
    gate = press_answers(page)
    gate.parent.switch_to.active_element.send_keys(Keys.TAB)
    button = page.switch_to.active_element
    assert button.text == "Show the answers anyway"
    button.send_keys(Keys.ENTER)
    assert answers(page).get_property("open")
    assert page.switch_to.active_element.text == "Answers"
    assert gate.text == ""


def test_the_front_page_forgets_predictions(page, site):
    predict(page, 1, "side of the output", "3")
    page.get(f"{site}/book/index.html")
    page.find_element(By.CSS_SELECTOR, ".progress-note button").click()
    page.get(f"{site}/{PAGE}")
    assert part(page, 1, "side of the output").find_element(By.TAG_NAME, "output").text == ""


def test_without_a_server_the_answers_fold_as_in_any_page(page, built):
    page.get((built.build / "html" / PAGE).as_uri())
    assert "You opened this page as a file" in page.find_element(By.ID, "predict").text
    assert page.find_elements(By.CSS_SELECTOR, "form.prediction") == []
    answers(page).find_element(By.TAG_NAME, "summary").send_keys(Keys.ENTER)
    assert answers(page).get_property("open")
