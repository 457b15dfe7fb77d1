"""lessons_src.interactive.form: controls and frames as HTML."""

import json
from html.parser import HTMLParser
from itertools import product

from lessons_src.interactive.form import form

import pytest

VALUES = {"hidden_units": [1, 2, 3], "padding": ["<valid>", "same"]}
SLIDERS = {"hidden_units": True, "padding": False}
FRAMES = [f"<p>{units} {padding}</p>" for units, padding in product("123", ["valid", "same"])]


class Page(HTMLParser):
    """Collects the tags with their attributes, and the texts, outside and inside the template."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts, self.inside = [], {False: [], True: []}, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.inside |= tag == "template"
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        self.inside &= tag != "template"

    def handle_data(self, data):
        self.texts[self.inside].append(data.strip())

    def all(self, wanted, **having):
        return [a for tag, a in self.tags if tag == wanted and having.items() <= a.items()]


@pytest.mark.parametrize(("start", "shown"), [([0, 0], "1 valid"), ([2, 1], "3 same")])
def test_it_shows_the_frame_of_the_start_and_keeps_the_others(start, shown):
    page = Page(form(VALUES, start, SLIDERS, FRAMES))
    assert page.texts[False][-1] == shown
    assert page.texts[True] == [f"{u} {p}" for u, p in product("123", ["valid", "same"])]


def test_a_slider_says_its_name_and_where_it_stands():
    page = Page(form(VALUES, [1, 0], SLIDERS, FRAMES))
    [slider] = page.all("input", type="range")
    assert (slider["max"], slider["value"], slider["aria-valuetext"]) == ("2", "1", "2")
    assert json.loads(slider["data-labels"]) == ["1", "2", "3"]
    assert page.texts[False][:3] == ["hidden units", "", "2"]


def test_buttons_have_a_legend_and_one_of_them_is_pressed():
    page = Page(form(VALUES, [0, 1], SLIDERS, FRAMES))
    pressed = ["checked" in button for button in page.all("input", type="radio", name="padding")]
    assert pressed == [False, True]
    assert page.texts[False][3:8] == ["padding", "", "<valid>", "", "same"]


def test_equal_frames_are_kept_once_and_every_combination_knows_its_own():
    frames = ["<p>a</p>", "<p>b</p>", "<p>a</p>", "<p>c</p>", "<p>b</p>", "<p>a</p>"]
    page = Page(form(VALUES, [0, 0], SLIDERS, frames))
    assert page.texts[True] == ["a", "b", "c"]
    [attributes] = page.all("form")
    assert json.loads(attributes["data-order"]) == [0, 1, 0, 2, 1, 0]
