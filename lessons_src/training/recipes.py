"""Training recipes: everything that decides a run besides the network and the data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lessons_src.errors import UsageError
from lessons_src.training.optimizers import OPTIMIZERS
from lessons_src.training.precision import PRECISIONS
from lessons_src.training.schedules import SCHEDULES


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Attributes:
        name: What tables and records call the recipe.
        epochs: How often every training image is seen.
        batch_size: Images per step.
        seed: Decides the order of the images, the dropout masks and the augmentation.
        images: (training, validation, test) images used; None for all.
        optimizer: A key of `OPTIMIZERS`: "adam", "sgd" (with Nesterov's momentum), "rmsprop" or
            "muon" (SGD, but for kernels of convolutions).
        momentum: Nesterov's momentum; Adam and RMSprop keep their defaults.
        learning_rate: Peak learning rate.
        warmup_epochs: Epochs of linear rise from 0 to the peak.
        schedule: How the learning rate goes on after the rise: a key of `SCHEDULES`, "constant",
            "step", "cosine" or "linear".
        weight_decay: Fraction of a weight taken off per step, times the learning rate; never off
            biases and batch normalization's γ and β.
        label_smoothing: Share of the target spread evenly over all classes.
        flip: Whether to mirror a random half of the images left to right.
        flip_in_turn: Whether to mirror in each epoch the half that the epoch before did not, so
            that two epochs show every image both ways.
        shift: Pixels by which images are shifted at random, at most, in each direction.
        cutout: Side in pixels of a grey square at a random position of each image; 0 for none.
        small_epochs: First epochs, which see the images shrunk to three quarters of their side; for
            networks that pool globally.
        averaging: Memory of the weights' running average, as 0.99: the share that a step keeps.
            Validation, record and kept weights are then the average's; 0 averages nothing.
        test_curve: Whether to measure the test set after each epoch too, for comparison with
            published curves. No choice ever uses it.
        validates: Whether validation images are kept out of the training and choose the best epoch.
            If not, the network learns from them, too, and the last epoch's weights count.
        precision: What the layers compute in, a key of `PRECISIONS`: "float32" or "bfloat16". The
            weights are float32 in either.
    """

    name: str
    epochs: int
    batch_size: int
    seed: int = 0
    images: tuple[int, int, int] | None = None
    optimizer: str = "adam"
    momentum: float = 0.9
    learning_rate: float = 0.001
    warmup_epochs: float = 0
    schedule: str = "constant"
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    flip: bool = False
    flip_in_turn: bool = False
    shift: int = 0
    cutout: int = 0
    small_epochs: int = 0
    averaging: float = 0.0
    test_curve: bool = False
    validates: bool = True
    precision: str = "float32"

    def __post_init__(self) -> None:
        for field in ("epochs", "batch_size"):
            if getattr(self, field) < 1:
                raise UsageError(f"{field} must be at least 1, not {getattr(self, field)!r}")
        if not 0 <= self.averaging < 1:
            raise UsageError(f"averaging must be at least 0 and below 1, not {self.averaging!r}")
        choices: list[tuple[str, Mapping[str, Any]]] = [
            ("optimizer", OPTIMIZERS),
            ("schedule", SCHEDULES),
            ("precision", PRECISIONS),
        ]
        for field, known in choices:
            if (value := getattr(self, field)) not in known:
                raise UsageError(f"{field} must be one of {', '.join(known)}, not {value!r}")
        if self.flip_in_turn and not self.flip:
            raise UsageError("flip_in_turn says which images are mirrored, so it needs flip=True")


# The lecture note's: Adam with its defaults, batches of 32, 5 epochs. Its scripts choose their
# best epoch on the test set; here the validation images choose; the test curve is only recorded.
NOTE = Recipe("note", epochs=5, batch_size=32, test_curve=True)

# What the years after the note's networks found, short enough for ResNet18 on two processor cores.
# Chapter recipes tries such changes one by one on a thin network. Keras takes the decay
# past the momentum, so 5e-3 is what PyTorch's recipes call 5e-4.
TUNED = Recipe(
    "tuned",
    epochs=10,
    batch_size=128,
    optimizer="sgd",
    learning_rate=0.1,
    warmup_epochs=2,
    schedule="cosine",
    weight_decay=5e-3,
    label_smoothing=0.1,
    flip=True,
    shift=4,
    cutout=8,
    small_epochs=3,
)

# The same without what makes training harder. The record of the run above has no gap between
# training and validation accuracy that it could close.
LEAN = replace(TUNED, name="lean", shift=2, cutout=0, small_epochs=0)

# For Fast11: as many epochs as the note's, at a high learning rate. Chapter fast_network shows
# what each part is for.
FAST = Recipe(
    "fast",
    epochs=5,
    batch_size=512,
    optimizer="muon",
    momentum=0.85,
    learning_rate=0.75,
    warmup_epochs=1,
    schedule="linear",
    weight_decay=0.01,
    label_smoothing=0.2,
    flip=True,
    shift=2,
    small_epochs=1,
)

# The same for a GPU: longer, all of it at full size, with stronger augmentation. Not measured yet.
FAST_LONG = replace(FAST, name="fast_long", epochs=30, small_epochs=0, shift=4, cutout=8)

RECIPES = {
    "note": NOTE,
    "tuned": TUNED,
    "lean": LEAN,
    "fast": FAST,
    "fast_long": FAST_LONG,
}
