"""Figures as files that a browser loads when the reader comes near, fit for dark pages."""

import hashlib
import io
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path

from lessons_src.figures.output import PICTURES

from bs4 import BeautifulSoup, Tag
from PIL import Image

PNG = "data:image/png;base64,"


class PageImages:
    """The figures of a site.

    Args:
        folder: Where the files go.
        sources: Folder of the pages' sources.
        copied: By a picture's path below `sources`, its name in `folder`; what Sphinx copies there.
    """

    def __init__(self, folder: Path, sources: Path, copied: Mapping[str, str]):
        self.folder, self.sources, self.copied = folder, sources, copied

    def lighten(self, page: BeautifulSoup, address: str) -> None:
        """Take figures out of a page's text, and prepare them for its dark theme.

        Args:
            page: Changed in place.
            address: Of the folder, as the page links it.
        """
        for image in page.select("main img"):
            source = str(image["src"])
            if source.startswith(PNG):
                picture = b64decode(source.removeprefix(PNG))
                image["src"] = f"{address}/{self._keep(picture)}"
            elif copied := self._copied(source):
                picture = copied
            else:
                continue
            image["loading"] = "lazy"
            areas = Image.open(io.BytesIO(picture)).info.get(PICTURES)
            if areas is not None:
                _fit_for_dark(page, image, areas)

    def _keep(self, picture: bytes) -> str:
        """Write a picture to a file named after what it holds, and return the name."""
        name = f"{hashlib.sha256(picture).hexdigest()[:16]}.png"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(picture)
        return name

    def _copied(self, address: str) -> bytes | None:
        """Return a PNG that Sphinx copies next to ours, None for any other address."""
        for source, name in self.copied.items():
            if address.endswith(f"/_images/{name}") and name.endswith(".png"):
                return (self.sources / source).read_bytes()
        return None


def _fit_for_dark(page: BeautifulSoup, image: Tag, areas: str) -> None:
    """Lay a copy of the image, cut down to its photographs and scales, over the image itself.

    course.css shows it on dark pages alone, where it inverts the image below: light ink, no ground,
    and the photographs as they are. The browser loads the file once.
    """
    frame = image.wrap(page.new_tag("span", attrs={"class": "drawing"}))
    if areas:
        style = f"clip-path:polygon({_outline(areas)})"
        attributes = {"class": "pictures", "src": str(image["src"]), "alt": "", "loading": "lazy"}
        frame.append(page.new_tag("img", attrs=attributes | {"style": style}))


def _outline(areas: str) -> str:
    """Return one polygon round all areas; between two it passes the origin, enclosing nothing."""
    corners = ["0 0"]
    for area in areas.split("; "):
        left, top, right, bottom = (f"{100 * float(share):.2f}%" for share in area.split())
        start = f"{left} {top}"
        corners += [start, f"{right} {top}", f"{right} {bottom}", f"{left} {bottom}", start, "0 0"]
    return ",".join(corners)
