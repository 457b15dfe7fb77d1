"""Shared code of the course book: every chapter imports its networks, data and figures from here.

Importing the package imports none of its modules, so `lessons_src.arithmetic` stays free of TensorFlow.
"""
