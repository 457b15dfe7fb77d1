"""Sphinx extension: pages read the reader's pictures by the rules of the package, in its words.

Writes `_static/networks/picture_rules.js`, and adds the script that waits for a picture.
"""

import json
from pathlib import Path

from lessons_src.pictures import MOST_PIXELS, REMEDIES, WORDS

from sphinx.application import Sphinx
from sphinx.config import Config


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


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", add_pictures)
    return {"parallel_read_safe": True}
