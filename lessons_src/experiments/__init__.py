"""Recorded comparisons: which runs are compared, on which seeds."""
