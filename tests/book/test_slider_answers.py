"""The folded answers to the questions of a page's sliders hold what the sliders show."""

import json
import re

from lessons_src.arithmetic import dense_params
from lessons_src.models import build_model

from toc import ROOT

HIDDEN = (10, 100, 500, 1000)  # what the slider of Fully connected offers


def markdown(page):
    cells = json.loads((ROOT / "book" / f"{page}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")


def network(side, hidden):
    """Return the parameters of a dense network that reads colour pictures."""
    return dense_params(side * side * 3, hidden) + dense_params(hidden, 10)


def test_fully_connected_compares_with_two_convolutional_networks():
    text = markdown("fully_connected")
    lenet5 = build_model("lenet5").count_params()
    nearest = min(HIDDEN, key=lambda hidden: abs(network(32, hidden) - lenet5))
    quoted = re.search(r"- Ten units: ([\d,]+) parameters against ([\d,]+)\.", text)
    assert nearest == 10 and quoted.groups() == (f"{network(32, 10):,}", f"{lenet5:,}")
    counts = network(224, 100), build_model("resnet18", (224, 224, 3)).count_params()
    quoted = re.search(r"- The dense network: (\d+) million parameters against (\d+) mill", text)
    assert quoted.groups() == tuple(str(round(count / 1e6)) for count in counts)
