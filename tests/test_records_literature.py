"""lessons_src.records.literature: published trainings, each with its source."""

from pathlib import Path

from lessons_src.analysis import layer_table
from lessons_src.arithmetic import training_petaflops
from lessons_src.models import fast11, thin_net
from lessons_src.records import LITERATURE

import pytest
from pybtex.database import parse_file

BIBLIOGRAPHY = Path(__file__).parent.parent / "book" / "references.bib"


def test_every_published_training_names_an_entry_of_the_references():
    entries = parse_file(str(BIBLIOGRAPHY)).entries
    for training in LITERATURE:
        entry = entries[training.citation]
        who, year = training.source.split(", ")
        author = str(entry.persons["author"][0]) + entry.fields["title"]
        assert who.removesuffix(" et al.") in author and year == entry.fields["year"]


def test_every_published_training_is_one_that_can_be_drawn():
    assert len({training.label for training in LITERATURE}) == len(LITERATURE)
    for training in LITERATURE:
        assert 0.9 < training.accuracy < 1
        assert training.seconds or training.petaflops


def test_the_operations_of_the_residual_networks_are_those_of_their_layers():
    found = {t.label: t.petaflops for t in LITERATURE if t.citation == "he2016deep"}
    assert list(found) == ["ResNet-20", "ResNet-56", "ResNet-110"]
    for label, petaflops in found.items():
        network = thin_net(int(label.removeprefix("ResNet-")), residual=True)
        assert petaflops == training_petaflops(layer_table(network).macs, 8_192_000)


@pytest.mark.parametrize(("label", "epochs"), [("airbench94", 9.9), ("airbench94 Muon", 8)])
def test_the_literature_counts_operations_as_the_book_does(label, epochs):
    network = fast11(widths=(64, 256, 256), deep=False)  # theirs, but for the activation
    counted = training_petaflops(layer_table(network).macs, round(epochs * 50_000))
    [published] = [t.petaflops for t in LITERATURE if t.label == label]
    assert counted == pytest.approx(published, rel=0.03)
