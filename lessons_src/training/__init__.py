"""Training: what `train` does by a recipe, and everything that a recipe names."""

from lessons_src.training.run_directory import load_best_weights
from lessons_src.training.train import evaluate, train

__all__ = ["evaluate", "load_best_weights", "train"]
