"""The HTML of an interactive figure: native controls and all frames, for book/_static/frames.js."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any


def form(
    values: Mapping[str, Sequence[Any]],
    start: Sequence[int],
    sliders: Mapping[str, bool],
    frames: Sequence[str],
) -> str:
    """Return controls above the frame that they choose; the others wait, unseen, in a template.

    Args:
        values: What each control offers, by its name.
        start: Index of what each control shows first.
        sliders: By name, whether the control is a slider; otherwise it is a row of buttons.
        frames: HTML of one element for each combination, the last control's values in turn fastest.
    """
    different = list(dict.fromkeys(frames))
    places = {frame: place for place, frame in enumerate(different)}
    shown = 0
    for options, index in zip(values.values(), start, strict=True):
        shown = shown * len(options) + index
    controls = [
        (_slider if sliders[name] else _buttons)(name, [str(value) for value in options], index)
        for (name, options), index in zip(values.items(), start, strict=True)
    ]
    order = json.dumps([places[frame] for frame in frames], separators=(",", ":"))
    return (
        f'<form class="explorer" autocomplete="off" data-order="{order}">'
        f'<div class="controls">{"".join(controls)}</div>'
        f'<div class="frame" aria-live="polite">{frames[shown]}</div>'
        f"<template>{''.join(different)}</template></form>"
    )


def _slider(name: str, labels: Sequence[str], index: int) -> str:
    """Return a slider over the labels that shows where it stands."""
    return (
        f"<label>{_words(name)} "
        f'<input type="range" max="{len(labels) - 1}" value="{index}" '
        f'data-labels="{escape(json.dumps(labels))}" aria-valuetext="{escape(labels[index])}"> '
        f"<output>{escape(labels[index])}</output></label>"
    )


def _buttons(name: str, labels: Sequence[str], index: int) -> str:
    """Return a button for each label, of which one is pressed."""
    buttons = [
        f'<label><input type="radio" name="{escape(name)}" value="{place}"'
        f"{' checked' if place == index else ''}> <span>{escape(label)}</span></label>"
        for place, label in enumerate(labels)
    ]
    return f"<fieldset><legend>{_words(name)}</legend>{''.join(buttons)}</fieldset>"


def _words(name: str) -> str:
    """Return the name of a choice as the reader sees it."""
    return escape(name.replace("_", " "))
