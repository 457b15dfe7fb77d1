"""lessons_src.interactive.own_numbers: one call for a kernel, for Colab, and for a static page."""

import sys
from html.parser import HTMLParser

from lessons_src.interactive import own_numbers

import figure_of_tests
import pytest
from ipywidgets import Button, Text, Textarea, ToggleButtons

VOID = {"input"}


@pytest.fixture(autouse=True)
def figure(monkeypatch):
    monkeypatch.setitem(sys.modules, "lessons_src.page_figures.tests", figure_of_tests)


class Form(HTMLParser):
    """The elements of a form by tag, and what its fields hold by name."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.fields, self.labels, self.open = [], {}, set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag == "label":
            self.labels.add(attributes.get("for"))
        if tag == "input" and (attributes.get("type") != "radio" or "checked" in attributes):
            self.fields[attributes["name"]] = attributes["value"]
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open and self.open[-1][0] == "textarea":
            self.fields[self.open[-1][1]["name"]] = data.removeprefix("\n")


def widgets(figure, kind):
    """Return all widgets of a kind inside a figure, in order."""
    found, waiting = [], list(figure.children)
    while waiting:
        first = waiting.pop(0)
        found += [first] if type(first) is kind else []
        waiting[:0] = getattr(first, "children", ())
    return found


def shown(figure):
    return figure.children[-1].value


def page(figure):
    return figure._repr_mimebundle_()["text/html"]


def test_a_kernel_draws_anew_when_a_field_changes():
    figure = own_numbers("tests")
    assert "<p>3 10.5 valid two\nlines</p>" in shown(figure)
    side, bias, *cells = widgets(figure, Text)
    side.value, bias.value, cells[3].value = "4", "0", "10"
    widgets(figure, ToggleButtons)[0].value = "same"
    widgets(figure, Textarea)[0].value = "<three>"
    assert "<p>4 16 same &lt;three&gt;</p>" in shown(figure)
    side.value = "cat"
    assert '<p role="note">Side: a whole number from 1 to 99 is needed' in shown(figure)


def test_a_kernel_hides_the_buttons_that_it_would_not_hear():
    assert "<style>.page-only { display: none }</style>" in shown(own_numbers("tests"))


def test_presets_fill_fields():
    figure = own_numbers("tests", presets={"same five": {"padding": "same", "side": "5"}})
    ones, five = widgets(figure, Button)
    assert (ones.description, five.description) == ("ones", "same five")
    ones.click(), five.click()
    assert "<p>5 9.5 same" in shown(figure)


def test_start_changes_what_fields_hold_first():
    figure = own_numbers("tests", side="7", padding="same", **{"map.0.0": "0"})
    assert widgets(figure, Text)[0].value == "7"
    assert "<p>7 9.5 same" in shown(figure) and "<p>7 9.5 same" in page(figure)
    fields = Form(page(figure)).fields
    assert (fields["side"], fields["padding"], fields["map.0.0"]) == ("7", "same", "0")


def test_a_page_gets_a_form_with_the_figure_and_a_label_for_each_field():
    html = page(own_numbers("tests", words='</textarea>"'))
    form = Form(html)
    assert form.open == []
    assert form.fields == {
        "side": "3", "bias": "0.5", "map.0.0": "1", "map.0.1": "2", "map.1.0": "3", "map.1.1": "4",
        "padding": "valid", "words": '</textarea>"',
    }  # fmt: skip
    tag, attributes = form.elements[0]
    assert (tag, attributes["id"], attributes["data-topic"]) == ("form", "own-tests", "tests")
    assert attributes["aria-label"] == "A figure for tests" and attributes["autocomplete"] == "off"
    for tag, attributes in form.elements:
        if tag in ("input", "textarea") and attributes.get("type") != "radio":
            assert attributes.get("aria-label") or attributes["id"] in form.labels, attributes
    assert html.count("data-copy") == 1 and "<p>3 10.5 valid" in html


def test_a_live_frontend_prefers_the_widgets():
    figure = own_numbers("tests")
    assert "application/vnd.jupyter.widget-view+json" in figure._repr_mimebundle_()


@pytest.mark.parametrize("options", [{"size": "3"}, {"presets": {"x": {"size": "3"}}}])
def test_fields_that_a_figure_has_not_are_refused(options):
    with pytest.raises(ValueError, match="^tests has no field 'size'; it has side, bias, map.0.0,"):
        own_numbers("tests", **options)


def test_a_start_that_gives_no_figure_is_refused():
    with pytest.raises(ValueError, match="^tests cannot start so: .*unlucky"):
        own_numbers("tests", side="13")
