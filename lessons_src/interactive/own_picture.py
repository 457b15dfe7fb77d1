"""A network that looks at the reader's own picture: with a kernel, in Colab, on a static page."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from lessons_src.errors import DatasetError, UsageError
from lessons_src.figures.occlusion import occlusion
from lessons_src.figures.output import image_tag
from lessons_src.figures.unit_in_map import unit_in_map
from lessons_src.interactive.frames import Explorer
from lessons_src.interactive.picture_form import network_titles, picture_form, samples_of
from lessons_src.page_figures.drawing import element, escape
from lessons_src.pictures import Picture, decode, fit
from lessons_src.records.kept_weights import CLASS_NAMES, KEPT

import numpy as np
from ipywidgets import HTML, BoundedIntText, Button, Dropdown, FileUpload, HBox, Layout
from matplotlib import pyplot

if TYPE_CHECKING:
    from lessons_src.data import Dataset

NOT_CHOSEN = "choose one"
NUMBERS = ("channel", "row", "column")
SIDE = 32  # pixels of what the networks take
SQUARE, STEP = 8, 2  # pixels: the grey square at first, and how far it moves
PIXELS_PER_INCH = 100


def own_picture(network: str, dataset: "Dataset") -> Explorer:
    """Show what a recorded network says to a picture, and what its layers make of it.

    A kernel asks Keras; the built site runs the network in the page. Both fit the reader's picture
    as `lessons_src.predict` does.

    Args:
        network: Which network is asked first; the reader can choose any other with kept weights.
        dataset: Its first test image of each class is a sample to choose.

    Returns:
        Pictures to choose from, above the answer.

    Raises:
        UsageError: For a network without kept weights; the message lists those that have them.
    """
    titles = network_titles()
    if network not in titles:
        raise UsageError(f"no weights of {network!r} are kept; take one of {', '.join(titles)}")
    samples = samples_of(dataset)
    page = picture_form(network, samples, dataset.title)
    return Explorer(_Figure(network, samples, dataset.title).widgets, page)


def uploaded(value: Any) -> tuple[str, bytes] | None:
    """Return name and content of the last file of an upload, None for no file.

    Args:
        value: Of a `FileUpload`: by name in ipywidgets 7, Colab's; one after the other in 8.
    """
    if isinstance(value, Mapping):
        files: Sequence[tuple[str, Any]] = [(name, file["content"]) for name, file in value.items()]
    else:
        files = [(file["name"], file["content"]) for file in value]
    if not files:
        return None
    name, content = files[-1]
    return name, bytes(content)


@cache
def _network(name: str) -> tuple[Any, dict]:
    """Return a network with its kept weights, and its graph."""
    from lessons_src import models, records
    from lessons_src.page_networks.graph import page_graph

    model = models.build_model(name)
    records.load_weights(model, dict(KEPT)[name])
    return model, page_graph(model, CLASS_NAMES)


class _Figure:
    """The controls and what they show; the network is loaded with the first picture."""

    def __init__(self, network: str, samples: Mapping[str, np.ndarray], title: str):
        self.samples = samples
        self.picture: Picture | None = None
        style = {"description_width": "initial"}
        options = [(words, name) for name, words in network_titles().items()]
        self.network = Dropdown(options=options, value=network, description="network", style=style)
        self.sample = Dropdown(
            options=[NOT_CHOSEN, *samples], description=f"sample of {title}", style=style
        )
        self.upload = FileUpload(accept="image/*", multiple=False, description="your own picture")
        self.layer = Dropdown(description="layer", style=style)
        self.numbers = {
            name: BoundedIntText(0, min=0, max=0, description=name, layout=Layout(width="10em"))
            for name in NUMBERS
        }
        self.size = BoundedIntText(
            SQUARE, min=STEP, max=SIDE - STEP, description="side of a grey square", style=style
        )
        self.slide = Button(description="slide it over the picture")
        self.answer, self.hidden = HTML(), HTML()
        rows = [
            (self.network, self.sample, self.upload),
            (self.layer, *self.numbers.values()),
            (self.size, self.slide),
        ]
        boxes = [HBox(row, layout=Layout(flex_flow="row wrap")) for row in rows]
        self.widgets = [*boxes, self.answer, self.hidden]
        self.slide.on_click(self._slide)
        self.sample.observe(self._take_sample, "value")
        self.upload.observe(self._take_upload, "value")
        self.network.observe(self._take_network, "value")
        for control in (self.layer, *self.numbers.values()):
            control.observe(self._draw, "value")

    def _take_sample(self, _change: Any) -> None:
        name = self.sample.value
        if name != NOT_CHOSEN:
            self._take(Picture(f"the sample, {name}", self.samples[name], "", "RGB", ()))

    def _take_upload(self, _change: Any) -> None:
        if file := uploaded(self.upload.value):
            name, content = file
            try:
                self._take(decode(content, name))
            except DatasetError as error:
                self.answer.value = element("p", escape(error), role="note")

    def _take(self, picture: Picture) -> None:
        self.picture = fit(picture, (SIDE, SIDE))
        self._take_network()

    def _take_network(self, _change: Any = None) -> None:
        """Offer the layers of the network whose outputs are maps, once there is a picture."""
        if self.picture is None:
            return
        self.hidden.value = ""  # it was of another picture or network
        _, graph = _network(self.network.value)
        names = [
            layer["name"]
            for layer in graph["layers"]
            if len(layer["shape"]) == 3 and layer["kind"] not in ("InputLayer", "Dropout")
        ]
        if list(self.layer.options) != names:
            self.layer.options = names
            self.layer.value = names[0]  # ipywidgets 8 chooses none by itself
        self._draw()

    def _draw(self, _change: Any = None) -> None:
        if self.picture is None or self.layer.value is None:
            return
        from lessons_src.analysis import activations

        model, graph = _network(self.network.value)
        layer = next(one for one in graph["layers"] if one["name"] == self.layer.value)
        for name, size in zip(("row", "column", "channel"), layer["shape"], strict=True):
            self.numbers[name].max = size - 1
        channel, row, column = (self.numbers[name].value for name in NUMBERS)
        image = self.picture.pixels[np.newaxis] / np.float32(255)
        [probabilities] = model.predict(image, verbose=0)
        [maps] = activations(model, image, [layer["name"]])[layer["name"]]
        field = layer["field"]
        corner = field and tuple(field["offset"] + field["jump"] * at for at in (row, column))
        square = (*corner, field["size"]) if field else (0, 0, len(self.picture.pixels))
        figure = unit_in_map(self.picture.pixels, maps, channel, (row, column), square)
        sees = f"{field['size']}×{field['size']} pixels" if field else "the whole picture"
        words = (
            f"{layer['name']}, channel {channel}: the unit at row {row}, column {column} has the "
            f"value {maps[row, column, channel]:.3g} and sees {sees}."
        )
        drawn = image_tag(figure, words, PIXELS_PER_INCH)
        pyplot.close(figure)
        done = "; ".join(self.picture.done) or "nothing"
        changes = f"Done to {self.picture.name}: {done}."
        self.answer.value = "".join(
            (
                element("p", escape(changes)),
                element("ol", *_ranked(probabilities)),
                element("p", escape(words)),
                drawn,
            )
        )

    def _slide(self, _button: Any) -> None:
        """Show what a grey square takes from the most probable class, place by place."""
        if self.picture is None:
            self.hidden.value = element("p", "Choose a picture first.", role="note")
            return
        from lessons_src.analysis import occlusion_map

        model, _ = _network(self.network.value)
        image = self.picture.pixels / np.float32(255)
        [probabilities] = model.predict(image[np.newaxis], verbose=0)
        label, size = int(probabilities.argmax()), self.size.value
        found, without = occlusion_map(model, image, label, size, STEP)
        figure = occlusion(self.picture.pixels, found, without, size, STEP)
        least, most = (f"{share:.1%}" for share in (found.min(), found.max()))
        words = (
            f"Without the square, {CLASS_NAMES[label]} has {without:.1%}; with it, between {least} "
            f"and {most}. Bright places cost most."
        )
        drawn = image_tag(figure, words, PIXELS_PER_INCH)
        pyplot.close(figure)
        self.hidden.value = element("p", escape(words)) + drawn


def _ranked(probabilities: np.ndarray) -> list[str]:
    """Return the classes as items of a list, the most probable first."""
    order = np.argsort(-probabilities, kind="stable")
    return [element("li", f"{CLASS_NAMES[i]} {probabilities[i]:.1%}") for i in order]
