"""lessons_src.interactive.frames: one frame for each choice, with a kernel or without."""

import base64
import io
from itertools import product

from lessons_src.interactive import explore
from lessons_src.interactive import frames as module

import pytest
from ipywidgets import SelectionSlider, ToggleButtons, VBox, Widget
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


def controls(figure: VBox) -> dict[str, Widget]:
    return {control.description: control for control in figure.children[0].children}


def visible(figure: VBox) -> str:
    """Return the frame that a reader with a kernel sees."""
    return figure.children[1].value


def page(figure: VBox) -> str:
    """Return the HTML that a notebook stores for readers without a kernel."""
    return figure._repr_mimebundle_()["text/html"]


@pytest.fixture
def without_page(monkeypatch):
    """Make ipywidgets look like version 7, which shows itself and stores no HTML."""
    monkeypatch.delattr(Widget, "_repr_mimebundle_")


def test_the_first_frame_is_that_of_the_first_values():
    figure = explore(draw, describe, kernel=[1, 3], padding=["valid", "same"])
    assert 'alt="kernel=1 padding=valid"' in visible(figure)


def test_controls_offer_the_choices_in_their_order():
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
    assert controls(figure)["padding"].value == "same"


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2.5], SelectionSlider),
        (["valid", "same"], ToggleButtons),
        ([False, True], ToggleButtons),
        ([(1, 2), 3], ToggleButtons),
    ],
)
def test_numbers_get_a_slider_and_names_get_buttons(values, kind):
    figure = explore(lambda choice: draw(1), describe, choice=values)
    assert isinstance(controls(figure)["choice"], kind)
    assert ('type="range"' in page(figure)) == (kind is SelectionSlider)
    assert page(figure).count('type="radio"') == (0 if kind is SelectionSlider else 2)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_combination_shows_its_own_frame(count):
    choices = dict(
        [("kernel", [1, 2, 3]), ("padding", ["valid", "same"]), ("stride", [1, 2])][:count]
    )
    figure = explore(draw, describe, **choices)
    for values in product(*choices.values()):
        chosen = dict(zip(choices, values, strict=True))
        for name, value in chosen.items():
            controls(figure)[name].value = value
        assert f'alt="{describe(**chosen)}"' in visible(figure)


def test_a_notebook_stores_every_frame_beside_the_widget():
    figure = explore(draw, describe, kernel=[1, 2, 3], padding=["valid", "same"])
    bundle = figure._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    for kernel, padding in product([1, 2, 3], ["valid", "same"]):
        assert f'alt="kernel={kernel} padding={padding}"' in bundle["text/html"]


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
    assert page(figure).split("<template>")[1].count("<img") == 2


def test_frames_are_small_pictures_that_shrink_to_the_page():
    html = visible(explore(draw, describe, kernel=[1, 3]))
    assert 'width="100" height="100" style="max-width:100%;height:auto"' in html
    image = Image.open(io.BytesIO(base64.b64decode(html.split("base64,")[1].split('"')[0])))
    assert (image.mode, image.size) == ("P", (150, 150))


def test_controls_can_be_read_and_wrap_on_a_phone():
    figure = explore(lambda hidden_units: draw(1), describe, hidden_units=[1000, 20000])
    (slider,) = controls(figure).values()
    assert (slider.description, slider.label) == ("hidden units", "1000")
    assert figure.children[0].layout.flex_flow == "row wrap"


def test_impossible_geometry_shows_its_message():
    figure = explore(draw, describe, kernel=[1, 9])
    controls(figure)["kernel"].index = 1
    message = '<p role="note">kernel=9 is &lt;larger&gt; than the image</p>'
    assert visible(figure) == message
    assert message in page(figure)


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


def test_the_widget_holds_one_frame():
    figure = explore(draw, describe, kernel=list(range(1, 8)), padding=["valid", "same"])
    models = dependency_state([figure]).values()
    assert sum("<img" in model["state"].get("value", "") for model in models) == 1


@pytest.mark.usefixtures("without_page")
def test_ipywidgets_7_draws_a_frame_when_it_is_asked_for():
    drawn = []

    def note(**chosen):
        drawn.append(tuple(chosen.values()))
        return draw(**chosen)

    figure = explore(
        note, describe, start={"kernel": 3}, kernel=[1, 3, 9], padding=["valid", "same"]
    )
    assert drawn == [(3, "valid")] and figure.page is None
    assert 'alt="kernel=3 padding=valid"' in visible(figure)
    controls(figure)["padding"].value = "same"
    assert 'alt="kernel=3 padding=same"' in visible(figure)
    controls(figure)["kernel"].index = 2
    assert "kernel=9 is" in visible(figure)
    controls(figure)["kernel"].value = 1
    assert 'alt="kernel=1 padding=same"' in visible(figure)
