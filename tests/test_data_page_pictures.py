"""The pictures that pages train on."""

import gzip
import json

from lessons_src.data import page_pictures, shapes10

import numpy as np
import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    page_pictures.write_pictures(folder)
    return folder


def test_the_file_holds_shapes10_equally_many_of_each_class(folder):
    facts = json.loads((folder / "pictures.json").read_text())
    assert (facts["trained"], facts["checked"]) == (2_000, 500)
    count = facts["trained"] + facts["checked"]
    packed = np.frombuffer(gzip.decompress((folder / "pictures.gz").read_bytes()), np.uint8)
    labels, images = packed[:count], packed[count:].reshape(count, 32, 32, 3) * facts["step"]
    original, classes = shapes10.generate(count, page_pictures.SEED, noise=False)
    np.testing.assert_array_equal(labels, classes)
    assert np.abs(images.astype(int) - original).max() < facts["step"]
    assert set(np.bincount(labels)) == {count // 10}
    again, same = page_pictures.pictures()
    np.testing.assert_array_equal(images, again)
    np.testing.assert_array_equal(labels, same)


def test_a_page_loads_them_in_less_than_two_megabytes(folder):
    assert (folder / "pictures.gz").stat().st_size < 1.9e6
