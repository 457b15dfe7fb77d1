"""Figures computed from the reader's own numbers: with a kernel, in Colab, and on a static page."""

from collections.abc import Mapping
from typing import Any

from lessons_src.interactive.frames import Explorer
from lessons_src.page_figures.drawing import element, escape
from lessons_src.page_figures.inputs import fields
from lessons_src.page_figures.render import module, render

from ipywidgets import HTML, Button, HBox, Layout, Text, Textarea, ToggleButtons, VBox, Widget

ONLY_IN_PAGES = "<style>.page-only { display: none }</style>"  # buttons that no kernel hears


def own_numbers(
    topic: str, presets: Mapping[str, Mapping[str, str]] | None = None, **start: str
) -> Explorer:
    """Show a figure that computes anew when the reader changes its numbers.

    A kernel computes it, or on the built site the page itself, by the same function: `draw` in the
    figure's module.

    Args:
        topic: The module in `page_figures`, such as "calculator".
        presets: What the figure's fields can be filled with by a button: by the words on it, the
            texts by the fields' names. They stand after those that the module has itself.
        **start: What fields hold first, where it is not what the module says.

    Returns:
        Fields above the figure. Its HTML for a page without a kernel is a form that holds the
        figure as it is at the start.

    Raises:
        ValueError: For a preset or a start of a field that the figure has not, or a start that
            gives no figure.
    """
    figure = module(topic)
    presets = {**getattr(figure, "PRESETS", {}), **(presets or {})}
    known = {name: text for given in figure.INPUTS for name, _, text in fields(given)}
    for name in [*start, *(name for texts in presets.values() for name in texts)]:
        if name not in known:
            raise ValueError(f"{topic} has no field {name!r}; it has {', '.join(known)}")
    html = render(topic, start)
    if html.startswith('<p role="note">'):
        raise ValueError(f"{topic} cannot start so: {html}")
    start = known | start
    widgets: dict[str, Widget] = {}
    rows = [_row(given, start, widgets) for given in figure.INPUTS]
    buttons = [_preset(words, texts, widgets) for words, texts in presets.items()]
    above = HBox(buttons, layout=Layout(flex_flow="row wrap"))
    picture = _redrawn(topic, widgets, html)
    return Explorer([above, *rows, picture], _form(topic, presets, start, html))


def _redrawn(topic: str, widgets: Mapping[str, Widget], html: str) -> HTML:
    """Return the figure, which the kernel replaces when a field changes."""
    picture = HTML(ONLY_IN_PAGES + html)

    def redraw(_change: Any = None) -> None:
        texts = {name: widget.value for name, widget in widgets.items()}
        picture.value = ONLY_IN_PAGES + render(topic, texts)

    for widget in widgets.values():
        widget.observe(redraw, "value")
    return picture


def _preset(words: str, texts: Mapping[str, str], widgets: Mapping[str, Widget]) -> Button:
    """Return a button that fills fields."""
    button = Button(description=words)

    def fill(_button: Button) -> None:
        for name, text in texts.items():
            widgets[name].value = text

    button.on_click(fill)
    return button


def _row(given: dict, start: Mapping[str, str], widgets: dict[str, Widget]) -> Widget:
    """Return the widgets of an input, and note each under the name of its field."""
    made = []
    for name, _, _ in fields(given):
        widgets[name] = _widget(given, start[name])
        made.append(widgets[name])
    if given["kind"] != "grid":
        return made[0]
    columns = len(given["start"][0])
    lines = [HBox(made[i : i + columns]) for i in range(0, len(made), columns)]
    return VBox([HTML(escape(given["label"])), *lines])


def _widget(given: dict, text: str) -> Widget:
    """Return the widget of one field."""
    kind, label = given["kind"], given["label"]
    style = {"description_width": "initial"}
    if kind == "choice":
        return ToggleButtons(options=given["options"], value=text, description=label, style=style)
    if kind == "grid":
        return Text(text, layout=Layout(width="4.5em"), continuous_update=False)
    if given.get("rows", 1) > 1:
        layout = Layout(width="100%")
        return Textarea(
            text, description=label, rows=given["rows"], style=style, layout=layout,
            continuous_update=False,
        )  # fmt: skip
    return Text(text, description=label, style=style, continuous_update=False)


def _form(
    topic: str, presets: Mapping[str, Mapping[str, str]], start: Mapping[str, str], html: str
) -> str:
    """Return the form that a page shows, which `own_numbers.js` makes answer."""
    figure = module(topic)
    identity = f"own-{topic}"
    buttons = [
        element("button", escape(words), type="button", data_set=dict(texts))
        for words, texts in presets.items()
    ]
    filled = element(
        "div", *buttons, class_="own-presets page-only", role="group", aria_label="Fill in"
    )
    copy = element("button", "Copy a link to these numbers", type="button", data_copy="")
    copied = element("output", class_="own-copied")
    link = element("p", copy, copied, class_="page-only") if getattr(figure, "LINK", False) else ""
    return element(
        "form",
        filled if buttons else "",
        *(_fields(given, start, identity) for given in figure.INPUTS),
        link,
        element("output", class_="own-status"),
        element("div", html, class_="own-result"),
        class_="own-numbers",
        id=identity,
        data_topic=topic,
        aria_label=figure.TITLE,
        autocomplete="off",
    )


def _fields(given: dict, start: Mapping[str, str], identity: str) -> str:
    """Return the fields of an input, with their labels."""
    kind, label = given["kind"], escape(given["label"])
    if kind == "choice":
        options = "".join(
            _option(given, option, start[given["name"]]) for option in given["options"]
        )
        return element("fieldset", element("legend", label), options, class_="own-choice")
    if kind == "grid":
        columns = len(given["start"][0])
        cells = "".join(
            f'<input name="{name}" aria-label="{escape(words)}" value="{escape(start[name])}" '
            'inputmode="decimal">'
            for name, words, _ in fields(given)
        )
        style = f"grid-template-columns: repeat({columns}, minmax(0, 3.5rem))"
        cells = element("div", cells, class_="own-grid", style=style)
        return element("fieldset", element("legend", label), cells)
    name = given["name"]
    labelled = element("label", label, for_=f"{identity}-{name}")
    return element(
        "p", labelled, _field(given, start[name], f"{identity}-{name}"), class_="own-field"
    )


def _option(given: dict, option: str, chosen: str) -> str:
    """Return a radio button with its label around it."""
    checked = " checked" if option == chosen else ""
    name, value = escape(given["name"]), escape(option)
    return f'<label><input type="radio" name="{name}" value="{value}"{checked}> {value}</label>'


def _field(given: dict, text: str, identity: str) -> str:
    """Return the one field of an input."""
    name = escape(given["name"])
    plain = 'spellcheck="false" autocapitalize="off"'
    if given.get("rows", 1) > 1:
        opening = f'<textarea id="{identity}" name="{name}" rows="{given["rows"]}" {plain}>'
        return f"{opening}\n{escape(text)}</textarea>"
    mode = {"whole": "numeric", "number": "decimal"}.get(given["kind"], "text")
    return (
        f'<input id="{identity}" name="{name}" value="{escape(text)}" inputmode="{mode}" {plain}>'
    )
