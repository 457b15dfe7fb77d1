"""lessons_src.startup_notes: notes are kept back, what matters passes, a crash's message too."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def stderr_of(code):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=clean
    ).stderr.splitlines()


def test_the_command_line_is_silent_but_for_its_errors():
    code = "from lessons_src.__main__ import main; main(['train', 'nothing'])"
    [line] = stderr_of(code)
    assert line.startswith("error: unknown model 'nothing'")


def test_what_is_no_note_passes():
    code = (
        "import os\nfrom lessons_src.startup_notes import without_startup_notes\n"
        "with without_startup_notes():\n"
        "    os.write(2, b'I0000 note\\nan error\\n')\n"
        "os.write(2, b'I0000 afterwards\\n')"
    )
    assert stderr_of(code) == ["an error", "I0000 afterwards"]


def test_a_native_crash_keeps_its_message():
    code = (
        "import os\nfrom lessons_src.startup_notes import without_startup_notes\n"
        "with without_startup_notes():\n"
        "    os.write(2, b'I0000 note\\nF0000 no such instruction')\n"
        "    os.abort()"
    )
    assert stderr_of(code) == ["F0000 no such instruction"]
