"""The files that a page runs are made of the weights that are kept."""

import json
import sys

from lessons_src.errors import RecordError
from lessons_src.models import build_model
from lessons_src.page_networks.export import export_networks
from lessons_src.records import half_weights
from lessons_src.records.kept_weights import KEPT, weights_path

import numpy as np
import page_networks
import pytest
from sphinx.errors import ExtensionError

CLASSES = list("abcdefghij")
PYTHON = [sys.executable, "-c"]


def test_all_networks_with_kept_weights_are_written(tmp_path):
    export_networks(tmp_path, CLASSES)
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{network}.{ending}" for network, _ in KEPT for ending in ("json", "bin")
    }
    graph = json.loads((tmp_path / "lenet5.json").read_text())
    [conv] = [layer for layer in graph["layers"] if layer["name"] == "conv2"]
    offset = conv["weights"][0]["offset"]
    values = np.frombuffer((tmp_path / "lenet5.bin").read_bytes(), "<f2")
    with np.load(weights_path("lenet5", "note")) as kept:
        kernel = kept["conv2/kernel"]
    assert np.array_equal(values[offset:][: kernel.size].reshape(kernel.shape), kernel)


def test_a_damaged_kept_weight_is_told_by_its_file(tmp_path):
    path = weights_path("lenet5", "note", tmp_path)
    half_weights.save(build_model("lenet5"), path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    with pytest.raises(RecordError, match=f"{path.name} is damaged"):
        export_networks(tmp_path / "networks", CLASSES, [("lenet5", "note")], tmp_path)


def test_the_build_tells_why_a_network_cannot_be_written(tmp_path, monkeypatch):
    words = "print('a.npz is damaged; restore it', file=sys.stderr)"
    monkeypatch.setattr(page_networks, "RUN", [*PYTHON, f"import sys; {words}; sys.exit(1)"])
    with pytest.raises(ExtensionError, match=r"the networks of the pages: a\.npz is damaged"):
        page_networks.export(tmp_path / "networks")


def test_the_build_writes_again_only_what_is_older_than_the_package(tmp_path, monkeypatch):
    code = "import sys, pathlib; pathlib.Path(sys.argv[1]).mkdir(parents=True)"
    monkeypatch.setattr(page_networks, "RUN", [*PYTHON, code])
    folder = page_networks.export(tmp_path / "networks")
    (folder / "kept").touch()
    assert page_networks.export(tmp_path / "networks") == folder
    assert (folder / "kept").exists()
    monkeypatch.setattr(page_networks, "fingerprint", lambda: "another")
    assert page_networks.export(tmp_path / "networks").name == "another"
    assert [path.name for path in (tmp_path / "networks").iterdir()] == ["another"]


def test_a_changed_weight_or_module_changes_the_fingerprint(tmp_path):
    for name in ("records/runs/a.weights.npz", "models/a.py", "records/runs/a.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = page_networks.fingerprint(tmp_path)
        path.write_text("new")
        assert (page_networks.fingerprint(tmp_path) != before) == (not name.endswith("json"))
