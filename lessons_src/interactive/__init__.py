"""Figures that answer to a reader, with a kernel or without: frames, own numbers, own pictures."""

from lessons_src.interactive.frames import explore
from lessons_src.interactive.learn import learn
from lessons_src.interactive.own_numbers import own_numbers
from lessons_src.interactive.own_picture import own_picture

__all__ = ["explore", "learn", "own_numbers", "own_picture"]
