"""lessons_src itself: light to import, and what TensorFlow reads once is set before any module."""

import os
import subprocess
import sys

import pytest


def python(code, **variables):
    """Return what code prints in a new Python with none of TensorFlow's variables set."""
    unset = {"TF_ENABLE_ONEDNN_OPTS", "TF_CPP_MIN_LOG_LEVEL", "KERAS_BACKEND"}
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    command = [sys.executable, "-c", code]
    run = subprocess.run(
        command, env=environment | variables, capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def test_the_package_alone_and_its_arithmetic_load_no_other_library():
    code = """
import sys
before = set(sys.modules)
import lessons_src.arithmetic
loaded = {module.partition(".")[0] for module in set(sys.modules) - before}
print(loaded - sys.stdlib_module_names)
"""
    assert python(code) == "{'lessons_src'}"


def test_one_dnn_is_on_whichever_module_comes_first():
    code = "import lessons_src.arithmetic, os\nprint(os.environ['TF_ENABLE_ONEDNN_OPTS'])"
    assert python(code) == "1"


@pytest.mark.parametrize("name", ["TF_ENABLE_ONEDNN_OPTS", "TF_CPP_MIN_LOG_LEVEL"])
def test_a_variable_that_the_reader_has_set_is_kept(name):
    assert python(f"import lessons_src, os\nprint(os.environ['{name}'])", **{name: "0"}) == "0"


def test_little_time_goes_to_looking_for_garbage_at_start_and_end():
    code = """
import gc, lessons_src
gc.collect()
before = gc.get_stats()[0]["collections"]
objects = [[] for _ in range(5_000)]
print(gc.get_stats()[0]["collections"] - before)
"""
    assert python(code) == "0"
    code = "import atexit, gc\natexit.register(lambda: print(gc.get_freeze_count() > 0))\n"
    assert python(code) == "False"
    assert python(code + "import lessons_src") == "True"
