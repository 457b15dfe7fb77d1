"""lessons_src.figures.output: a figure becomes a picture with alternative text."""

import base64
import io
from html.parser import HTMLParser

from lessons_src import figures
from lessons_src.figures import output
from lessons_src.figures.output import png

import numpy as np
import pytest
from matplotlib import pyplot, style
from matplotlib.figure import Figure
from PIL import Image


class Tags(HTMLParser):
    """Collects the attributes of every tag."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def shown(figure: Figure, alt: str = "some figure") -> dict:
    """Return the attributes of the one tag, an `<img>`, that `show` gives."""
    [(tag, attributes)] = Tags(figures.show(figure, alt).data).found
    assert tag == "img"
    return attributes


def picture(attributes: dict) -> Image.Image:
    data = base64.b64decode(attributes["src"].removeprefix("data:image/png;base64,"))
    return Image.open(io.BytesIO(data))


def test_show_gives_a_sharp_opaque_picture_that_shrinks_to_the_page():
    attributes = shown(figures.windows(5, 3))
    image = picture(attributes)
    assert (image.width, attributes["width"]) == (1200, "600")
    assert image.height == 2 * int(attributes["height"])
    assert attributes["style"] == "max-width:100%;height:auto"
    assert image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)


def test_show_escapes_the_alternative_text():
    alt = 'a "3×3" kernel <b> & its window'
    assert shown(figures.windows(5, 3), alt)["alt"] == alt


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_show_refuses_a_figure_without_alternative_text(alt):
    with pytest.raises(ValueError, match="alt is empty"):
        figures.show(figures.windows(5, 3), alt)


def test_show_closes_what_pyplot_opened():
    figures.show(pyplot.figure(), "an empty figure")
    assert pyplot.get_fignums() == []


def test_show_halves_the_resolution_of_what_would_be_too_many_bytes(monkeypatch):
    monkeypatch.setattr(output, "MAX_BYTES", 1000)
    attributes = shown(figures.windows(5, 3))
    assert picture(attributes).width == int(attributes["width"]) == 600


def test_the_picture_shows_the_figure_in_the_style_of_the_book():
    expected = png(figures.windows(5, 3), 50)
    with style.context("dark_background"):
        assert png(figures.windows(5, 3), 50) == expected
    assert png(figures.windows(5, 1), 50) != expected


def test_a_palette_is_used_only_where_it_does_not_show():
    assert Image.open(io.BytesIO(png(figures.windows(5, 3), 100))).mode == "P"
    noise = Figure(figsize=(2, 2))
    pixels = np.random.default_rng(0).random((200, 200, 3))
    noise.figimage(pixels)
    drawn = Image.open(io.BytesIO(png(noise, 100)))
    assert drawn.mode == "RGB"
    np.testing.assert_allclose(np.asarray(drawn) / 255, pixels, atol=0.01)


def test_the_file_says_where_photographs_and_colour_scales_are():
    figure = Figure(figsize=(4, 2))
    picture, plot = figure.add_axes([0.1, 0.2, 0.25, 0.5]), figure.add_axes([0.5, 0.2, 0.2, 0.5])
    plot.plot([0, 1])
    drawn = picture.imshow(np.zeros((4, 4)), aspect="auto")
    figure.colorbar(drawn, cax=figure.add_axes([0.8, 0.2, 0.05, 0.5]))
    assert Image.open(io.BytesIO(png(figure, 100))).text["pictures"] == (
        "0.1000 0.3000 0.3500 0.8000; 0.8000 0.3000 0.8500 0.8000"
    )


def test_only_the_photograph_counts_not_the_paper_around_it():
    figure = Figure(figsize=(4, 2))
    axes = figure.add_axes([0, 0, 1, 1])
    axes.imshow(np.zeros((4, 4)), extent=(1, 2, 1, 2), aspect="auto")
    axes.set(xlim=(0, 4), ylim=(0, 4))
    drawn = Image.open(io.BytesIO(png(figure, 100)))
    assert drawn.text["pictures"] == "0.2500 0.5000 0.5000 0.7500"


def test_the_file_of_a_drawing_without_photographs_says_so():
    assert Image.open(io.BytesIO(png(figures.windows(5, 3), 50))).text["pictures"] == ""
