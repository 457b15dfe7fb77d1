"""How much a page trains: the note's recipe, reduced to a minute of computing at most."""

from lessons_src.errors import unknown
from lessons_src.training.recipes import Recipe

# (epochs, training images) a page may spend on a network on two processor cores: about a minute at
# most at the speeds measured there, images/s in training at batch 32.
CPU_PAGES = {
    "baseline": (4, 20_000),
    "lenet5": (5, 10_000),
    "alexnet8": (2, 3_000),
    "vgg16": (1, 1_500),
    "inception10": (3, 4_000),
    "resnet18": (1, 1_000),
}


def reduced(network: str, budget: str) -> Recipe:
    """Return the recipe with which a page trains a network within its budget.

    Args:
        network: A key of `models.MODELS`.
        budget: Name of a `runtime.Budget`.

    Returns:
        The note's recipe: whole on "gpu", with fewer images and epochs on "cpu", and one epoch of
        256 images on "smoke".

    Raises:
        UsageError: For an unknown network or budget.
    """
    if network not in CPU_PAGES:
        raise unknown("network", network, CPU_PAGES)
    if budget == "gpu":
        return Recipe("note, all images", epochs=5, batch_size=32)
    if budget == "cpu":
        epochs, train = CPU_PAGES[network]
        return Recipe("note, reduced", epochs=epochs, batch_size=32, images=(train, 1_000, 2_000))
    if budget == "smoke":
        return Recipe("note, smoke", epochs=1, batch_size=32, images=(256, 128, 128))
    raise unknown("budget", budget, ("smoke", "cpu", "gpu"))
