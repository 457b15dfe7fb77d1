"""tools/mutants.py: a stale fault is named, and a fault that is put in is seen."""

import subprocess
import sys

import mutants
import pytest
from mutants import Fault, modules_of_tests, problems, read_faults
from toc import ROOT


@pytest.mark.parametrize(("old", "count"), [("no such text", "0"), ("import", r"\d\d?")])
def test_a_text_that_does_not_occur_once_is_named(old, count):
    fault = Fault("arithmetic.py", "a stale fault", old, "")
    with pytest.raises(ValueError, match=f"^arithmetic.py: a stale fault: .* {count} times, not"):
        fault.mutated()


def test_what_is_wrong_with_faults_is_told_all_at_once(monkeypatch):
    twice = Fault("text_table.py", "nothing", "lines = [headings", "lines = [ headings")
    broken = Fault("text_table.py", "broken", "def text_table", "def (")
    monkeypatch.setattr(mutants, "read_table", lambda: {"another": "a test"})
    found = "\n".join(problems([twice, twice, broken]))
    assert "arithmetic.py has no fault" in found and "\ntext_table.py has" not in found
    assert "text_table.py: nothing: Python reads the same as before" in found
    assert "2 faults are called 'nothing'" in found and "invalid syntax" in found
    assert "a fault that is no more, 'another'; run python tools/mutants.py new" in found


def test_the_likeliest_tests_come_first():
    own, near, others = modules_of_tests("training/batches.py")
    assert own == ["tests/test_training_batches.py"]
    assert "tests/test_training_train.py" in near and "tests/test_arithmetic.py" in others
    assert modules_of_tests("__main__.py")[0] == ["tests/test_cli.py"]
    assert modules_of_tests("__init__.py")[0] == ["tests/test_package.py"]
    assert modules_of_tests("exercises/__init__.py")[0] == ["tests/test_exercises.py"]


@pytest.mark.slow
def test_a_fault_that_is_put_in_is_seen():
    expected = [fault.what for fault in read_faults() if fault.file == "text_table.py"]
    command = [sys.executable, ROOT / "tools" / "mutants.py", "text_table"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    for what in expected:
        assert f"text_table.py: {what}: tests/test_text_table.py::test_" in run.stdout
    assert f"{len(expected)} of {len(expected)} faults are seen" in run.stdout
