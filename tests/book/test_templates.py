"""The reader's template, run as a reader runs it: a broken file, a stop, a second call."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "book" / "templates" / "train_your_own.py"
CHAPTER = ROOT / "book" / "six_steps.ipynb"
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


def test_the_chapter_shows_the_whole_template():
    code = TEMPLATE.read_text(encoding="utf-8")
    assert len(code.splitlines()) < 80
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    shown = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert any(f"```python\n{code}```" in text for text in shown)
