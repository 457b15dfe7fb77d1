"""How fast networks train beside each other.

All networks are compiled first. Then they take turns, round by round, so that a machine that slows
down slows all of them.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from lessons_src.bench import random_dataset
from lessons_src.models import build_model
from lessons_src.records import Speeds
from lessons_src.runtime import device, versions
from lessons_src.text_table import text_table
from lessons_src.training.batches import training_batches
from lessons_src.training.compiling import compile_model, steps_at_once
from lessons_src.training.recipes import NOTE

EPOCH = 45_000  # images; they decide how many short steps `fit` takes at once
ENDLESS = 1_000_000  # epochs, more than any measurement needs


def measure(networks: Iterable[str], seconds: float, rounds: int) -> Speeds:
    """Measure how fast networks train by the note's batch size and optimizer, in turns.

    Args:
        networks: Names of networks.
        seconds: About how long a turn lasts.
        rounds: How many turns each network has, 2 or more.

    Returns:
        The images/s of all turns.

    Raises:
        UsageError: For an unknown network.
    """
    turns = {name: _turn(name, seconds) for name in networks}
    found: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(rounds):
        for name, turn in turns.items():
            found[name].append(turn())
    return Speeds(device(), versions(), NOTE.batch_size, found)


def table(speeds: Speeds) -> str:
    """Return a measurement as text: device and versions, then a line per network.

    Args:
        speeds: The measurement.
    """
    software = ", ".join(f"{name} {version}" for name, version in speeds.versions.items())
    rows = [
        (name, f"{median:,.0f}", f"{low:,.0f}", f"{high:,.0f}")
        for name in speeds.rounds
        for low, median, high in [speeds.quartiles(name)]
    ]
    above = f"{speeds.device}; {software}; batches of {speeds.batch}"
    return f"{above}\n{text_table(('network', 'images/s', 'from', 'to'), rows, '<>>>')}"


def _turn(network: str, seconds: float) -> Callable[[], float]:
    """Return a function that trains for about some seconds and returns images/s."""
    recipe = replace(NOTE, epochs=ENDLESS)
    model = build_model(network)
    per_epoch = -(-EPOCH // recipe.batch_size)
    compile_model(model, recipe, per_epoch)
    at_once = steps_at_once(model, recipe, per_epoch)
    batches = training_batches(random_dataset(8 * at_once * recipe.batch_size), recipe)

    def images_per_second(steps: int) -> float:
        begin = time.perf_counter()
        model.fit(batches, steps_per_epoch=steps, shuffle=False, verbose=0)
        return steps * recipe.batch_size / (time.perf_counter() - begin)

    images_per_second(at_once)  # traces and allocates
    executions = images_per_second(2 * at_once) * seconds / (at_once * recipe.batch_size)
    steps = at_once * max(1, round(executions))
    return lambda: images_per_second(steps)
