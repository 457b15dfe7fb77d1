"""Sphinx extension: pages read the reader's pictures by the rules of the package, in its words.

Writes `_static/networks/picture_rules.js`, adds the script that waits for a picture, and puts a
network into pages that are no notebooks: where they have `PLACE` with a network's name.
"""

import json
import re
from pathlib import Path

from lessons_src.data import load_dataset
from lessons_src.interactive.picture_form import picture_form, samples_of
from lessons_src.pictures import MOST_PIXELS, REMEDIES, WORDS

from sphinx.application import Sphinx
from sphinx.config import Config

PLACE = re.compile(r'<div data-own-picture="(\w+)"></div>')


def write_rules(folder: Path) -> None:
    """Write what the pages take from `lessons_src.pictures`.

    Args:
        folder: Of the scripts that run networks; made if it does not exist.
    """
    remedies = [[pattern.decode("latin-1"), remedy] for pattern, remedy in REMEDIES.items()]
    rules = {"MOST_PIXELS": MOST_PIXELS, "REMEDIES": remedies, "WORDS": WORDS}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "picture_rules.js").write_text(
        "".join(f"export const {name} = {json.dumps(value)};\n" for name, value in rules.items())
    )


def add_pictures(app: Sphinx, config: Config) -> None:
    """Write the rules, and let the site serve them."""
    static = Path(app.srcdir, "_build", "pictures")
    write_rules(static / "networks")
    config.html_static_path.append(str(static))
    app.add_js_file("own_picture.js", type="module")
    app.add_css_file("own_picture.css")


def put_network(app: Sphinx, page: str, source: list[str]) -> None:
    """Replace the place for a network by the form that `own_picture` writes on notebooks' pages."""
    if PLACE.search(source[0]) is None:
        return
    dataset = load_dataset()
    samples = samples_of(dataset)
    source[0] = PLACE.sub(lambda place: picture_form(place[1], samples, dataset.title), source[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", add_pictures)
    app.connect("source-read", put_network)
    return {"parallel_read_safe": True}
