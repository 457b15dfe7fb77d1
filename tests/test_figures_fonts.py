"""lessons_src.figures.fonts: Chinese names are drawn where a font is installed, or one sentence."""

import warnings

from lessons_src.figures import class_accuracy, fonts, show
from lessons_src.figures.output import png

import numpy as np
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.font_manager import fontManager

NAMES = ["猫", "dog"]


def square(side):
    """Return a filled square as a glyph, or nothing for a side of 0."""
    pen = TTGlyphPen(None)
    if side:
        pen.moveTo((0, 0))
        for corner in ((0, side), (side, side), (side, 0)):
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """A machine without a Chinese font; call it to install one that draws 猫 as a square."""
    monkeypatch.setattr(
        fontManager, "ttflist", [f for f in fontManager.ttflist if f.name not in fonts.CJK]
    )
    monkeypatch.setattr(fonts, "findSystemFonts", lambda: [])
    caches = (fonts.second_font, fonts._say_boxes, fonts._glyphs)
    for cached in caches:
        cached.cache_clear()

    def install(name):
        builder = FontBuilder(1_000, isTTF=True)
        builder.setupGlyphOrder([".notdef", "cat"])
        builder.setupCharacterMap({ord("猫"): "cat"})
        builder.setupGlyf({".notdef": square(0), "cat": square(900)})
        builder.setupHorizontalMetrics({".notdef": (1_000, 0), "cat": (1_000, 0)})
        builder.setupHorizontalHeader(ascent=900, descent=-100)
        builder.setupNameTable({"familyName": name, "styleName": "Regular"})
        builder.setupOS2()
        builder.setupPost()
        builder.save(tmp_path / "font.ttf")
        monkeypatch.setattr(fonts, "findSystemFonts", lambda: [str(tmp_path / "font.ttf")])

    yield install
    for cached in caches:
        cached.cache_clear()


def figure(names=NAMES):
    return class_accuracy([0.5, 0.7], names, 0.6)


def cat(drawn):
    """Return the label with the Chinese character."""
    return drawn.axes[0].get_yticklabels()[0]


@pytest.mark.usefixtures("installed")
def test_without_a_font_one_sentence_says_what_to_install(capfd):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            show(figure(), "two bars")
    told = capfd.readouterr().err
    assert told.count("\n") == 1 and "install Noto Sans CJK" in told and "fonts-noto-cjk" in told
    assert caught == []


@pytest.mark.parametrize("name", ["Noto Sans CJK JP", "WenQuanYi Zen Hei", "Microsoft YaHei"])
def test_an_installed_font_is_used_without_a_word(installed, capfd, name):
    installed(name)
    drawn = figure()
    png(drawn, 50)
    assert cat(drawn).get_fontfamily() == ["DejaVu Sans", name]
    assert capfd.readouterr().err == ""


def test_the_character_itself_is_drawn(installed):
    installed("Noto Sans CJK SC")
    drawn = figure()
    png(drawn, 100)
    canvas = np.asarray(drawn.canvas.buffer_rgba())[..., 0]
    box = cat(drawn).get_window_extent()
    rows = slice(round(canvas.shape[0] - box.y1), round(canvas.shape[0] - box.y0))
    left = canvas[rows, round(box.x0) : round(box.x0 + box.height)]
    assert (left < 128).mean() > 0.5  # the square; a missing glyph is a thin frame


def test_a_character_that_no_font_has_is_told_too(installed, capfd):
    installed("SimHei")
    png(figure(["猫", "🐈"]), 50)
    assert capfd.readouterr().err.count("drawn as boxes") == 1


@pytest.mark.usefixtures("installed")
def test_other_names_ask_for_no_font(capfd, monkeypatch):
    monkeypatch.setattr(fonts, "second_font", lambda: pytest.fail("asked for a font"))
    png(figure(["crème brûlée", "Σ ⌈x⌉ −∞ × ² ¹⁄₂"]), 50)
    assert capfd.readouterr().err == ""
