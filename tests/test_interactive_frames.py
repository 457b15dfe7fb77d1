"""lessons_src.interactive.frames: one frame for each choice, with a kernel or without."""

import base64
import io
import json
from itertools import product

from lessons_src.interactive import explore
from lessons_src.interactive import frames as module

import ipywidgets
import pytest
from ipywidgets import HTML, SelectionSlider, VBox, Widget
from ipywidgets.embed import dependency_state
from matplotlib import pyplot
from matplotlib.figure import Figure
from PIL import Image


def draw(kernel: int, padding: str = "valid", stride: int = 1) -> Figure:
    """Draw a tiny picture that differs for each choice."""
    if kernel == 9:
        raise ValueError("kernel=9 is <larger> than the image")
    figure = Figure(figsize=(1, 1))
    figure.text(0.1, 0.5, f"{kernel} {padding} {stride}")
    return figure


def describe(**chosen) -> str:
    return " ".join(f"{name}={value}" for name, value in chosen.items())


def sliders(figure: VBox) -> dict[str, SelectionSlider]:
    return {slider.description: slider for slider in figure.children[0].children}


def visible(figure: VBox) -> str:
    """Return the frame that a reader sees: what each stack shows, as the browser would."""
    shown: Widget = figure.children[1]
    while not isinstance(shown, HTML):
        shown = shown.children[shown.selected_index]
    return shown.value


def state(figure: VBox) -> list[dict]:
    """Return the models that a static page would hold for this figure."""
    return list(dependency_state([figure]).values())


def inside(widget: Widget) -> dict[str, Widget]:
    """Return a widget and all that it contains, by the reference that models use for them."""
    found = {f"IPY_MODEL_{widget.model_id}": widget}
    for child in getattr(widget, "children", ()):
        found |= inside(child)
    return found


def move(figure: VBox, **indices: int) -> None:
    """Move sliders, and carry the move along the links, as the browser does."""
    for name, index in indices.items():
        sliders(figure)[name].index = index
    widgets = inside(figure)
    for model in state(figure):
        if model["model_name"] == "LinkModel":
            source, source_trait = model["state"]["source"]
            target, target_trait = model["state"]["target"]
            setattr(widgets[target], target_trait, getattr(widgets[source], source_trait))


@pytest.fixture
def without_stack(monkeypatch):
    """Make ipywidgets look like version 7."""
    monkeypatch.delattr(ipywidgets, "Stack", raising=False)


def test_the_first_frame_is_that_of_the_first_values():
    figure = explore(draw, describe, kernel=[1, 3], padding=["valid", "same"])
    assert 'alt="kernel=1 padding=valid"' in visible(figure)


def test_sliders_offer_the_choices_in_their_order():
    figure = explore(
        draw, describe, start={"kernel": 1}, kernel=[3, 1, 2], padding=("valid", "same")
    )
    kernel, padding = figure.children[0].children
    assert kernel.options == (("3", 3), ("1", 1), ("2", 2)) and kernel.index == 1
    assert padding.options == (("valid", "valid"), ("same", "same")) and padding.index == 0


def test_a_frame_and_its_alternative_text_are_of_the_same_choice():
    drawn, described = [], []

    def note_draw(**chosen):
        drawn.append(chosen)
        return draw(**chosen)

    def note_alt(**chosen):
        described.append(chosen)
        return describe(**chosen)

    explore(note_draw, note_alt, start={"stride": 2}, kernel=[1, 3], stride=[1, 2])
    assert drawn == described == [{"kernel": k, "stride": s} for k in (1, 3) for s in (1, 2)]


def test_start_chooses_the_first_frame():
    figure = explore(
        draw, describe, start={"padding": "same"}, kernel=[1, 3], padding=["valid", "same"]
    )
    assert 'alt="kernel=1 padding=same"' in visible(figure)
    assert sliders(figure)["padding"].value == "same"


@pytest.mark.parametrize("controls", [1, 2, 3])
def test_every_combination_shows_its_own_frame(controls):
    choices = dict(
        [("kernel", [1, 2, 3]), ("padding", ["valid", "same"]), ("stride", [1, 2])][:controls]
    )
    figure = explore(draw, describe, **choices)
    for indices in product(*(range(len(values)) for values in choices.values())):
        chosen = {name: choices[name][index] for name, index in zip(choices, indices, strict=True)}
        move(figure, **dict(zip(choices, indices, strict=True)))
        assert f'alt="{describe(**chosen)}"' in visible(figure)


def test_the_page_alone_holds_every_frame():
    """Without a kernel, only what is in the embedded state can be shown."""
    figure = explore(draw, describe, kernel=[1, 2, 3], padding=["valid", "same"])
    models = [model["model_name"] for model in state(figure)]
    assert models.count("HTMLModel") == 3 * 2
    assert models.count("StackModel") == models.count("LinkModel") == 1 + 3


def test_each_frame_is_drawn_once():
    drawn = []

    def count(kernel):
        drawn.append(kernel)
        return draw(kernel)

    explore(count, describe, start={"kernel": 2}, kernel=[1, 2, 3])
    assert sorted(drawn) == [1, 2, 3]


def test_equal_frames_are_kept_once():
    figure = explore(
        lambda kernel, padding: draw(kernel),
        lambda **_: "same for both",
        kernel=[1, 3],
        padding=["valid", "same"],
    )
    first, second = figure.children[1].children
    assert first.children[0] is first.children[1]
    assert first.children[0] is not second.children[0]


def test_frames_are_small_pictures_that_shrink_to_the_page():
    html = visible(explore(draw, describe, kernel=[1, 3]))
    assert 'width="100" style="max-width:100%;height:auto"' in html
    image = Image.open(io.BytesIO(base64.b64decode(html.split("base64,")[1].split('"')[0])))
    assert (image.mode, image.size) == ("P", (150, 150))


def test_controls_can_be_read_and_wrap_on_a_phone():
    figure = explore(lambda hidden_units: draw(1), describe, hidden_units=[1000, 20000])
    (slider,) = sliders(figure).values()
    assert (slider.description, slider.label) == ("hidden units", "1000")
    assert figure.children[0].layout.flex_flow == "row wrap"


def test_impossible_geometry_shows_its_message():
    figure = explore(draw, describe, kernel=[1, 9])
    move(figure, kernel=1)
    assert visible(figure) == '<p role="note">kernel=9 is &lt;larger&gt; than the image</p>'


def test_an_impossible_start_is_an_error():
    with pytest.raises(ValueError, match="kernel=9 is <larger>"):
        explore(draw, describe, kernel=[9, 1])


def test_other_errors_are_not_hidden():
    with pytest.raises(TypeError):
        explore(lambda: draw(1), describe, kernel=[1, 3])


def test_alternative_text_is_required():
    with pytest.raises(ValueError, match="alt is empty"):
        explore(draw, lambda kernel: "", kernel=[1, 3])


@pytest.mark.parametrize(
    ("choices", "start"),
    [
        ({"kernel": []}, {}),
        ({"kernel": [3]}, {}),
        ({"kernel": [1, 3]}, {"kernel": 2}),
        ({"kernel": [1, 3]}, {"stride": 1}),
    ],
)
def test_choices_need_two_values_and_the_start_among_them(choices, start):
    name = next(iter(start or choices))
    with pytest.raises(ValueError, match=f"^{name}: "):
        explore(draw, describe, start=start, **choices)


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_BYTES", 2000)
    with pytest.raises(ValueError, match=r"^5 frames take 0\.\d MB, .* give fewer values"):
        explore(draw, describe, kernel=[1, 2, 3, 4, 5])


def test_a_page_takes_a_megabyte_and_a_half_of_different_frames(monkeypatch):
    monkeypatch.setattr(module, "image_tag", lambda figure, alt, resolution: alt.ljust(500_000))
    explore(draw, lambda kernel: "the same", kernel=[1, 2, 3, 4, 5])
    explore(draw, describe, kernel=[1, 2, 3])
    with pytest.raises(ValueError, match=r"4 frames take 2\.0 MB, more than 1\.5 MB"):
        explore(draw, describe, kernel=[1, 2, 3, 4])


def test_figures_of_pyplot_are_closed():
    def with_pyplot(kernel):
        return pyplot.figure(figsize=(1, 1))

    explore(with_pyplot, describe, kernel=[1, 3])
    assert pyplot.get_fignums() == []


def test_the_state_is_hardly_more_than_its_frames():
    figure = explore(draw, describe, kernel=list(range(1, 8)), padding=["valid", "same"])
    models = state(figure)
    frames = sum(len(m["state"]["value"]) for m in models if m["model_name"] == "HTMLModel")
    assert len(json.dumps(models)) - frames < 1000 * len(models)


@pytest.mark.usefixtures("without_stack")
def test_ipywidgets_7_draws_again_when_a_slider_moves():
    figure = explore(
        draw, describe, start={"kernel": 3}, kernel=[1, 3, 9], padding=["valid", "same"]
    )
    picture = figure.children[1]
    assert 'alt="kernel=3 padding=valid"' in picture.value
    sliders(figure)["padding"].value = "same"
    assert 'alt="kernel=3 padding=same"' in picture.value
    sliders(figure)["kernel"].index = 2
    assert "kernel=9 is" in picture.value
    sliders(figure)["kernel"].value = 1
    assert 'alt="kernel=1 padding=same"' in picture.value


@pytest.mark.usefixtures("without_stack")
def test_ipywidgets_7_needs_no_links():
    models = state(explore(draw, describe, kernel=[1, 3]))
    assert not {"LinkModel", "StackModel"} & {model["model_name"] for model in models}
