"""Records that may be compared: of runs on the same images."""

from collections.abc import Mapping, Sequence

from lessons_src.records.run_record import RunRecord


def on_same_images(runs: Mapping[str, Sequence[RunRecord]]) -> dict[str, list[RunRecord]]:
    """Keep the runs on one set of images, so that no comparison mixes two.

    Args:
        runs: By label, what `find` returned.

    Returns:
        By the same labels, the runs on those images on which most labels have one; between two
        such sets, those with more runs. A label without a run on them has an empty list.
    """
    together: dict[str, dict[str, list[RunRecord]]] = {}
    for label, of_label in runs.items():
        for run in of_label:
            on_these = together.setdefault(run.fingerprint, {label: [] for label in runs})
            on_these[label].append(run)

    def size(on_these: Mapping[str, Sequence[RunRecord]]) -> tuple[int, int]:
        counts = [len(of_label) for of_label in on_these.values()]
        return sum(map(bool, counts)), sum(counts)

    return max(together.values(), key=size, default={label: [] for label in runs})
