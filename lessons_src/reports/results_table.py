"""Networks in one table of text: what was measured over their seeds, and their minutes."""

from collections.abc import Mapping, Sequence

from lessons_src.records import RunRecord
from lessons_src.text_table import text_table

import numpy as np

HEADINGS = ("network", "mean", "lowest", "highest", "seeds")


def results_table(runs: Mapping[str, Sequence[RunRecord]], minutes: Mapping[str, float]) -> str:
    """Return what was measured on networks; its lines fit on a telephone.

    Args:
        runs: By network, records of one recipe on the same images, its seeds; the rows' order.
        minutes: By network, how long a training takes; empty if that was not measured.

    Returns:
        A line per network: mean test accuracy in per cent, the lowest and the highest, the number
        of seeds, and the minutes. A network without runs has a line without accuracies.
    """
    headings = (*HEADINGS, "minutes") if minutes else HEADINGS
    rows = []
    for network, of_seeds in runs.items():
        found = [100 * run.test_accuracy for run in of_seeds]
        values = (np.mean(found), min(found), max(found)) if found else ()
        cells = [network, *(f"{value:.1f}" for value in values), *[""] * (3 - len(values))]
        cells.append(str(len(found)))
        rows.append([*cells, f"{minutes[network]:.1f}"] if minutes else cells)
    return text_table(headings, rows, "<" + ">" * (len(headings) - 1), gap=1)
