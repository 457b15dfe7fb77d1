"""lessons_src.experiments.ablation: the note's recipe, without a look at the test images."""

from dataclasses import asdict

from lessons_src.experiments.ablation import RECIPE, SEEDS
from lessons_src.training.recipes import NOTE


def test_it_trains_as_the_note_does():
    differ = {key for key, value in asdict(RECIPE).items() if value != asdict(NOTE)[key]}
    assert differ == {"name", "test_curve"}
    assert not RECIPE.test_curve and SEEDS == (0, 1, 2, 3, 4)
