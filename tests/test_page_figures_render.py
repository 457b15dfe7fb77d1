"""lessons_src.page_figures.render: the figure for what fields hold, in both Pythons."""

import sys
from pathlib import Path

from lessons_src.page_figures.render import render

import figure_of_tests
import page_python
import pytest


@pytest.fixture(autouse=True)
def figure(monkeypatch):
    monkeypatch.setitem(sys.modules, "lessons_src.page_figures.tests", figure_of_tests)


def test_a_figure_is_drawn_for_what_its_fields_hold():
    assert render("tests", {}).startswith("<p>3 10.5 valid two\nlines</p><svg")
    texts = {"side": "4", "bias": "-1", "map.1.1": "0", "padding": "same", "words": "<b>"}
    assert render("tests", texts).startswith("<p>4 5 same &lt;b&gt;</p><svg")


def test_what_is_wrong_stands_in_the_figures_place():
    assert render("tests", {"side": "13"}) == '<p role="note">13 is &lt;unlucky&gt;</p>'
    found = render("tests", {"side": "<i>"})
    assert found.startswith('<p role="note">Side: a whole number') and "<i>" not in found


def test_other_errors_are_not_hidden():
    with pytest.raises(ImportError):
        render("nothing", {})


@pytest.mark.slow
def test_the_pages_python_draws_the_same(monkeypatch):
    asked = [{}, {"side": "13"}, {"side": "<i>"}, {"bias": "1e-7", "words": "é×"}, {"bias": "nan"}]
    files = page_python.python_files()
    files["lessons_src/page_figures/tests.py"] = Path(figure_of_tests.__file__).read_text()
    monkeypatch.setattr(page_python, "python_files", lambda: files)
    found = page_python.render_all([("tests", texts) for texts in asked])
    assert found == [render("tests", texts) for texts in asked]
