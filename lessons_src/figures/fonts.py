"""A second font for characters that the book's own lacks, such as those of Chinese class names."""

import sys
from functools import cache

from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, findSystemFonts, fontManager
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

OWN = "DejaVu Sans"  # comes with matplotlib, so pages look alike everywhere
# With Chinese, Japanese and Korean characters, on Linux, macOS or Windows; the first one found is
# used. A file with several fonts counts as its first: that of Noto Sans CJK is the Japanese one,
# which has the Chinese characters, too.
CJK = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP"),
    *("Source Han Sans SC", "Source Han Sans CN", "Source Han Sans"),
    *("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback"),
    *("PingFang SC", "PingFang HK", "Hiragino Sans GB", "Hiragino Sans", "Heiti TC", "STHeiti"),
    *("Microsoft YaHei", "SimHei", "SimSun", "Yu Gothic", "Malgun Gothic", "Arial Unicode MS"),
)


def add_second_font(figure: Figure) -> bool:
    """Give the texts that need it a font for the characters that the book's own font lacks.

    If characters remain that neither font has, standard error says so, once per process.

    Args:
        figure: A figure that was drawn once, so that its tick labels exist.

    Returns:
        Whether the figure has to be drawn again.
    """
    lacking = {text: _characters(text) - _glyphs(OWN) for text in figure.findobj(Text)}
    texts = [text for text, characters in lacking.items() if characters]
    if not texts:
        return False
    font = second_font()
    if set().union(*lacking.values()) - (_glyphs(font) if font else set()):
        _say_boxes()
    for text in texts:
        text.set_fontfamily([OWN, font] if font else OWN)
    return font is not None


@cache
def second_font() -> str | None:
    """Return the name of an installed font with Chinese, Japanese and Korean characters, if any."""
    found = _first_known()
    if found is None:  # matplotlib keeps a list of fonts, which may be older than the right one
        for path in set(findSystemFonts()) - {font.fname for font in fontManager.ttflist}:
            fontManager.addfont(path)
        found = _first_known()
    return found


def _first_known() -> str | None:
    known = {font.name for font in fontManager.ttflist}
    return next((name for name in CJK if name in known), None)


def _characters(text: Text) -> set[str]:
    return {character for character in text.get_text() if not character.isspace()}


@cache
def _glyphs(font: str) -> frozenset[str]:
    """Return the characters that a font can draw."""
    return frozenset(map(chr, FT2Font(findfont(font)).get_charmap()))


@cache
def _say_boxes() -> None:
    """Say on standard error how to mend missing characters: once, since the call is cached."""
    print(
        "Some characters are in no font here and drawn as boxes; for Chinese, Japanese and Korean "
        "install Noto Sans CJK (Debian and Ubuntu: fonts-noto-cjk) and restart Python.",
        file=sys.stderr,
    )
