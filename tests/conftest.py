"""How the property tests draw: the same examples in each run, none against the clock."""

from hypothesis import settings

settings.register_profile("book", derandomize=True, deadline=None, database=None)
settings.load_profile("book")
