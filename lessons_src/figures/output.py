"""From a matplotlib figure to the HTML that a page shows."""

import io
import warnings
from base64 import b64encode
from html import escape

from lessons_src.figures.fonts import add_second_font
from lessons_src.figures.style import styled

import numpy as np
from IPython.display import HTML
from matplotlib import pyplot
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PIXELS_PER_INCH = 100  # of a figure on the page, before a narrow screen shrinks it
MAX_BYTES = 400_000  # of one figure's PNG
UNSEEN_ERROR = 2.0  # of 255: root mean square change of a channel that nobody sees
PICTURES = "pictures"  # name of the PNG's text that says where pictures are


def show(figure: Figure, alt: str) -> HTML:
    """Turn a figure into a picture with alternative text, and close the figure.

    Args:
        figure: What to show; drawn at twice the page's resolution, or once if that takes more than
            400 kB.
        alt: What a reader who can't see the picture needs to know.

    Returns:
        An `<img>` that shrinks to the page; as the last line of a cell it is displayed.

    Raises:
        ValueError: For an empty `alt`.
    """
    html = image_tag(figure, alt, pixels_per_inch=2 * PIXELS_PER_INCH)
    if len(html) > MAX_BYTES:
        html = image_tag(figure, alt, pixels_per_inch=PIXELS_PER_INCH)
    pyplot.close(figure)
    return HTML(html)


def png_address(content: bytes) -> str:
    """Return an address that holds a picture itself.

    Args:
        content: Of a PNG file.
    """
    return f"data:image/png;base64,{b64encode(content).decode()}"


def image_tag(figure: Figure, alt: str, pixels_per_inch: int) -> str:
    """Return an `<img>` that holds the figure itself, as wide as the page at most.

    Args:
        figure: What to draw.
        alt: What a reader who can't see it needs to know.
        pixels_per_inch: Resolution of the drawing; 100 is the page's.

    Raises:
        ValueError: For an empty `alt`.
    """
    if not alt.strip():
        raise ValueError("alt is empty; describe the figure for readers who can't see it")
    width, height = (round(inches * PIXELS_PER_INCH) for inches in figure.get_size_inches())
    return (
        f'<img alt="{escape(alt)}" width="{width}" height="{height}" '
        'style="max-width:100%;height:auto" '
        f'src="{png_address(png(figure, pixels_per_inch))}">'
    )


@styled
def png(figure: Figure, pixels_per_inch: int) -> bytes:
    """Draw a figure as a PNG, with the smallest palette that doesn't show.

    A dark page turns dark ink on white paper into light ink. So that photographs and colour scales
    stay as they are, the PNG's text "pictures" holds where they lie: "left top right bottom" of
    each, in shares of the width and the height.

    Args:
        figure: What to draw.
        pixels_per_inch: Resolution of the drawing.
    """
    figure.set_dpi(pixels_per_inch)
    canvas = FigureCanvasAgg(figure)
    with warnings.catch_warnings():  # one for each character, where one sentence serves
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        canvas.draw()
        if add_second_font(figure):
            canvas.draw()
    picture = _with_palette(Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB"))
    file = io.BytesIO()
    text = PngInfo()
    text.add_text(PICTURES, "; ".join(_pictures(figure)))
    picture.save(file, "PNG", optimize=True, pnginfo=text)
    return file.getvalue()


def _pictures(figure: Figure) -> list[str]:
    """Return "left top right bottom" of each image and each mesh of a figure already drawn."""
    found = []
    for axes in figure.axes:
        boxes = [image.get_window_extent() for image in axes.images]
        boxes += [axes.bbox for drawn in axes.collections if isinstance(drawn, QuadMesh)]
        for box in filter(None, (Bbox.intersection(box, axes.bbox) for box in boxes)):
            (left, bottom), (right, top) = figure.transFigure.inverted().transform(box)
            shares = (left, 1 - top, right, 1 - bottom)
            found.append(" ".join(f"{min(max(share, 0), 1):.4f}" for share in shares))
    return found


def _with_palette(picture: Image.Image) -> Image.Image:
    """Return the picture with 64 or 256 colours; itself where even 256 are too few."""
    for colours in (64, 256):
        quantised = picture.quantize(colours, dither=Image.Dither.NONE)
        error = np.asarray(picture, float) - np.asarray(quantised.convert("RGB"))
        if np.sqrt(np.mean(error**2)) < UNSEEN_ERROR:
            return quantised
    return picture
