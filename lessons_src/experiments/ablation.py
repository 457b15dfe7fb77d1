"""The recipe by which networks without one of their parts are compared: the note's, on all data."""

from dataclasses import replace

from lessons_src.training.recipes import NOTE

RECIPE = replace(NOTE, name="ablation", test_curve=False)
SEEDS = tuple(range(5))
