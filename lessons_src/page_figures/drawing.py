"""HTML and SVG as text: made safe, in colours that fit light and dark pages."""

import json

# The page's style sheet sets these variables in its dark theme; elsewhere the colours of
# `figures.style` hold, which follow here. Lines and letters take `currentColor`.
BLUE = "var(--figure-blue, #0072B2)"
ORANGE = "var(--figure-orange, #E69F00)"
GREEN = "var(--figure-green, #009E73)"
VERMILLION = "var(--figure-vermillion, #D55E00)"

LETTERS = 13  # size of a drawing's letters, in units that a telephone shows as pixels
WIDEST = 340  # units of a drawing that a telephone shows in full


def escape(value: object) -> str:
    """Return a value as text that is safe in HTML, between tags and in quoted attributes."""
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def element(tag: str, *inside: str, **attributes) -> str:
    """Return an element of HTML or SVG.

    Args:
        tag: Its name.
        *inside: The HTML between its tags: text of a reader's must have gone through `escape`.
        **attributes: By name, with "_" for "-" and a "_" after Python's own words (`class_`); None
            leaves one out. `data_set` is a dict: what a click puts into the fields, by their names.
    """
    words = ""
    for name, value in sorted(attributes.items()):
        if isinstance(value, dict):
            pairs = [f"{json.dumps(key)}: {json.dumps(value[key])}" for key in sorted(value)]
            value = f"{{{', '.join(pairs)}}}"
        if isinstance(value, float):
            value = f"{value:.2f}".rstrip("0").rstrip(".")
        if value is not None:
            words += f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
    return f"<{tag}{words}>{''.join(inside)}</{tag}>"


def drawing(width: float, height: float, label: str, *parts: str) -> str:
    """Return an SVG that shrinks to its page and never grows beyond a quarter more than its size.

    Args:
        width: Its units from left to right, at most `WIDEST` to be legible on a telephone.
        height: Its units from top to bottom.
        label: What a reader who cannot see it needs to know.
        *parts: Its elements. Those with a `data_set` need a label of their own, `aria_label`: the
            page's script makes buttons of them.
    """
    group = any("data-set=" in part for part in parts)
    return element(
        "svg",
        *parts,
        viewBox=f"0 0 {width:g} {height:g}",
        role="group" if group else "img",
        aria_label=label,
        style=f"display:block;width:100%;max-width:{1.25 * width:g}px",
        font_size=LETTERS,
        fill="currentColor",
    )


def button(text: str, data_set: dict, **attributes) -> str:
    """Return a button that puts texts into fields; a kernel's output, which has none, hides it.

    Args:
        text: What stands on it.
        data_set: The texts, by the fields' names; empty where it has nothing to do now.
        **attributes: As of `element`. An `id` keeps the keyboard's focus when the figure is drawn
            anew.
    """
    if data_set:
        attributes["data_set"] = data_set
    else:
        attributes["aria_disabled"] = "true"
    return element("button", escape(text), type="button", class_="page-only", **attributes)
