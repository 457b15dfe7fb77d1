"""Shared code of the course book: networks, data, training and figures.

Importing the package imports none of its modules, so `lessons_src.arithmetic` stays free of
TensorFlow.
"""
