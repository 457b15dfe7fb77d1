"""The HTML of a network that looks at the reader's picture, for book/_static/own_picture.js."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from lessons_src.figures.output import png_address
from lessons_src.page_figures.drawing import element, escape
from lessons_src.records.kept_weights import KEPT

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from lessons_src.data import Dataset

TITLES = {
    "baseline": "Baseline",
    "lenet5": "LeNet5",
    "thin_alexnet8": "thin AlexNet8",
    "thin_vgg16": "thin VGG16",
    "inception10": "Inception10",
    "thin_resnet14": "thin ResNet14",
    "fast11": "Fast11",
}
PRIVATE = (
    "The network runs in your browser, and comes from this site with your first picture. "
    "Nothing that you give leaves this page."
)


def network_titles() -> dict[str, str]:
    """Return what the networks with kept weights are called, by their names."""
    return {network: TITLES.get(network, network) for network, _ in KEPT}


def samples_of(dataset: "Dataset") -> dict[str, np.ndarray]:
    """Return the first test image of each class that has one, by the class's name."""
    return {
        name: dataset.x_test[np.flatnonzero(dataset.y_test == label)[0]]
        for label, name in enumerate(dataset.class_names)
        if label in dataset.y_test
    }


def picture_form(network: str, samples: Mapping[str, np.ndarray], title: str) -> str:
    """Return the pictures to choose from, and the place where the page's script puts the answer.

    Args:
        network: Which network is asked first, one with kept weights.
        samples: By name, uint8 (H, W, 3) pixels.
        title: The data set that the samples are from.
    """
    buttons = "".join(_sample(name, pixels) for name, pixels in samples.items())
    networks = "".join(
        element("option", escape(words), value=name, selected="" if name == network else None)
        for name, words in network_titles().items()
    )
    own = (
        '<label>Your own picture <input type="file" accept="image/*"></label>',
        element("button", "Use the camera", type="button", data_camera="", hidden=""),
        element("span", data_rate=""),
        element("span", "or drop one here, or paste one."),
    )
    return element(
        "form",
        element(
            "div",
            element("label", "Network ", element("select", networks, name="network")),
            class_="own-controls page-only",
        ),
        element(
            "fieldset",
            element("legend", f"Samples of {escape(title)}: choose one"),
            element("div", buttons, class_="own-samples"),
            element("div", *own, class_="own-controls page-only"),
        ),
        element("p", PRIVATE, class_="page-only"),
        element("output", class_="own-status"),
        element("div", class_="own-result", hidden=""),
        class_="own-picture",
        aria_label="A network looks at a picture",
        autocomplete="off",
    )


def _sample(name: str, pixels: np.ndarray) -> str:
    """Return a button that shows a sample and its name."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG", optimize=True)
    source = png_address(file.getvalue())
    image = f'<img alt="{escape(name)}" width="48" height="48" src="{source}">'
    return element("button", image, type="button", data_sample="")
