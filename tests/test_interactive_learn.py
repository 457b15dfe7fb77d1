"""The form in which a network learns, and what stands in its place beside a kernel."""

from importlib import metadata

from lessons_src.errors import UsageError
from lessons_src.interactive import learn
from lessons_src.interactive.learn import ACTIVATIONS, NETWORKS, OPTIMIZERS
from lessons_src.models import build_model
from lessons_src.page_networks.learning import LEARNERS

import keras
import pytest
from bs4 import BeautifulSoup


def figure(*networks):
    return learn(*(networks or ("lenet5",)), page="lenet5", section="Train it")


def form_of(*networks):
    return BeautifulSoup(figure(*networks).page, "html.parser").form


def checked(form, name):
    return [field["value"] for field in form.select(f"input[name={name}][checked]")]


def test_the_page_offers_each_setting_with_a_name():
    form = form_of()
    named = {label["for"] for label in form.select("label[for]")}
    assert {field["id"] for field in form.select("select, input[inputmode]")} == named
    assert [option.text for option in form.select("select[name=optimizer] option")] == list(
        OPTIMIZERS
    )
    assert len(form.select("input[name=activation]")) == len(ACTIVATIONS)
    assert form["aria-label"] and all(button.text for button in form.select("button"))


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_begins_with_the_activation_that_it_has_in_the_book(name):
    kinds = {
        keras.activations.serialize(layer.activation)
        for layer in build_model(name).layers
        if hasattr(layer, "activation")
    }
    assert checked(form_of(name), "activation") == list(kinds - {"linear", "softmax"})


def test_one_network_is_no_choice_and_two_are():
    assert [field["type"] for field in form_of().select("[name=network]")] == ["hidden"]
    both = form_of("baseline", "thin_resnet8")
    assert checked(both, "network") == ["baseline"]
    assert len(both.select("input[name=network]")) == 2


def test_pages_train_the_networks_that_have_files_for_it():
    assert set(NETWORKS) == set(LEARNERS)
    with pytest.raises(UsageError, match="vgg16"):
        figure("vgg16")


def sentence_of(explorer):
    return BeautifulSoup(explorer.children[0].value, "html.parser")


def test_beside_a_kernel_a_sentence_says_where_to_train():
    text = sentence_of(figure()).text
    assert "trains LeNet5 in the page of the built book" in text and "“Train it”" in text


@pytest.mark.parametrize(
    ("owner", "address"),
    [("OWNER", None), ("Someone", "https://someone.github.io/course/book/lenet5.html")],
)
def test_the_sentence_has_the_address_where_somebody_hosts_the_book(monkeypatch, owner, address):
    class Installed:
        def get_all(self, _):
            return ["Home, https://example.org", f"Repository, https://github.com/{owner}/course"]

    monkeypatch.setattr(metadata, "metadata", lambda _: Installed())
    link = sentence_of(figure()).a
    assert (link and link["href"]) == address


def test_without_an_installed_package_the_sentence_has_no_address(monkeypatch):
    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "metadata", missing)
    assert sentence_of(figure()).a is None
