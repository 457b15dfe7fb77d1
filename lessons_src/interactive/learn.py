"""Networks that learn in the built page: the form that `book/_static/learn.js` brings to life."""

import re
from collections.abc import Sequence
from importlib import metadata

from lessons_src.errors import unknown
from lessons_src.interactive.frames import Explorer
from lessons_src.page_figures.drawing import element, escape

from ipywidgets import HTML

# What the page trains, in words, and the activation that each has in the book.
NETWORKS = {
    "lenet5": ("LeNet5", "sigmoid"),
    "baseline": ("the baseline", "relu"),
    "thin_resnet8": ("a thin residual network of 8 layers", "relu"),
}
ACTIVATIONS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
OPTIMIZERS = ("SGD", "momentum", "Adam")
RATES = ("1", "0.3", "0.1", "0.03", "0.01", "0.003", "0.001", "0.0003", "0.0001")
BATCHES = ("1", "8", "32", "128", "500")
START = {"optimizer": "Adam", "rate": "0.001", "batch": "32", "seed": "0"}
NOBODY = "OWNER"  # in a repository's address, until somebody hosts the course


def learn(*networks: str, page: str, section: str) -> Explorer:
    """Let the reader train networks in the built page, without a kernel.

    Args:
        *networks: Keys of NETWORKS; the reader chooses one of them.
        page: The page that the figure stands on, such as "lenet5".
        section: Its heading under which a cell trains the same network in the notebook.

    Returns:
        For a page the figure's form; where a kernel runs, a sentence that says where to train.

    Raises:
        UsageError: For a network that pages cannot train; the message lists those they can.
    """
    for name in networks:
        if name not in NETWORKS:
            raise unknown("network", name, NETWORKS)
    words = " or ".join(NETWORKS[name][0] for name in networks)
    address = _address(page)
    where = "page of the built book"
    if address:
        where = f'<a href="{address}">{where}</a>'
    sentence = (
        f"This figure trains {words} in the {where}. Here, run the cell under “{section}”: it "
        "trains the same network."
    )
    return Explorer([HTML(f"<p>{sentence}</p>")], _form(networks))


def _address(page: str) -> str | None:
    """Return where the page is published, by the installed package's repository."""
    try:
        urls = metadata.metadata("lessons-src").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return None
    for url in urls:
        found = re.fullmatch(r"Repository, https://github\.com/([\w.-]+)/([\w.-]+)", url)
        if found and found[1] != NOBODY:
            return f"https://{found[1].lower()}.github.io/{found[2]}/book/{page}.html"
    return None


def _form(networks: Sequence[str]) -> str:
    """Return the figure's HTML, without what appears when the first network is trained."""
    first = NETWORKS[networks[0]][1]
    identity = f"learn-{networks[0]}"
    choices = [
        _choice("Activation", "activation", ACTIVATIONS, first),
        _select("Optimizer", "optimizer", OPTIMIZERS, identity),
        _select("Learning rate", "rate", RATES, identity),
        _select("Batch", "batch", BATCHES, identity),
        _seed(identity),
    ]
    return element(
        "form",
        _network(networks),
        element("div", *choices, class_="learn-settings"),
        _buttons({"go": "Start", "step": "One step", "reset": "Reset"}),
        _buttons({"kept": "Take the network kept on this device", "forget": "Delete it there"}),
        element("output", class_="learn-status"),
        '<div class="learn-result" hidden></div>',
        element("noscript", "This figure needs JavaScript."),
        class_="learn",
        id=identity,
        aria_label=f"Train {' or '.join(NETWORKS[name][0] for name in networks)} in this page",
        autocomplete="off",
    )


def _network(networks: Sequence[str]) -> str:
    """Return the choice of the network; with one, a field that nobody sees."""
    if len(networks) == 1:
        return f'<input type="hidden" name="network" value="{networks[0]}">'
    options = {name: NETWORKS[name][0] for name in networks}
    return _choice("Network", "network", options, networks[0])


def _choice(label: str, name: str, options: dict[str, str], chosen: str) -> str:
    """Return radio buttons, by their values the words beside them."""
    buttons = ""
    for value, words in options.items():
        own = f' data-activation="{NETWORKS[value][1]}"' if value in NETWORKS else ""
        checked = " checked" if value == chosen else ""
        button = f'<input type="radio" name="{name}" value="{value}"{own}{checked}>'
        buttons += f"<label>{button} {escape(words)}</label>"
    return element("fieldset", element("legend", label), buttons)


def _select(label: str, name: str, options: Sequence[str], identity: str) -> str:
    """Return a list of which the reader chooses one."""
    items = "".join(
        f"<option{' selected' if option == START[name] else ''}>{option}</option>"
        for option in options
    )
    return (
        f'<p><label for="{identity}-{name}">{label}</label>'
        f'<select id="{identity}-{name}" name="{name}">{items}</select></p>'
    )


def _seed(identity: str) -> str:
    return (
        f'<p><label for="{identity}-seed">Seed</label><input id="{identity}-seed" name="seed" '
        f'value="{START["seed"]}" inputmode="numeric"></p>'
    )


def _buttons(actions: dict[str, str]) -> str:
    buttons = [
        element("button", words, type="button", data_do=name) for name, words in actions.items()
    ]
    return element("div", *buttons, class_="learn-buttons page-only")
