"""A rehearsal of Colab: its package versions, a clean environment, the bootstrap cell."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from toc import NOTEBOOKS, ROOT

pytestmark = pytest.mark.slow

PINS = Path(__file__).with_name("colab-requirements.txt")
NOTEBOOK_SECONDS, INSTALL_SECONDS = 600, 1800

# What Colab's versions do in their own way, by a chapter that shows it; colab.yml runs them all.
REHEARSED = {
    "save_and_resume": "Keras 3.13 saves, resumes and loads in a new Python",
    "your_own_pictures": "Pillow 11 reads good and bad files, ipywidgets 7 has the frames",
}


def run(*command, seconds=NOTEBOOK_SECONDS, **options):
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=seconds, **options
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    return result.stdout


def pip(bin_folder, *words, **options):
    return run(bin_folder / "python", "-I", "-m", "pip", *words, **options)


def freeze(bin_folder):
    return set(pip(bin_folder, "freeze").splitlines())


def uninstall(bin_folder):
    pip(bin_folder, "uninstall", "--quiet", "--yes", "lessons-src")


@pytest.fixture(scope="session")
def colab():
    """The `bin` folder of an environment with Colab's versions, kept between runs (2.4 GB)."""
    pins = hashlib.sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "convnet-course" / f"colab-{pins}"
    bin_folder, complete = folder / "bin", folder / "complete"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two rehearsals at once would see each other's packages
        if not complete.exists():
            shutil.rmtree(folder, ignore_errors=True)
            run(sys.executable, "-m", "venv", folder)
            # Few of its modules are ever imported: compiling them all takes half of the time.
            quick = ("--quiet", "--no-compile")
            pip(bin_folder, "install", *quick, "-r", PINS, seconds=INSTALL_SECONDS)
            complete.touch()
        uninstall(bin_folder)  # what a rehearsal that was killed left
        yield bin_folder


@pytest.fixture(scope="session")
def remote(tmp_path_factory):
    """Environment variables that send git to a copy of the working tree instead of GitHub."""
    copy = tmp_path_factory.mktemp("remote")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "lessons_src", copy / "lessons_src", ignore=ignore)
    git = ("git", "-C", copy, "-c", "user.name=test", "-c", "user.email=test@localhost")
    run(*git, "init", "--quiet")
    run(*git, "add", "--all")
    run(*git, "commit", "--quiet", "--message", "working tree")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{copy.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": project["urls"]["Repository"],
    }


@pytest.fixture
def rehearse(colab, remote, tmp_path):
    """A function that runs a chapter as Colab would and returns the executed notebook."""
    stub = tmp_path / "stub" / "google" / "colab"
    stub.mkdir(parents=True)
    (stub / "__init__.py").touch()
    environment = {
        **os.environ,
        **remote,
        "LESSONS_BUDGET": "smoke",
        "PYTHONDONTWRITEBYTECODE": "",  # nothing is compiled yet: the first process does it for all
        "PYTHONPATH": str(tmp_path / "stub"),
        "PATH": f"{colab}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_PREFER_ENV_PATH": "1",
    }

    def execute(chapter):
        content = tmp_path / "content"
        content.mkdir()
        notebook = shutil.copy(chapter, content)
        run(colab / "jupyter-execute", "--inplace", notebook, cwd=content, env=environment)
        return json.loads(Path(notebook).read_text())

    yield execute
    uninstall(colab)


def models(notebook):
    """Return the names of the widgets that the executed notebook holds."""
    states = notebook["metadata"].get("widgets", {}).values()
    return {model["model_name"] for state in states for model in state["state"].values()}


def test_the_rehearsed_chapters_are_of_the_book():
    assert set(REHEARSED) <= {path.stem for path in NOTEBOOKS}


@pytest.mark.parametrize(
    "chapter",
    [
        pytest.param(path, id=path.stem, marks=[pytest.mark.weekly] * (path.stem not in REHEARSED))
        for path in NOTEBOOKS
    ],
)
def test_chapter_runs_in_colab(chapter, rehearse, colab):
    before = freeze(colab)
    assert not any("lessons" in package for package in before)
    notebook = rehearse(chapter)
    after = freeze(colab)
    assert before <= after, "the bootstrap cell changed Colab's own packages"
    assert [package.split("@")[0].strip() for package in after - before] == ["lessons-src"]
    if "import explore" in chapter.read_text():
        assert models(notebook) & {"SelectionSliderModel", "ToggleButtonsModel"}
        assert '<form class=\\"explorer\\"' not in json.dumps(notebook), (
            "ipywidgets 7 stores no page: the kernel draws a frame when the reader asks for it"
        )
