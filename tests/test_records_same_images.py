"""lessons_src.records.same_images: no comparison mixes two sets of images."""

from lessons_src.records import on_same_images

from make_record import make_record


def runs(network, fingerprint, *seeds):
    return [make_record(network, seed=seed, fingerprint=fingerprint) for seed in seeds]


def test_the_images_of_most_networks_are_chosen():
    lenet5, vgg16 = runs("lenet5", "copy", 0), runs("vgg16", "copy", 0)
    original = runs("lenet5", "original", 1, 2, 3)
    found = on_same_images({"lenet5": [*original, *lenet5], "vgg16": vgg16, "resnet18": []})
    assert found == {"lenet5": lenet5, "vgg16": vgg16, "resnet18": []}


def test_among_equals_the_images_with_more_runs_are_chosen():
    copy, original = runs("lenet5", "copy", 0), runs("lenet5", "original", 1, 2)
    assert on_same_images({"lenet5": [*copy, *original]}) == {"lenet5": original}
    assert on_same_images({"lenet5": [*original, *copy]}) == {"lenet5": original}


def test_a_network_that_these_images_lack_keeps_its_row():
    found = on_same_images(
        {
            "lenet5": runs("lenet5", "original", 0, 1, 2),
            "vgg16": runs("vgg16", "copy", 0),
            "resnet18": runs("resnet18", "copy", 0),
        }
    )
    assert list(found) == ["lenet5", "vgg16", "resnet18"]
    assert found["lenet5"] == [] and len(found["vgg16"]) == len(found["resnet18"]) == 1


def test_without_runs_all_rows_are_empty():
    assert on_same_images({"lenet5": [], "vgg16": []}) == {"lenet5": [], "vgg16": []}
