"""Layers and blocks of layers that the networks are built from."""
