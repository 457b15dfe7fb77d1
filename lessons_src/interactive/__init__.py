"""Figures that answer to a reader: frames after sliders, with a kernel or without."""

from lessons_src.interactive.explore import explore
from lessons_src.interactive.feature_maps import explore_feature_maps

__all__ = ["explore", "explore_feature_maps"]
