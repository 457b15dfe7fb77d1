"""lessons_src.experiments.dropout_rates: four rates, on few images and on many."""

from lessons_src.experiments.dropout_rates import EXPERIMENT, RATES, RECIPES

from experiment_helpers import noise_images
from keras import layers

VARIANTS = {variant.label: variant for variant in EXPERIMENT.variants}


def test_each_rate_is_compared_with_none_on_as_many_images():
    for images, recipe in RECIPES.items():
        for rate in RATES:
            variant = VARIANTS[f"{images} images, rate {rate:g}"]
            assert variant.recipe == recipe and f"{recipe.images[0]:,}" == images
            assert variant.against == (f"{images} images, rate 0" if rate else None)


def test_few_images_and_many_take_as_many_steps():
    steps = {r.epochs * r.images[0] // r.batch_size for r in RECIPES.values()}
    assert len(steps) == 1


def test_dropout_stands_before_both_dense_layers_with_the_rate_of_the_label():
    data = noise_images()
    for rate in RATES:
        model = VARIANTS[f"500 images, rate {rate:g}"].untrained(data)
        kinds = [type(layer) for layer in model.layers][-4:]
        assert kinds == [layers.Dropout, layers.Dense] * 2
        assert [layer.rate for layer in model.layers if isinstance(layer, layers.Dropout)] == [
            rate,
            rate,
        ]
