"""Training steps in bfloat16 against the same steps in float32, on this machine.

    python benchmarks/precision.py                     the networks and batches of README.md
    python benchmarks/precision.py resnet18 128 10     network, images per step, steps

Two copies of a network start from the same weights and see the same batches in turns: a step in
float32, then one in bfloat16. Times are processor time, which other work on the machine disturbs
least: medians over the steps, and for the ratio over the pairs.
"""

import statistics
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice

from lessons_src.data import load_dataset
from lessons_src.models import build_model
from lessons_src.runtime import device, setup
from lessons_src.training.batches import scaled, training_batches
from lessons_src.training.compiling import compile_model
from lessons_src.training.precision import PRECISIONS, computing_in
from lessons_src.training.recipes import FAST, NOTE

CASES = (
    ("inception10", 32, 40),
    ("inception10", 128, 20),
    ("resnet18", 32, 12),
    ("resnet18", 128, 8),
    ("vgg16", 32, 12),
    ("vgg16", 128, 8),
    ("fast11", FAST.batch_size, 8),
)
WARM_UP_STEPS = 2  # the first traces the step


def measure(network, batch, steps, dataset):
    """Return processor time per step in seconds, and losses, by precision, in the steps' order."""
    recipe = FAST if network == "fast11" else NOTE
    recipe = replace(recipe, batch_size=batch, small_epochs=0)
    batches = list(islice(training_batches(dataset, recipe), WARM_UP_STEPS + steps))
    seconds, losses = ({precision: [] for precision in PRECISIONS} for _ in range(2))
    models = {}
    with ExitStack() as computing:
        for precision in PRECISIONS:
            setup(seed=0)
            model = models[precision] = build_model(network)
            for layer in model.layers:
                if hasattr(layer, "adapt"):
                    layer.adapt(scaled(dataset.x_train[:5_000]).numpy())
            compile_model(model, recipe, steps_per_epoch=len(dataset.x_train) // batch)
            computing.enter_context(computing_in(precision, model))
        for images, labels in batches:
            for precision, model in models.items():
                model.reset_metrics()
                begin = time.process_time()
                loss, _ = model.train_on_batch(images, labels)
                seconds[precision].append(time.process_time() - begin)
                losses[precision].append(float(loss))
    return {precision: values[WARM_UP_STEPS:] for precision, values in seconds.items()}, losses


def row(network, batch, seconds, losses):
    """Return one measurement as a row of README.md's table."""
    one, other = (statistics.median(values) for values in seconds.values())
    pairs = list(zip(*seconds.values(), strict=True))
    ratio = statistics.median(slow / fast for slow, fast in pairs)
    differences = [abs(b / a - 1) for a, b in zip(*losses.values(), strict=True)]
    last = " | ".join(f"{values[-1]:.3f}" for values in losses.values())
    return (
        f"| {network} | {batch} | {len(pairs)} | {one:.3f} | {other:.3f} | {ratio:.2f} "
        f"| {last} | {100 * statistics.median(differences):.1f} % |"
    )


def main(words):
    """Measure the case that is named, or all."""
    cases = [(words[0], int(words[1]), int(words[2]))] if words else CASES
    dataset = load_dataset()
    print(f"{device()}; {dataset.title}")
    for network, batch, steps in cases:
        print(row(network, batch, *measure(network, batch, steps, dataset)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
