"""94 % in half an hour on two cores: what was tried for it on 45,000 images, one run each.

Half an hour is 0.33 PFLOP here, so on 50,000 images no trial would cost more. The choices rest on
validation images alone, seen once and in six looks.
"""

from dataclasses import replace
from functools import partial

from lessons_src.analysis import accuracy, predict_in_six_looks
from lessons_src.data import Dataset
from lessons_src.experiments.experiment import Experiment, Variant
from lessons_src.experiments.fast_parts import on_data
from lessons_src.training.recipes import FAST

import keras
import numpy as np

LONGER = replace(FAST, name="mark_longer", epochs=10, small_epochs=2)
IN_TURN = replace(LONGER, name="mark_in_turn", flip_in_turn=True)
LARGE_BATCHES = replace(IN_TURN, name="mark_batch", batch_size=1024, learning_rate=1.5)
AVERAGED = replace(IN_TURN, name="mark_averaged", averaging=0.98)
# The fast network's source: two wider convolutions a block, every epoch at full size.
LITERATURE = replace(IN_TURN, name="mark_literature", epochs=9, small_epochs=0)


def six_looks(model: keras.Model, dataset: Dataset) -> dict[str, float]:
    """Measure the accuracy of six looks at each image.

    Args:
        model: A trained network.
        dataset: The data it saw.

    Returns:
        The accuracy on validation images, "val_six_looks".
    """
    answers = predict_in_six_looks(model, dataset.x_val / np.float32(255))
    return {"val_six_looks": accuracy(answers, dataset.y_val)}


def _trial(label: str, recipe, against: str | None = None, network="fast11", **options) -> Variant:
    build = partial(on_data, name=network, **options) if options else None
    return Variant(label, network, recipe, against, build, measure=six_looks)


EXPERIMENT = Experiment(
    "mark_trials",
    variants=(
        _trial("10 epochs", LONGER),
        _trial("flips in turn", IN_TURN, "10 epochs"),
        _trial("batches of 1,024", LARGE_BATCHES, "flips in turn"),
        _trial("averaged weights", AVERAGED, "flips in turn"),
        _trial(
            "wider, not so deep",
            LITERATURE,
            "flips in turn",
            "fast11_wide",
            widths=(64, 256, 256),
            deep=False,
        ),
    ),
    seeds=(0,),
)
