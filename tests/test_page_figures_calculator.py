"""lessons_src.page_figures.calculator: what it says, draws and tabulates of a stack."""

import re
from xml.etree import ElementTree

from lessons_src.page_figures.render import render

import page_python
import pytest

SMALL = "conv 6 kernel 5\nmax pool 2\nflatten\ndense 10"


def shown(layers=SMALL, **fields):
    """Return the calculator's HTML as a tree."""
    html = render("calculator", {"layers": layers, **fields})
    return ElementTree.fromstring(f"<div>{html}</div>")


def words(tree):
    return ["".join(paragraph.itertext()) for paragraph in tree.iter("p")]


def table(tree):
    """Return the cells of the table as text, by row."""
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in tree.iter("tr")]


def test_totals_are_in_words():
    assert words(shown()) == [
        "12,226 parameters and 364,560 multiply-adds per image. A unit of the last map, 14×14×6, "
        "sees 6×6 pixels; the fields of neighbouring units lie 2 pixels apart."
    ]
    [sentence] = words(shown("conv 8 kernel 3 no bias bn", size="9", channels="1"))
    assert sentence.startswith("104 parameters (16 of them not trainable) and 3,528 multiply-adds")
    assert sentence.endswith("neighbouring units lie 1 pixel apart.")
    assert words(shown("dense 10\n", size="1"))[1] == "No layer is possible."
    assert words(shown("")) == ["There are no layers yet."]


def test_the_table_has_every_number():
    assert table(shown()) == [
        ["layer", "output", "parameters", "multiply-adds", "padding before, after", "field", "jump",
         "offset"],
        ["1 conv 6 kernel 5", "28×28×6", "456", "352,800", "0, 0", "5", "1", "0"],
        ["2 max pool 2", "14×14×6", "0", "0", "0, 0", "6", "2", "0"],
        ["3 flatten", "1,176", "0", "0", "–", "–", "–", "–"],
        ["4 dense 10", "10", "11,770", "11,760", "–", "–", "–", "–"],
        ["total", "", "12,226", "364,560", ""],
    ]  # fmt: skip
    branches = "branches\nconv 3 kernel 3 stride 2 same\nbranch\nmax pool 2 same\nadd"
    assert [row[0] for row in table(shown(branches))[1:]] == [
        "2 a: conv 3 kernel 3 stride 2 same", "4 b: max pool 2 same", "5 add", "total",
    ]  # fmt: skip
    assert table(shown(branches))[1][4:] == ["0, 1", "3", "2", "0"]


def test_what_is_impossible_is_said_above_what_is_possible():
    tree = shown("conv 6 kernel 5\nconv 6 kernel 29\ndense 10")
    problem, totals = words(tree)
    assert tree[0].get("role") == "note"
    assert problem == (
        'Line 2, "conv 6 kernel 29": kernel=29 with dilation=1 spans 29 pixels, more than size=28; '
        'use a smaller kernel or padding="same"'
    )
    assert totals.startswith("So far: 456 parameters and 352,800 multiply-adds")
    assert [row[0] for row in table(tree)[1:]] == ["1 conv 6 kernel 5", "total"]


def test_the_last_map_is_none_of_a_branch():
    [problem, totals] = words(shown("max pool 2\nbranches\nconv 6 kernel 3"))
    assert problem.startswith("Line 2, branches: write add")
    assert "the last map, 16×16×3, sees 2×2 pixels" in totals


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "conv 6 kernel 5",
            "5²·3·6 = 450 weights, 6 biases: 456 parameters. 28²·450 = 352,800 mul",
        ),
        (
            "conv 6 kernel 5 no bias bn",
            "5²·3·6 = 450 weights, 4·6 = 24 of batch normalization: 474",
        ),
        (
            "flatten\ndense 10",
            "3072·10 = 30,720 weights, 10 biases: 30,730 parameters. 30,720 mult",
        ),
    ],
)
def test_the_counts_of_the_chosen_line_are_derived(line, sentence):
    number = len(line.split("\n"))
    tree = shown(line, line=str(number))
    assert f"Line {number}, {line.split(chr(10))[-1]}. {sentence}" in words(tree)[1]
    assert tree.find(".//p[@id='own-calculator-chosen']").get("tabindex") == "-1"


def test_the_number_of_a_line_chooses_it():
    button = shown().find(".//th/button[@id='own-calculator-2']")
    assert (button.text, button.get("data-set")) == ("2", '{"line": "2"}')
    assert button.get("data-focus") == "own-calculator-chosen"
    assert len(words(shown(line="9"))) == 1  # there is no such line


def bars(tree):
    """Return where the bars begin and how wide they are; the first one is the image."""
    return [(float(bar.get("x")), float(bar.get("width"))) for bar in tree.iter("rect")]


def test_the_drawing_shows_the_pixels_of_the_middle_unit_to_scale():
    tree = shown("conv 1 kernel 5 same\nmax pool 2\nconv 1 kernel 31 same", size="16", channels="1")
    (left, width), *fields = bars(tree)
    pixel = width / 16
    first = [(x - left) / pixel for x, _ in fields]
    assert first == pytest.approx([8 - 2, 8 - 2, 8 - 2 - 30], abs=0.05)
    assert [wide / pixel for _, wide in fields] == pytest.approx([5, 6, 66], abs=0.05)
    assert min(x for x, _ in bars(tree)) > 80  # the names of the layers have their own place
    label = tree.find(".//svg").get("aria-label")
    assert label == (
        "Pixels that the middle unit sees along one axis: after conv 5×5 5, after max 2×2 /2 6, "
        "after conv 31×31 66."
    )


def test_what_a_reader_types_cannot_become_html():
    html = render("calculator", {"layers": "<img src=x>\n<b>", "line": "1"})
    assert "<img" not in html and "&lt;img src=x&gt;" in html


def test_bounds_are_said():
    assert render("calculator", {"size": "10001"}) == (
        '<p role="note">Image side in pixels: a whole number from 1 to 10,000 is needed, '
        "not &quot;10001&quot;.</p>"
    )


@pytest.mark.slow
def test_the_pages_python_draws_the_same():
    asked = [
        {},
        {"layers": SMALL, "line": "2", "size": "33"},
        {"layers": "branches\nconv 4 kernel 3 same bn\nbranch\nconcatenate", "line": "2"},
        {"layers": "conv 6 kernel 50"},
        {"layers": "\n".join(["conv 999999999 kernel 999 same bn"] * 200), "line": "7"},
        {"layers": "nonsense"},
        {"layers": ""},
    ]
    found = page_python.render_all([("calculator", texts) for texts in asked])
    assert found == [render("calculator", texts) for texts in asked]
    assert all(re.match("<p", html) for html in found)
