"""Figures that answer to a reader: frames after sliders, with a kernel or without."""

from lessons_src.interactive.feature_maps import explore_feature_maps
from lessons_src.interactive.frames import explore

__all__ = ["explore", "explore_feature_maps"]
