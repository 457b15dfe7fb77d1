"""Device and budget: what this machine can train."""

import os
import platform
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lessons_src.errors import BookError, UsageError
from lessons_src.messages import note

import keras
import numpy
import tensorflow as tf

GPUS = tf.config.list_physical_devices("GPU")

BUDGETS = {
    "smoke": "seconds: does everything run?",
    "cpu": "a part of the data and few epochs",
    "gpu": "all of the data and the recipe's epochs",
}


KERAS_DEFAULTS = {"image_data_format": "channels_last", "floatx": "float32", "epsilon": 1e-7}


@dataclass(frozen=True)
class Budget:
    """How much a page may train.

    Attributes:
        name: "smoke", "cpu" or "gpu"; chooses what `page_budgets.reduced` gives.
        device: What the training runs on, in words.
    """

    name: str
    device: str

    def __str__(self) -> str:
        return f"Budget {self.name} ({BUDGETS[self.name]}) on {self.device}"


def setup(seed: int = 0) -> Budget:
    """Prepare Keras and TensorFlow, seed every random generator, and choose the budget.

    Args:
        seed: Seed of Python's, NumPy's and Keras' generators.

    Returns:
        The budget: that of the environment variable LESSONS_BUDGET if it is set, else "gpu" where
        TensorFlow sees a GPU and "cpu" where it does not.

    Raises:
        UsageError: If LESSONS_BUDGET holds anything else.
        BookError: As in `use_keras_defaults`.
    """
    name = os.environ.get("LESSONS_BUDGET")
    if name and name not in BUDGETS:
        raise UsageError(f"LESSONS_BUDGET is {name!r}; set it to one of {', '.join(BUDGETS)}")
    use_keras_defaults()
    grow_memory()
    keras.utils.set_random_seed(seed)
    return Budget(name or ("gpu" if GPUS else "cpu"), device())


def grow_memory() -> list:
    """Let TensorFlow take a GPU's memory as it needs it, and return the GPUs."""
    for gpu in GPUS:
        tf.config.experimental.set_memory_growth(gpu, True)
    return GPUS


@cache
def use_keras_defaults() -> None:
    """Compute as the book does, whatever Keras' settings file says for another project.

    Once per process, so that what a reader sets later stays.

    Raises:
        BookError: If something imported Keras with another back end before the book's code.
    """
    if (backend := keras.backend.backend()) != "tensorflow":
        raise BookError(
            f"Keras already runs on {backend}, and the book needs TensorFlow; "
            "restart Python and import lessons_src first, or set KERAS_BACKEND=tensorflow"
        )
    for setting, value in KERAS_DEFAULTS.items():
        if (found := getattr(keras.config, setting)()) != value:
            getattr(keras.config, f"set_{setting}")(value)
            note(f"{setting} is {value!r} here; Keras' settings file keras.json says {found!r}")


def strategy(devices: int) -> tf.distribute.Strategy:
    """Return how to train on several devices at once; build the model under its `scope()`.

    Args:
        devices: How many: GPUs where TensorFlow sees any, else (logical) processors. With 1 it is
            TensorFlow's default, which changes nothing.

    Returns:
        A strategy under which each device holds a copy of the model and trains it on an equal part
        of every batch; the gradients are averaged.

    Raises:
        UsageError: If there are not so many devices.
    """
    names = [found.name for found in tf.config.list_logical_devices("GPU" if GPUS else "CPU")]
    if not 1 <= devices <= len(names):
        raise UsageError(
            f"{devices} devices were asked for; TensorFlow sees {len(names)}: {', '.join(names)}"
        )
    if devices == 1:
        return tf.distribute.get_strategy()
    return tf.distribute.MirroredStrategy(names[:devices])


def device(gpus: int | None = None) -> str:
    """Return the name of the GPUs, or of the processor with the cores that TensorFlow uses.

    Args:
        gpus: How many of the GPUs are used; by default all that TensorFlow sees.
    """
    if GPUS:
        details = tf.config.experimental.get_device_details(GPUS[0])
        return f"{gpus or len(GPUS)} × {details.get('device_name', 'GPU')}"
    cores = usable_cores()
    threads = int(os.environ.get("TF_NUM_INTRAOP_THREADS", 0))  # TensorFlow's variable; 0 is all
    cores = min(cores, threads or cores)
    return f"{cores} CPU {'core' if cores == 1 else 'cores'} ({_processor()})"


def usable_cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def bfloat16_units() -> bool | None:
    """Tell whether the GPU or processor has units for bfloat16; None where that is not known."""
    if GPUS:
        details = tf.config.experimental.get_device_details(GPUS[0])
        return details.get("compute_capability", (0, 0)) >= (8, 0)
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64"):
        return None
    return not {"avx512_bf16", "amx_bf16"}.isdisjoint(Path("/proc/cpuinfo").read_text().split())


def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that decide a training run's result."""
    return {
        "python": platform.python_version(),
        "tensorflow": tf.__version__,
        "keras": keras.__version__,
        "numpy": numpy.__version__,
    }


def _processor() -> str:
    """Return the processor's model name where the system names it, else its architecture."""
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
