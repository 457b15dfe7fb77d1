"""Sphinx extension: the pages' icons as a font of these icons alone.

The theme brings FontAwesome's three fonts, 300 kB, and shows a dozen icons.
"""

import io
import re
from base64 import b64encode
from pathlib import Path

import pydata_sphinx_theme
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

STATIC = Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / "static"
FONTS = STATIC / "vendor" / "fontawesome" / "webfonts"
# By class: file, and what the theme's style sheet calls the font.
STYLES = {
    "fa-solid": ("fa-solid-900.ttf", "Font Awesome 6 Free", 900),
    "fas": ("fa-solid-900.ttf", "Font Awesome 6 Free", 900),
    "fa-regular": ("fa-regular-400.ttf", "Font Awesome 6 Free", 400),
    "far": ("fa-regular-400.ttf", "Font Awesome 6 Free", 400),
    "fa-brands": ("fa-brands-400.ttf", "Font Awesome 6 Brands", 400),
    "fab": ("fa-brands-400.ttf", "Font Awesome 6 Brands", 400),
}
SHEET = "icons.css"
CLASSES = re.compile(r'class="([^"]*\bfa[srb]?[ -][^"]*)"')
CODE = re.compile(r'((?:\.fa-[\w-]+:before,?)+)\{content:"\\([0-9a-f]+)"\}')


def codes() -> dict[str, int]:
    """Return the code point of each icon, from the theme's style sheet."""
    sheet = (STATIC / "styles" / "pydata-sphinx-theme.css").read_text(encoding="utf-8")
    return {
        name: int(code, 16)
        for names, code in CODE.findall(sheet)
        for name in re.findall(r"\.(fa-[\w-]+):", names)
    }


def used(html: str) -> set[tuple[str, str]]:
    """Return (style, icon) for each icon of a page."""
    found = set()
    for classes in map(str.split, CLASSES.findall(html)):
        found |= {(a, b) for a in classes if a in STYLES for b in classes if b not in STYLES}
    return found


def font(file: str, points: set[int]) -> bytes:
    """Return a web font of a few of a font's characters."""
    options = Options(flavor="woff", layout_features=[], name_IDs=[], notdef_outline=False)
    whole = TTFont(FONTS / file)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(whole)
    whole.flavor = "woff"
    written = io.BytesIO()
    whole.save(written)
    return written.getvalue()


def style_sheet(icons: set[tuple[str, str]]) -> str:
    """Return the fonts of some icons as a style sheet."""
    known = codes()
    points: dict[tuple[str, str, int], set[int]] = {}
    for style, icon in sorted(icons):
        if icon in known:  # others are sizes and the theme's own names
            points.setdefault(STYLES[style], set()).add(known[icon])
    return "/* Font Awesome Free, fonts under the SIL Open Font License 1.1 */\n" + "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:block;src:'
        f"url(data:font/woff;base64,{b64encode(font(file, codes)).decode()})}}\n"
        for (file, family, weight), codes in points.items()
    )


def write_style_sheet(app: Sphinx, exception: Exception | None) -> None:
    """Write the style sheet once all pages are there."""
    if exception or app.builder.format != "html":
        return
    pages = Path(app.outdir).rglob("*.html")
    icons = set().union(*(used(page.read_text(encoding="utf-8")) for page in pages))
    Path(app.outdir, "_static", SHEET).write_text(style_sheet(icons), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_css_file(SHEET, priority=900)  # after the theme's, whose fonts it replaces
    app.connect("build-finished", write_style_sheet)
    return {"parallel_read_safe": True}
