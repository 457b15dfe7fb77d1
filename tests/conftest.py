"""How the property tests draw: the same examples in each run, none against the clock.

TensorFlow computes with one thread here: tests run several at a time, and threads of one process
that wait for those of another one take half as much processor time again.
"""

import os

from hypothesis import settings

settings.register_profile("book", derandomize=True, deadline=None, database=None)
settings.load_profile("book")

os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")  # read when TensorFlow is first used
