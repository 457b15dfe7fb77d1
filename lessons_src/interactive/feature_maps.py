"""Feature maps to leaf through."""

from collections.abc import Mapping, Sequence

from lessons_src.figures.images import feature_maps
from lessons_src.interactive.frames import Explorer, explore

import numpy as np
from matplotlib.figure import Figure

MOST_MAPS = 12  # of one layer in one frame; more could not be distinguished on a phone


def explore_feature_maps(maps: Mapping[str, np.ndarray], names: Sequence[str]) -> Explorer:
    """Let a reader leaf through what a network's layers make of pictures.

    Args:
        maps: By layer, (N, H, W, C) activations of the same N pictures. Of a layer with more than
            twelve channels only the twelve strongest over all pictures are drawn.
        names: What each picture shows.

    Returns:
        Buttons for the layer and for the picture, above the maps.
    """
    strongest = {
        layer: np.sort(np.argsort(stack.mean(axis=(0, 1, 2)))[-MOST_MAPS:])
        for layer, stack in maps.items()
    }

    pictures = {f"{number}: {name}": number for number, name in enumerate(names)}

    def draw(layer: str, picture: str) -> Figure:
        channels = strongest[layer]
        stack = maps[layer][pictures[picture]][..., channels]
        return feature_maps(stack, [str(channel) for channel in channels], columns=4)

    def describe(layer: str, picture: str) -> str:
        height, width, channels = maps[layer].shape[1:]
        shown = len(strongest[layer])
        return f"Picture {picture}, {layer}: {shown} of {channels} channels, " + (
            f"{height}×{width} pixels each"
        )

    return explore(draw, describe, layer=list(maps), picture=list(pictures))
