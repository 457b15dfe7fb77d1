"""What the pages say that their networks answer to the ten samples is what the networks answer."""

from functools import cache
from itertools import product
from pathlib import Path

from lessons_src import analysis, models, records
from lessons_src.analysis import confusion_matrix
from lessons_src.analysis.robustness import shifted
from lessons_src.data import load_dataset
from lessons_src.records.kept_weights import CLASS_NAMES, KEPT

import nbformat
import numpy as np
import pytest

pytestmark = pytest.mark.slow

BOOK = Path(__file__).parent.parent / "book"
DATA = "CIFAR-10 (JPEG copy)"
CHANGES = {
    "plain": lambda images: images,
    "mirror": lambda images: images[:, :, ::-1],
    "upside down": lambda images: images[:, ::-1],
    "swap": lambda images: images[..., ::-1],
    "grey": lambda images: images.mean(axis=3, keepdims=True).repeat(3, axis=3),
    "right": lambda images: shifted(images, 0, 1),
    "down": lambda images: shifted(images, 1, 0),
}


@pytest.fixture(scope="module", autouse=True)
def dataset():
    dataset = load_dataset()
    if dataset.title != DATA:
        pytest.skip(f"the pages speak of {DATA}, here is {dataset.title}")
    return dataset


@cache
def network(name):
    model = models.build_model(name)
    records.load_weights(model, dict(KEPT)[name])
    return model


def ask(name, images):
    return network(name).predict(np.asarray(images, np.float32) / 255, verbose=0, batch_size=250)


@cache
def samples():
    dataset = load_dataset()
    return dataset.x_test[[np.flatnonzero(dataset.y_test == label)[0] for label in range(10)]]


def answers(name, change="plain"):
    return [CLASS_NAMES[i] for i in ask(name, CHANGES[change](samples())).argmax(axis=1)]


def changed(name, change):
    """Return by sample, what it is called before and after, where these differ."""
    pairs = zip(CLASS_NAMES, answers(name), answers(name, change), strict=True)
    return {sample: (before, after) for sample, before, after in pairs if before != after}


def share_changed(name, change):
    images = load_dataset().x_test[:1000]
    before, after = (ask(name, x).argmax(axis=1) for x in (images, CHANGES[change](images)))
    return f"{(before != after).mean():.0%}".replace("%", " %")


def percent(value):
    return f"{value:.0%}".replace("%", " %")


def costs_of(name, layers, images, labels):
    """Return by layer what share of the images a network no longer has right without it.

    `layers` are the weights to set in place of those of each normalization, by its name.
    """
    model = network(name)

    def right():
        return (ask(name, images).argmax(axis=1) == labels).mean()

    with_all, costs = right(), {}
    for layer, weights in layers.items():
        kept = model.get_layer(layer).get_weights()
        model.get_layer(layer).set_weights(weights)
        costs[layer] = with_all - right()
        model.get_layer(layer).set_weights(kept)
    return costs


def costs_of_branches(images, labels, stand_in):
    """Return by unit and branch the accuracy of Inception10, in points, that each is worth.

    `stand_in` returns what each channel of a branch is from then on, given the branch's outputs.
    """
    model = network("inception10")
    branches = ("1x1", "3x3", "5x5", "pool_project")
    names = [
        f"block{block}_unit{unit}_{branch}"
        for block, unit, branch in product((1, 2), (1, 2), branches)
    ]
    outputs = analysis.activations(model, images / 255, [f"{name}_act" for name in names])
    layers = {}
    for name in names:
        gamma, _, mean, variance = model.get_layer(f"{name}_bn").get_weights()
        layers[f"{name}_bn"] = [0 * gamma, stand_in(outputs[f"{name}_act"]), mean, variance]
    costs = costs_of("inception10", layers, images, labels)
    return {name: 100 * costs[f"{name}_bn"] for name in names}


@pytest.fixture
def says():
    def says(page, sentence):
        cells = nbformat.read(BOOK / f"{page}.ipynb", as_version=4).cells
        assert any(sentence in cell.source for cell in cells), sentence

    return says


def test_baseline(says):
    mirrored, turned = (len(changed("baseline", change)) for change in ("mirror", "upside down"))
    of_many = [share_changed("baseline", change) for change in ("mirror", "upside down")]
    says(
        "six_steps",
        f"*Mirror* changes {mirrored} of the ten answers, *Upside down* {turned}; of the first "
        f"1,000 test images, {of_many[0]} and {of_many[1]}.",
    )
    planes = [answers("baseline", change).count("airplane") for change in ("plain", "swap")]
    says(
        "six_steps",
        f"No: {len(changed('baseline', 'swap'))} of the ten change. Before the swap, {planes[0]} "
        f"of the samples were called airplanes; after it, {planes[1]}.",
    )


def test_lenet5(says):
    moved = changed("lenet5", "right")
    assert moved == {"cat": ("deer", "bird"), "dog": ("dog", "cat")}
    says("lenet5", "the cat, which is called deer, becomes a bird, and the dog a cat.")
    share = share_changed("lenet5", "right")
    says("lenet5", f"Of the first 1,000 test images, {share} get another answer.")
    assert len(changed("lenet5", "swap")) == 10
    assert answers("lenet5", "swap").count("airplane") == 5
    says("lenet5", "None of the ten. Five of them become airplanes")


def test_thin_alexnet8(says):
    assert changed("thin_alexnet8", "right") == {}
    share = share_changed("thin_alexnet8", "right")
    says("alexnet8", f"of the first 1,000 test images, {share} get another answer")
    assert changed("thin_alexnet8", "grey") == {
        "cat": ("deer", "bird"),
        "dog": ("cat", "deer"),
        "frog": ("frog", "deer"),
    }
    says("alexnet8", "The cat, called deer, becomes a bird; the dog, called cat, a deer; and the")


def test_thin_alexnet8_mistakes_animals_for_animals(says):
    images, labels = load_dataset().x_test[:2000], load_dataset().y_test[:2000]
    counts = confusion_matrix(labels, ask("thin_alexnet8", images).argmax(axis=1), 10)
    shares = counts / counts.sum(axis=1, keepdims=True)
    assert CLASS_NAMES[shares.diagonal().argmin()] == "cat"
    np.fill_diagonal(shares, 0)
    vehicles = [CLASS_NAMES.index(name) for name in ("airplane", "automobile", "ship", "truck")]
    most = zip(*np.unravel_index(np.argsort(-shares, axis=None)[:5], shares.shape), strict=True)
    assert all(row not in vehicles and column not in vehicles for row, column in most)
    says("alexnet8", "Cats are hardest, and all five mistakes are among animals.")


def test_fast11(says):
    assert changed("fast11", "right") == changed("fast11", "mirror") == {}
    grey = changed("fast11", "grey")
    remain = 10 - len(grey)
    assert grey["airplane"][1] == "deer" and grey["deer"] == ("deer", "cat")
    says("what_it_learned", f"{remain} of the ten. The airplane becomes a deer")
    turned = len(changed("fast11", "upside down"))
    says("what_it_learned", f"*Mirror* none of the ten, *Upside down* {turned}.")


def test_inception10(says):
    assert changed("inception10", "down") == {
        "automobile": ("automobile", "ship"),
        "bird": ("cat", "frog"),
        "ship": ("truck", "ship"),
        "truck": ("truck", "ship"),
    }
    says("inception10", "4 of the ten: the automobile and the truck become ships, the ship")


def test_what_a_branch_of_inception10_seems_to_be_worth(says):
    dataset = load_dataset()
    images, labels = dataset.x_test[:500], dataset.y_test[:500].ravel()
    silent = costs_of_branches(images, labels, lambda maps: 0 * maps[0, 0, 0])
    at_mean = costs_of_branches(images, labels, lambda maps: maps.mean(axis=(0, 1, 2)))
    less = sum(at_mean[name] < silent[name] for name in silent)
    says("inception10", f"it costs less in {less} of {len(silent)} cases.")
    pooling, five = "block1_unit2_pool_project", "block1_unit2_5x5"
    says("inception10", f"pooling branch costs {silent[pooling]:.1f} points")
    says("inception10", f"a silent 5×5 {silent[five]:.1f}; with their means {at_mean[pooling]:.1f}")
    says("inception10", f"and {at_mean[five]:.1f}, and the 5×5 is missed most.")
    for costs, most in ((silent, pooling), (at_mean, five)):
        unit = [name for name in costs if name.startswith(most[:13])]
        assert max(unit, key=costs.get) == most


def test_thin_resnet14(says):
    here, there = (len(changed(name, "mirror")) for name in ("thin_resnet14", "fast11"))
    of_many = [share_changed(name, "mirror") for name in ("thin_resnet14", "fast11")]
    says(
        "resnet18",
        f"{here} of the ten change here, {there} of Fast11's; of the first 1,000 test images, "
        f"{of_many[0]} and {of_many[1]}.",
    )


def test_each_unit_of_thin_resnet14_is_missed(says):
    dataset, model = load_dataset(), network("thin_resnet14")
    images, labels = dataset.x_test[:1000], dataset.y_test[:1000]
    silent = {}
    for norm in [layer for layer in model.layers if layer.name.endswith("_2_bn")]:
        gamma, beta, *statistics = norm.get_weights()
        silent[norm.name] = [0 * gamma, 0 * beta, *statistics]
    costs = costs_of("thin_resnet14", silent, images, labels)
    assert min(costs.values()) > 0.1
    assert set(sorted(costs, key=costs.get)[-2:]) == {"stage1_unit1_2_bn", "stage3_unit1_2_bn"}
    says(
        "resnet18",
        "Each unit is missed. Two are missed most: the first of all, which keeps the shape, and "
        "the first of stage 3, which changes it.",
    )
