"""Folded answers hold what a page's sliders show, or its cells after the change that is asked."""

import json
import re

from lessons_src.arithmetic import dense_params
from lessons_src.models import build_model

import numpy as np
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


def test_the_errors_of_noisy_targets_are_those_of_the_pages_cells(capsys):
    notebook = json.loads((ROOT / "book" / "dense_to_convolution.ipynb").read_text("utf-8"))
    sources = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
    names = {"np": np, "LAYERS": ("dense", "local", "shared")}
    names["vertical"] = np.array([[-1.0, 0.0, 1.0]] * 3)
    noisy = sources["cell-43"].replace("NOISE = 0.0", "NOISE = 1.0")
    assert noisy != sources["cell-43"]
    for source in (sources["cell-41"], sources["fitted"], noisy, sources["cell-45"]):
        exec(source, names)
    rows = [line.split() for line in capsys.readouterr().out.splitlines()[1:]]
    dense, local, shared = ({int(row[0]): row[k] for row in rows} for k in (1, 2, 3))
    assert (
        f"from {shared[1]} to {shared[96]}. The other two curves have a peak: the local layer is "
        f"at {local[4]} with 4 pictures, at {local[9]} with 9, and at {local[32]} with 32; "
        f"the dense layer is at {dense[32]} with 32, at {dense[64]} with 64, "
        f"and at {dense[96]} with 96."
    ) in markdown("dense_to_convolution")
