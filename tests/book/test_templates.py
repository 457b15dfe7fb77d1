"""The reader's template, run as a reader runs it: a broken file, a stop, a second call."""

import ast
import json
import re
import runpy
import shlex
import signal
import subprocess
import sys
from pathlib import Path

from lessons_src.__main__ import _parser as command_line
from lessons_src.saving import load_with_classes

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "book" / "templates" / "train_your_own.py"
PAGE = ROOT / "book" / "your_own_pictures.ipynb"
OPTIONS = ("--network", "lenet5", "--epochs", "40", "--batch", "8")


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder of three classes, told apart by their colour, of two sizes."""
    place, rng = tmp_path_factory.mktemp("own"), np.random.default_rng(0)
    for channel, name in enumerate(("red", "green", "light blue")):
        (place / "pictures" / name).mkdir(parents=True)
        for number in range(12):
            side = 32 if number % 2 else 40
            pixels = rng.integers(128, size=(side, side, 3), dtype=np.uint8)
            pixels[..., channel] += 127
            Image.fromarray(pixels).save(place / "pictures" / name / f"{number} {name}.png")
    return place


@pytest.fixture
def start(place):
    """A function that starts the program there; what still runs after the test is killed."""
    started = []
    # What runs in a shell's background ignores Ctrl-C, and so would the programs that it starts.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)

    def start(*options):
        command = [sys.executable, TEMPLATE, "pictures", *OPTIONS, *options]
        pipe = subprocess.PIPE
        started.append(
            subprocess.Popen(command, cwd=place, text=True, stdout=pipe, stderr=subprocess.STDOUT)
        )
        return started[-1]

    yield start
    for process in started:
        with process:
            process.kill()
    signal.signal(signal.SIGINT, handler)


def finish(process):
    """Return what the program printed, and how it ended."""
    return process.communicate(timeout=200)[0], process.returncode


def interrupt(process):
    """Press Ctrl-C, again if Python lost the first one in a destructor; return as `finish`."""
    for _ in range(5):
        process.send_signal(signal.SIGINT)
        try:
            return process.communicate(timeout=15)[0], process.returncode
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError("the program does not hear Ctrl-C")


def result(run_dir):
    record = json.loads((run_dir / "record.json").read_text())
    del record["seconds"], record["history"]["seconds"]
    return record


def test_a_broken_file_a_stop_and_a_second_call(place, start):
    broken = place / "pictures" / "green" / "holiday.png"
    broken.write_bytes((place / "pictures" / "red" / "0 red.png").read_bytes()[:200])
    text, code = finish(start())
    assert code == 1 and text.endswith(  # after TensorFlow's start-up notes
        "error: 1 problem in pictures:\ngreen/holiday.png: not a readable image; replace the file\n"
    )
    assert not (place / "runs").exists()

    broken.unlink()
    whole, stopped = start("--run-dir", "whole"), start()
    for line in stopped.stdout:
        if line.startswith("epoch 2/"):
            break
    text, code = interrupt(stopped)
    assert code == 1 and text.endswith("stopped; the same command goes on after the last epoch\n")
    run_dir = place / "runs" / "pictures-lenet5"
    assert (run_dir / "state.npz").exists() and not (run_dir / "record.json").exists()

    text, code = finish(start())
    assert code == 0 and "epoch 1/" not in text and "epoch 40/40" in text
    assert "all brought to 32×32 pixels" in text
    assert all(f"  {name}: " in text for name in ("green", "light blue", "red"))
    assert finish(whole)[1] == 0
    assert result(run_dir) == result(place / "whole")
    with Image.open(run_dir / "curves.png") as curves:
        assert curves.format == "PNG"

    again, code = finish(start())
    assert code == 0 and "epoch 1/" not in again
    assert again.splitlines()[-6:] == text.splitlines()[-6:]

    # The last line is the command that asks the saved network, in a new Python, about a picture.
    command = text.splitlines()[-1].removeprefix("ask it: ").split()
    assert command[:2] == ["python", "-m"] and command[-1] == "new.jpg"
    new = np.random.default_rng(1).integers(128, size=(50, 60, 3), dtype=np.uint8)
    new[..., 0] += 127
    Image.fromarray(new).save(place / "new.jpg")
    command = [sys.executable, *command[1:]]
    answer = subprocess.run(command, cwd=place, capture_output=True, text=True, check=True).stdout
    assert answer.startswith("new.jpg: red ")
    assert "cropped 60×50 to the middle 50×50; shrunk from 50×50 to 32×32" in answer


def program():
    """Return the program's functions by name, without running it."""
    return runpy.run_path(str(TEMPLATE))


@pytest.fixture
def labels(place, tmp_path):
    """The same pictures in a list, each after a picture of the class before."""
    names = ["red", "green", "light blue"]
    files = [(f"{k}/{n} {k}.png", label) for n in range(12) for label, k in enumerate(names)]
    lines = [f"{name} {label}" for name, label in files]
    (tmp_path / "labels.txt").write_text("\n".join(lines), encoding="utf-8")
    options = [place / "pictures", "--list", tmp_path / "labels.txt", "--run-dir", tmp_path / "run"]
    return [*map(str, options), "--classes", *names, "--epochs", "1", "--network", "lenet5"]


def test_a_list_of_labels_trains_as_well(labels, tmp_path, capsys):
    program()["main"]([*labels, "--no-flip"])
    out = capsys.readouterr().out
    assert "30 training, 3 validation, 3 test images" in out
    model, names = load_with_classes(tmp_path / "run" / "model.keras")
    assert names == ("red", "green", "light blue")
    kinds = [type(layer).__name__ for layer in model.get_layer("augmentation").layers]
    assert "RandomRotation" in kinds and "RandomFlip" not in kinds


def test_every_bad_line_of_a_list_is_named(labels, tmp_path, place, capsys):
    (place / "pictures" / "red" / "text.png").write_text("no picture")
    lines = ["red/text.png 0", "red/none.png 0", "red/0 red.png 3"]
    (tmp_path / "labels.txt").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SystemExit) as caught:
        program()["main"](labels)
    (place / "pictures" / "red" / "text.png").unlink()
    assert str(caught.value) == (
        "error: 3 problems in labels.txt:\n"
        "line 1: red/text.png: not a readable image; replace the file\n"
        "line 2: red/none.png: no such file\n"
        "line 3: label '3'; expected a whole number from 0 to 2"
    )
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("option", [("--list", "labels.txt"), ("--classes", "cat", "dog")])
def test_a_list_and_the_classes_names_come_together(option):
    with pytest.raises(SystemExit, match="give --list and --classes together"):
        program()["main"](["pictures", *option])


# The page and the program say the same


def page_sources(kind):
    cells = json.loads(PAGE.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def names_from_the_package(source):
    tree = ast.parse(re.sub(r"^( *)%.*", r"\1pass", source, flags=re.MULTILINE))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        (node.module, alias.name)
        for node in nodes
        if node.module.startswith("lessons_src")
        for alias in node.names
    }


REPORTS = {"BookError", "MODELS", "Progress", "accuracy_by_class", "curves", "png"}


def test_the_page_takes_every_step_of_the_program():
    ours = {pair for code in page_sources("code") for pair in names_from_the_package(code)}
    steps = names_from_the_package(TEMPLATE.read_text(encoding="utf-8"))
    assert {pair for pair in steps if pair[1] not in REPORTS} <= ours


def test_the_pages_commands_are_understood():
    text = "\n".join(page_sources("markdown"))
    commands = re.findall(r"^python (train_your_own\.py|-m lessons_src) (.+)$", text, re.M)
    assert len(commands) > 3
    parsers = {"train_your_own.py": program()["parser"](), "-m lessons_src": command_line()}
    for name, words in commands:
        parsers[name].parse_args(shlex.split(words))
