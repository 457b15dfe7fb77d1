"""All figures of own numbers in the page's Python: the HTML of CPython, whatever is typed."""

import random
from pathlib import Path

import lessons_src
from lessons_src.page_figures.inputs import fields
from lessons_src.page_figures.render import module, render

import page_python
import pytest

pytestmark = pytest.mark.slow

FOLDER = Path(lessons_src.__file__).parent / "page_figures"
TOPICS = sorted(path.stem for path in FOLDER.glob("*.py") if "\ndef draw(" in path.read_text())
TYPED = ("0", "1", "2", "3", "4", "5", "7", "−1", "-2.5", "1/3", "0.1", "1e-5", "", "x", "<b>")
LINES = ("conv 4 kernel 3 same bn", "conv 8 kernel 1 stride 2", "max pool 2", "flatten", "dense 3")
TRIES = 60


def texts(figure, draw):
    """Return what a reader may have typed into a few fields of a figure."""
    of = {name: given for given in figure.INPUTS for name, _, _ in fields(given)}
    names = draw.sample(list(of), min(len(of), draw.randint(1, 4)))
    return {name: typed_into(of[name], draw) for name in names}


def typed_into(given, draw):
    """Return what a reader may have typed into a field of an input: of a stack, some lines."""
    if given["kind"] == "text" and given["rows"] > 1:
        return "\n".join(draw.sample(LINES, draw.randint(1, 3)))
    if given["kind"] == "text":
        return " ".join(draw.sample(TYPED[:8], draw.randint(1, 5)))
    return draw.choice(given.get("options", TYPED))


@pytest.mark.parametrize("topic", TOPICS)
def test_the_pages_python_draws_what_cpython_draws(topic):
    figure, draw = module(topic), random.Random(topic)
    asked = [{}, *getattr(figure, "PRESETS", {}).values()]
    asked += [texts(figure, draw) for _ in range(TRIES)]
    found = page_python.render_all([(topic, typed) for typed in asked])
    for typed, html in zip(asked, found, strict=True):
        assert html == render(topic, typed), typed
    assert sum("<svg" in html for html in found) > TRIES / 6, "too few that can be drawn"
