"""Write the networks that have kept weights as the files that a page runs."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from lessons_src import records
from lessons_src.models import build_model
from lessons_src.page_networks.graph import packed_weights, page_graph
from lessons_src.records.kept_weights import KEPT


def export_networks(
    folder: Path,
    classes: Sequence[str],
    runs: Iterable[tuple[str, str]] = KEPT,
    kept: Path = records.RECORDS,
) -> None:
    """Write NAME.json, the graph, and NAME.bin, the weights, of recorded networks.

    Args:
        folder: Where; made if it does not exist.
        classes: Names of the classes that the networks tell apart.
        runs: (network, recipe) of the runs; all that have kept weights unless given.
        kept: Where the records and weights lie.

    Raises:
        RecordError: If a network's weights are missing or damaged; the message names the file.
        UsageError: As in `graph.page_graph`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for network, recipe in runs:
        model = build_model(network)
        records.load_weights(model, recipe, kept)
        graph = page_graph(model, classes)
        (folder / f"{network}.json").write_text(json.dumps(graph), encoding="utf-8")
        (folder / f"{network}.bin").write_bytes(packed_weights(model))
