"""Shared code of the course book: networks, data, training and figures.

Importing the package imports none of its modules, so `lessons_src.arithmetic` stays free of
TensorFlow. It sets the environment variables that TensorFlow and Keras read once, at their own
import, whichever module of the package comes first, and makes Python collect garbage less often.
"""

import atexit
import gc
import os
import sys

# oneDNN's kernels are off by default on some processors, where they train 1.5 to 2.6 times faster.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # warnings of TensorFlow's C++ side, not notes
if (backend := os.environ.get("KERAS_BACKEND", "tensorflow")) != "tensorflow":
    print(f"KERAS_BACKEND is {backend!r}; the book's code runs on TensorFlow", file=sys.stderr)
os.environ["KERAS_BACKEND"] = "tensorflow"

# TensorFlow's import makes 300,000 objects that stay. Looking through them for garbage at every 700
# new ones, and once more at the end, takes a third of the time of a short command.
gc.set_threshold(10_000)
atexit.register(gc.freeze)
