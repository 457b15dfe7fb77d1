"""lessons_src.training.page_budgets: how much a page trains on two cores."""

from lessons_src.training.page_budgets import reduced
from lessons_src.training.recipes import NOTE


def test_lenet5_trains_the_notes_epochs_on_a_part_of_the_images():
    recipe = reduced("lenet5", "cpu")
    assert recipe.epochs == NOTE.epochs == 5
    training, validation, test = recipe.images
    assert (training, validation, test) == (10_000, 1_000, 2_000)
