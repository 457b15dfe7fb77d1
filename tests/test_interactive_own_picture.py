"""lessons_src.interactive.own_picture: a network asked by a kernel, and the form of a page."""

import datetime
import io

from lessons_src.data import load_dataset
from lessons_src.errors import UsageError
from lessons_src.interactive import own_picture
from lessons_src.interactive.own_picture import uploaded
from lessons_src.pictures import decode, fit
from lessons_src.predict import predict_files
from lessons_src.records.kept_weights import KEPT

import numpy as np
import pytest
from bs4 import BeautifulSoup
from ipywidgets import BoundedIntText, Dropdown
from PIL import Image

pytestmark = pytest.mark.slow

SHADES = np.random.default_rng(0).integers(0, 256, (50, 40, 3), np.uint8)


@pytest.fixture(scope="module")
def dataset():
    return load_dataset("shapes10")


def png():
    file = io.BytesIO()
    Image.fromarray(SHADES).save(file, "PNG")
    return file.getvalue()


def widgets(figure):
    """Return all controls by what stands beside them."""
    return {control.description: control for box in figure.children[:3] for control in box.children}


def give(figure, name, content):
    """Upload a file, as ipywidgets 8 does it."""
    file = {"name": name, "type": "image/png", "size": len(content), "content": content}
    file["last_modified"] = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    widgets(figure)["your own picture"].set_trait("value", (file,))


def words(figure):
    return BeautifulSoup(figure.children[-2].value, "html.parser")


@pytest.mark.parametrize(
    "value",
    [
        ({"name": "old.png", "content": memoryview(b"x")}, {"name": "my.png", "content": b"abc"}),
        {"old.png": {"content": b"x"}, "my.png": {"metadata": {}, "content": b"abc"}},
    ],
    ids=["ipywidgets 8", "ipywidgets 7"],
)
def test_both_forms_of_an_upload_are_understood(value):
    assert uploaded(value) == ("my.png", b"abc")


@pytest.mark.parametrize("value", [(), {}])
def test_no_upload_is_no_file(value):
    assert uploaded(value) is None


def test_a_network_without_weights_is_refused(dataset):
    with pytest.raises(UsageError, match="no weights of 'vgg16' are kept; take one of baseline"):
        own_picture("vgg16", dataset)


def test_a_page_offers_a_sample_of_each_class_and_every_network(dataset):
    html = own_picture("inception10", dataset)._repr_mimebundle_()["text/html"]
    form = BeautifulSoup(html, "html.parser").form
    assert [image["alt"] for image in form.select("[data-sample] img")] == [*dataset.class_names]
    assert dataset.title in form.legend.text
    options = {option["value"]: option for option in form.select("option")}
    assert [*options] == [network for network, _ in KEPT]
    assert [name for name in options if options[name].has_attr("selected")] == ["inception10"]


def test_a_sample_is_asked_about_with_the_first_choice(dataset):
    figure = own_picture("lenet5", dataset)
    assert figure.children[-2].value == ""
    found = widgets(figure)
    found[f"sample of {dataset.title}"].value = dataset.class_names[3]
    assert f"Done to the sample, {dataset.class_names[3]}: nothing." in words(figure).text
    assert len(words(figure).select("ol li")) == 10 and words(figure).img["alt"]
    assert isinstance(found["layer"], Dropdown) and "conv1" in found["layer"].options
    assert isinstance(found["channel"], BoundedIntText) and found["channel"].max == 5


def test_an_upload_gets_the_answer_of_predict(dataset, tmp_path):
    from lessons_src import models, records

    figure = own_picture("lenet5", dataset)
    give(figure, "my.png", png())
    model = models.build_model("lenet5")
    records.load_weights(model, "note")
    (tmp_path / "my.png").write_bytes(png())
    [expected] = predict_files(model, [tmp_path / "my.png"])
    assert words(figure).p.text == f"Done to my.png: {'; '.join(expected.done)}."
    ranked = [f"{name} {share:.1%}" for name, share in expected.probabilities.items()]
    assert [item.text for item in words(figure).select("li")] == ranked


def test_a_unit_is_chosen_and_its_field_told(dataset):
    from lessons_src import analysis, models, records

    figure = own_picture("lenet5", dataset)
    found = widgets(figure)
    give(figure, "my.png", png())
    found["layer"].value = "conv2"
    found["channel"].value, found["row"].value, found["column"].value = 7, 2, 4
    model = models.build_model("lenet5")
    records.load_weights(model, "note")
    pixels = fit(decode(png(), ""), (32, 32)).pixels[np.newaxis] / np.float32(255)
    value = analysis.activations(model, pixels, ["conv2"])["conv2"][0, 2, 4, 7]
    assert words(figure).select("p")[1].text == (
        f"conv2, channel 7: the unit at row 2, column 4 has the value {value:.3g} and sees "
        "14×14 pixels."
    )


def test_a_bad_upload_gets_a_sentence_and_the_next_an_answer(dataset):
    figure = own_picture("lenet5", dataset)
    give(figure, "<b>.png", b"no picture")
    note = words(figure).select_one("[role=note]")
    assert note.text == "<b>.png: not a readable image; replace the file"
    give(figure, "my.png", png())
    assert len(words(figure).select("li")) == 10


def test_a_grey_square_slides_over_the_picture_until_another_one_comes(dataset):
    from lessons_src import analysis, models, records

    figure = own_picture("lenet5", dataset)
    slide = widgets(figure)["slide it over the picture"]
    slide.click()
    assert "Choose a picture first." in figure.children[-1].value
    give(figure, "my.png", png())
    widgets(figure)["side of a grey square"].value = 12
    slide.click()
    model = models.build_model("lenet5")
    records.load_weights(model, "note")
    image = fit(decode(png(), ""), (32, 32)).pixels / np.float32(255)
    label = int(np.argmax(model(image[np.newaxis])))
    found, without = analysis.occlusion_map(model, image, label, 12)
    said = BeautifulSoup(figure.children[-1].value, "html.parser")
    assert (
        f"has {without:.1%}; with it, between {found.min():.1%} and {found.max():.1%}" in said.text
    )
    assert said.img["alt"] == said.p.text
    give(figure, "other.png", png())
    assert figure.children[-1].value == ""
