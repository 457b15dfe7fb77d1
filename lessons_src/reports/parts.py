"""What the reports have in common: paragraphs, and how runs were made."""

from collections.abc import Sequence
from html import escape

from lessons_src.figures import show
from lessons_src.records import RunRecord

from IPython.display import HTML
from matplotlib.figure import Figure

NOT_YET_MEASURED = HTML("<p>Not yet measured.</p>")


def paragraph_and_figure(text: str, figure: Figure, alt: str) -> str:
    """Return the HTML of a paragraph and a figure below it.

    Args:
        text: Plain text.
        figure: What to draw.
        alt: What a reader who can't see the figure needs to know.
    """
    return f"<p>{escape(text)}</p>{show(figure, alt).data}"


def training(run: RunRecord) -> str:
    """Return how long and in which batches a run trained, in words."""
    return f"{run.recipe['epochs']} epochs, batches of {run.recipe['batch_size']}"


def machines(runs: Sequence[RunRecord]) -> str:
    """Return what runs were trained on, in words: each machine once."""
    found = [f"{run.device}, TensorFlow {run.versions['tensorflow']}" for run in runs]
    return " and ".join(dict.fromkeys(found))
