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

PINS = Path(__file__).with_name("colab-requirements.txt")
NOTEBOOK_SECONDS = 600


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    return result.stdout


def freeze(bin_folder):
    return set(run(bin_folder / "python", "-I", "-m", "pip", "freeze").splitlines())


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
            run(bin_folder / "python", "-I", "-m", "pip", "install", "--quiet", "-r", PINS)
            complete.touch()
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

    uninstall = [
        colab / "python",
        "-I",
        "-m",
        "pip",
        "uninstall",
        "--quiet",
        "--yes",
        "lessons-src",
    ]
    run(*uninstall)
    yield execute
    run(*uninstall)


def models(notebook):
    """Return the names of the widgets that the executed notebook holds."""
    states = notebook["metadata"].get("widgets", {}).values()
    return {model["model_name"] for state in states for model in state["state"].values()}


@pytest.mark.parametrize("chapter", NOTEBOOKS, ids=lambda path: path.stem)
def test_chapter_runs_in_colab(chapter, rehearse, colab):
    before = freeze(colab)
    assert not any("lessons" in package for package in before)
    notebook = rehearse(chapter)
    installed = freeze(colab) - before
    assert [package.split("@")[0].strip() for package in installed] == ["lessons-src"]
    assert before <= freeze(colab), "the bootstrap cell changed Colab's own packages"
    if "explore(" in chapter.read_text():
        assert "SelectionSliderModel" in models(notebook)
        assert "StackModel" not in models(notebook), (
            "ipywidgets 7 has no Stack: frames are drawn live"
        )
