"""lessons_src.predict: an answer for every picture, and an error for every file that is none."""

import json

from lessons_src import records
from lessons_src.__main__ import main
from lessons_src.models import build_model
from lessons_src.predict import Prediction, predict_files
from lessons_src.records import half_weights
from lessons_src.saving import save_with_classes

import keras
import numpy as np
import pytest
from PIL import Image

RED = (255, 0, 0)


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    return build_model("fast11")


@pytest.fixture
def kept(tmp_path, monkeypatch, network):
    """Keep the network's weights where `predict` looks for the recorded ones."""
    folder = tmp_path / "records"
    folder.mkdir()
    half_weights.save(network, folder / "fast11-fast-seed0.weights.npz")
    monkeypatch.setattr(records, "RECORDS", folder)


def saved(tmp_path, image, name="picture.png", **options):
    image.save(tmp_path / name, **options)
    return tmp_path / name


def square(mode, colour, side=32):
    return Image.new(mode, (side, side), colour)


def answers(network, *paths) -> list:
    return list(predict_files(network, paths))


def test_what_was_done_to_a_picture_is_told(tmp_path, network):
    small = saved(tmp_path, square("RGB", RED))
    wide = saved(tmp_path, Image.new("L", (96, 64), 9), "wide.jpg")
    found = answers(network, small, wide)
    assert [answer.file for answer in found] == [str(small), str(wide)]
    assert [answer.done for answer in found] == [
        ("nothing",),
        (
            "grey repeated in three channels",
            "cropped 96×64 to the middle 64×64",
            "shrunk from 64×64 to 32×32",
        ),
    ]


def test_a_bad_file_is_named_and_the_next_ones_are_answered(tmp_path, network):
    (tmp_path / "text.png").write_text("no picture")
    good = saved(tmp_path, square("RGB", RED))
    text, missing, folder, last = answers(
        network, tmp_path / "text.png", str(tmp_path / "none.png"), tmp_path, good
    )
    assert str(text) == f"{tmp_path / 'text.png'}: not a readable image; replace the file"
    assert str(missing) == f"{tmp_path / 'none.png'}: no such file"
    assert str(folder) == f"{tmp_path}: a folder, not a file"
    assert isinstance(last, Prediction)


def test_a_systems_own_files_are_passed_over_and_told(tmp_path, network, capsys):
    for name in ("Thumbs.db", "desktop.ini", "._cat.jpg"):
        (tmp_path / name).write_bytes(b"no picture")
    good = saved(tmp_path, square("RGB", RED))
    [answer] = answers(network, *sorted(tmp_path.iterdir()))
    assert answer.file == str(good)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 3 and f"{tmp_path / 'Thumbs.db'}: passed over" in told[1]


CLASS_NAMES = (
    *("airplane", "automobile", "bird", "cat", "deer"),
    *("dog", "frog", "horse", "ship", "truck"),
)


def test_the_answer_is_the_networks(tmp_path, network):
    path = saved(tmp_path, square("RGB", RED))
    [answer] = answers(network, path)
    assert isinstance(answer, Prediction)
    expected = np.asarray(network(np.full((1, 32, 32, 3), (1, 0, 0), "float32")))[0]
    assert answer.probabilities == pytest.approx(dict(zip(CLASS_NAMES, expected, strict=True)))
    ranked = list(answer.probabilities.values())
    assert ranked == sorted(ranked, reverse=True) and len(set(ranked)) == 10
    assert sum(ranked) == pytest.approx(1, abs=1e-5)


def test_the_command_answers_for_good_files_and_names_bad_ones(tmp_path, capsys, kept):
    good = saved(tmp_path, square("L", 9, side=64), "good.png")
    bad = tmp_path / "bad.png"
    bad.write_text("no picture")
    assert main(["predict", str(bad), str(good)]) == 1
    out, err = capsys.readouterr()
    assert err == f"error: {bad}: not a readable image; replace the file\n"
    assert out.startswith(f"{good}: ") and out.count("%") == 3 and out.count("\n") == 1
    assert "grey repeated in three channels; shrunk from 64×64 to 32×32" in out
    assert main(["predict", str(good), "--json"]) == 0
    [answer] = json.loads(capsys.readouterr().out)
    assert answer["file"] == str(good) and len(answer["probabilities"]) == 10


def test_without_weights_the_command_says_how_to_make_them(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(records, "RECORDS", tmp_path)
    assert main(["predict", "x.png"]) == 1
    assert "train fast11 --recipe fast" in capsys.readouterr().err


@pytest.fixture
def own(tmp_path):
    """A saved network of two classes and another size, which looks at the left half alone."""
    images = keras.Input((4, 6, 3))
    red = keras.layers.Flatten()(keras.layers.Cropping2D(((0, 0), (0, 5)))(images))
    dense = keras.layers.Dense(2, "softmax")
    model = keras.Model(images, dense(red))
    kernel = np.zeros((12, 2), "float32")
    kernel[0::3, 0], kernel[2::3, 1] = 2, 2  # red speaks for the first class, blue for the second
    dense.set_weights([kernel, np.zeros(2)])
    return save_with_classes(model, tmp_path / "own", ("red", "blue"))


def test_a_network_of_ones_own_answers_by_its_names_and_size(tmp_path, capsys, own):
    pixels = np.zeros((8, 12, 3), np.uint8)
    pixels[:, :6, 2], pixels[:, 6:, 0] = 255, 255  # blue on the left, red on the right
    picture = saved(tmp_path, Image.fromarray(pixels))
    assert main(["predict", "--model", str(own), str(picture), "--json"]) == 0
    [answer] = json.loads(capsys.readouterr().out)
    assert list(answer["probabilities"]) == ["blue", "red"]
    assert answer["probabilities"]["blue"] == pytest.approx(1 / (1 + np.exp(-8)), rel=1e-3)
    assert answer["done"] == ["shrunk from 12×8 to 6×4"]


def test_a_network_without_its_classes_names_is_refused_by_the_command(tmp_path, capsys, own):
    own.with_name("classes.json").unlink()
    assert main(["predict", "--model", str(own), "x.png"]) == 1
    assert "classes.json cannot be read" in capsys.readouterr().err
