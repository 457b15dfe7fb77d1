"""A figure for what the fields hold: what the page's script and a kernel's widgets both call."""

from lessons_src.page_figures.drawing import escape
from lessons_src.page_figures.inputs import read


def render(topic: str, texts: dict) -> str:
    """Return a figure as HTML, or one paragraph that says why there is none.

    Args:
        topic: The module of the figure.
        texts: What its fields hold, by name; one that is missing holds what it held at the start.
    """
    figure = module(topic)
    try:
        return figure.draw(**{given["name"]: read(given, texts) for given in figure.INPUTS})
    except ValueError as error:
        return f'<p role="note">{escape(str(error))}</p>'


def module(topic: str):
    """Return the module of a figure."""
    return __import__(f"lessons_src.page_figures.{topic}", None, None, ("draw",))
